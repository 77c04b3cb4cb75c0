"""Reads an instrument's YAML safely: no references, no tags, no repeated keys, no more than one megabyte."""

import re
from decimal import Decimal
from typing import Any

import yaml

from indicators.catalogue.shapes import seen

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
SHOWN_KEY = 40


class UnreadableError(Exception):
    """The file is not a manuscript that could be checked; its text is the Indonesian sentence."""


class _Loader(yaml.SafeLoader):
    """SafeLoader that reads numbers exactly, leaves everything unclear a text, and refuses what nobody needs here."""

    # YAML 1.1 takes "12:30", 010, 2021-01-01 and "no" for numbers, dates and booleans; an instrument means them as
    # they stand. So only the plain spellings below are anything but text.
    yaml_implicit_resolvers = {}
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Refuse references, by which a small file grows beyond all bounds, tags, and endless nesting."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # its stubs leave it out
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(event.start_mark, "rujukan (& dan *) tidak dipakai dalam berkas instrumen.")
        if getattr(event, "tag", None):
            raise _refusal(event.start_mark, "penanda jenis (!) tidak dipakai dalam berkas instrumen.")
        if self.depth >= MAX_DEPTH:
            raise _refusal(event.start_mark, "bagian ini bersarang terlalu dalam.")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that stands twice, of which one would be lost silently."""
        earlier = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=deep)
            if not isinstance(key, str):
                raise _refusal(key_node.start_mark, f"kunci “{str(key)[:SHOWN_KEY]}” harus berupa teks.")
            if key in earlier:
                raise _refusal(key_node.start_mark, f"kunci “{key[:SHOWN_KEY]}” tertulis dua kali.")
            earlier.add(key)
        return super().construct_mapping(node, deep)


def _refusal(mark: yaml.Mark, sentence: str) -> UnreadableError:
    return UnreadableError(seen(f"Baris {mark.line + 1}: {sentence}"))


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,9}$"), list("-0123456789")
)
_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


def read(content: bytes) -> dict[str, Any]:
    """Return the manuscript of an instrument's file; raises UnreadableError with a sentence that names the line."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"Berkas lebih besar dari {MAX_BYTES // 1_000_000} MB; instrumen hanya berupa teks.")
    try:
        text = content.decode("utf-8-sig")
        manuscript = yaml.load(text, _Loader)  # noqa: S506 - a subclass of SafeLoader
    except UnicodeDecodeError as error:
        raise UnreadableError("Berkas tidak memakai UTF-8. Simpan ulang sebagai teks UTF-8.") from error
    except yaml.YAMLError as error:
        raise UnreadableError(
            _where(error) + "bukan YAML yang benar. Periksa titik dua, tanda kutip, dan lekukan."
        ) from (error)
    if not isinstance(manuscript, dict):
        raise UnreadableError("Berkas harus berisi satu instrumen dengan kunci code, title, rights, dan seterusnya.")
    return manuscript


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"Baris {mark.line + 1}, kolom {mark.column + 1}: " if mark else "Berkas ini "
