"""What pages are put together from: buttons, sentences that lead somewhere, words that carry a tone."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Button:
    """A button: a link where it has an address, else it sends a form. `data` are further attributes of its element."""

    label: str
    url: str = ""
    look: str = "line"
    icon: str = ""
    icon_after: str = ""
    hidden: str = ""  # what only readers of screens hear, after the label
    data: Mapping[str, str | bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Sentence:
    """A sentence, of which the beginning may lead somewhere."""

    text: str
    url: str = ""
    rest: str = ""


@dataclass(frozen=True)
class Said:
    """A few words with their tone (yes, no, warn, wait, muted) and icon, where they have such."""

    text: str
    tone: str = ""
    icon: str = ""
    hidden: str = ""  # the same for readers of screens, where the text is an icon alone


@dataclass(frozen=True)
class Fact:
    """A heading and what stands under it: a value, and words beside it."""

    label: str
    value: str = ""
    notes: tuple[Said, ...] = ()
    tone: str = ""
