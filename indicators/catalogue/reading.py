"""Reads an instrument's YAML safely: no aliases, no repeated keys, no objects, no more than two megabytes."""

from decimal import Decimal
from typing import Any

import yaml

MAX_BYTES = 2_000_000


class UnreadableError(Exception):
    """The file is not a document that could be checked; its text is the Indonesian sentence."""


class _Loader(yaml.SafeLoader):
    """SafeLoader that keeps numbers exact and refuses what an instrument has no use for."""

    def compose_node(self, parent, index):
        """Refuse aliases, by which a small file grows beyond all bounds."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise UnreadableError(f"Baris {mark.line + 1}: rujukan (*) tidak dipakai dalam berkas instrumen.")
        return super().compose_node(parent, index)

    def construct_mapping(self, node, deep=False):
        """Refuse a key that stands twice, of which one would be lost silently."""
        seen = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=deep)
            if not isinstance(key, str):
                raise UnreadableError(f"Baris {key_node.start_mark.line + 1}: kunci “{key}” harus berupa teks.")
            if key in seen:
                raise UnreadableError(f"Baris {key_node.start_mark.line + 1}: kunci “{key}” tertulis dua kali.")
            seen.add(key)
        return super().construct_mapping(node, deep)


def _exact(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    text = loader.construct_scalar(node)
    try:
        number = Decimal(text.replace("_", ""))
    except ArithmeticError as error:
        line = node.start_mark.line + 1
        raise UnreadableError(f"Baris {line}: “{text}” tidak terbaca sebagai angka.") from error
    if not number.is_finite():
        raise UnreadableError(f"Baris {node.start_mark.line + 1}: “{text}” bukan angka.")
    return number


_Loader.add_constructor("tag:yaml.org,2002:float", _exact)


def read(content: bytes) -> dict[str, Any]:
    """Return the document of an instrument's file; raises UnreadableError with a sentence that names the line."""
    if len(content) > MAX_BYTES:
        raise UnreadableError(f"Berkas lebih besar dari {MAX_BYTES // 1_000_000} MB; instrumen hanya berupa teks.")
    try:
        text = content.decode("utf-8-sig")
        document = yaml.load(text, _Loader)  # noqa: S506 - a subclass of SafeLoader
    except UnicodeDecodeError as error:
        raise UnreadableError("Berkas tidak memakai UTF-8. Simpan ulang sebagai teks UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"Baris {mark.line + 1}, kolom {mark.column + 1}: " if mark else ""
        raise UnreadableError(f"{where}bukan YAML yang benar. Periksa titik dua, tanda kutip, dan lekukan.") from error
    except RecursionError as error:
        raise UnreadableError("Berkas bersarang terlalu dalam.") from error
    if not isinstance(document, dict):
        raise UnreadableError("Berkas harus berisi satu instrumen dengan kunci code, title, rights, dan seterusnya.")
    return document
