"""How the log is written: one line for each event, with the request's id and no one-time link."""

from typing import Any

import structlog
from structlog.typing import Processor

from accounts.redaction import hide_links

STAMPS: list[Processor] = [
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.format_exc_info,
]


def lines(*, level: str, readable: bool) -> dict[str, Any]:
    """Return the logging settings and set structlog up alike: JSON, or readable on a developer's machine."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            *STAMPS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = structlog.dev.ConsoleRenderer() if readable else structlog.processors.JSONRenderer()
    processors = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, hide_links, renderer]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "foreign_pre_chain": STAMPS, "processors": processors}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": level},
    }
