"""Reads one XML part of an office document as it streams by, without keeping it: what must not be in it is named."""

import re
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from assessment.uploads.refusals import RefusedFileError

MAX_ELEMENTS = 600_000  # of one document: a sheet of two hundred thousand cells, read in about a second
MOST_INSTRUCTIONS = 65_536  # characters of field instructions that are looked at in one part
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
ONLY_NAMED = {
    "a",
    "template",
    "area-rectangle",
    "area-circle",
    "area-polygon",
}  # where it came from; where a click leads
ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\.\.|\\\\)", re.IGNORECASE)
MACRO = "Dokumen memuat makro. Simpan sebagai dokumen tanpa makro atau sebagai PDF, lalu unggah lagi."
OUTSIDE = "Dokumen mengambil data dari luar atau menyimpan berkas lain. Simpan sebagai PDF, lalu unggah lagi."
BROKEN = "Dokumen tidak utuh atau rusak. Buka di komputer Anda, simpan ulang, lalu unggah lagi."
BOMB = "Dokumen terlalu besar setelah dibuka. Kecilkan gambarnya atau simpan sebagai PDF, lalu unggah lagi."


def is_xml(name: str) -> bool:
    """Whether a part is read as XML: programs do not look at the case of its ending."""
    return name.lower().endswith((".xml", ".rels"))


class PartReader(ContentHandler):
    """Takes the bytes of one part as they come; raises RefusedFileError for what is broken, active or too much."""

    def __init__(self, name: str, elements_left: int) -> None:
        super().__init__()
        self._name, self.elements_left = name.lower(), elements_left
        self._instructions, self._in_instruction = "", False
        self._parser = make_parser()
        self._parser.forbid_dtd = True
        self._parser.setContentHandler(self)

    def feed(self, piece: bytes) -> None:
        """Read on."""
        try:
            self._parser.feed(piece)
        except (SAXParseException, DefusedXmlException) as error:
            raise RefusedFileError(BROKEN) from error

    def close(self) -> None:
        """Say that the part is over: it must be whole."""
        try:
            self._parser.close()
        except (SAXParseException, DefusedXmlException) as error:
            raise RefusedFileError(BROKEN) from error
        if DDE.search(self._instructions):
            raise RefusedFileError(OUTSIDE)

    def startElement(self, name: str, attrs) -> None:  # noqa: N802 - the name that the parser calls
        """Look at one element and its attributes."""
        self.elements_left -= 1
        if self.elements_left < 0:
            raise RefusedFileError(BOMB)
        element = name.rpartition(":")[2]
        if element == "instrText":
            self._in_instruction = True
        elif element == "ddeLink" or _fetches(element, attrs):
            raise RefusedFileError(OUTSIDE)
        if self._name == "[content_types].xml" and "macroenabled" in attrs.get("ContentType", "").lower():
            raise RefusedFileError(MACRO)
        for attribute, value in attrs.items():
            if attribute.rpartition(":")[2] == "instr":
                self._keep(f" {value} ")

    def endElement(self, name: str) -> None:  # noqa: N802 - the name that the parser calls
        """Leave an element."""
        if name.rpartition(":")[2] == "instrText":
            self._in_instruction = False

    def characters(self, content: str) -> None:
        """Keep the words of field instructions, which may be cut into many pieces."""
        if self._in_instruction:
            self._keep(content)

    def _keep(self, words: str) -> None:
        if len(self._instructions) < MOST_INSTRUCTIONS:
            self._instructions += words


def _fetches(element: str, attrs) -> bool:
    """An outside target that is fetched by itself; a plain hyperlink is only words until somebody clicks."""
    if element == "Relationship":
        return attrs.get("TargetMode") == "External" and not attrs.get("Type", "").endswith("/hyperlink")
    if element in ONLY_NAMED:
        return False
    return any(name.endswith(":href") and ELSEWHERE.match(value) for name, value in attrs.items())
