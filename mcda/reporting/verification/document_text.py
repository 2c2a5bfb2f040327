"""The words and numbers that a reader of a page, a PDF or a Word file sees.

Two files that can't be compared byte for byte are compared by these.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from mcda.checks.extras import without
from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import LIMITS
from mcda.reporting.study.hashes import digest_of_bytes
from mcda.reporting.writers.html import EMPTY, PLACE
from mcda.reporting.writers.word_table import NAMESPACE

SILENT = ("script", "style")  # elements whose content isn't read by anybody
SPOKEN = ("alt", "title", "aria-label", "href", "content", "placeholder", "value")
PICTURE = re.compile(r'<svg class="[a-z]+" xmlns=.*?</svg>', re.DOTALL)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
SHOWN_WORDS = (f"{{{NAMESPACE}}}t", f"{{{NAMESPACE}}}instrText")
PICTURE_WORDS = f"{{{DRAWING}}}docPr"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ADDRESS = re.compile(rb"/URI ?\(((?:[^()\\]|\\.)*)\)")


@dataclass
class PageText(HTMLParser):
    """What a page says, the hashes of its pictures, and what else it is made of.

    The last are scripts, styles and every attribute that isn't read as text: they can change what
    is seen, so a page whose words hold may still not be the same.
    """

    words: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    form: list[str] = field(default_factory=list)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what an element's attributes say."""
        self.inside = tag if tag in SILENT else ""
        self.form.append(tag)
        for name, value in attrs:
            text = value or ""
            if name in SPOKEN:
                self.words.extend(text.split())
            else:
                self.form.append(f"{name}={text}")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style."""
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Take text, of a script as form."""
        if self.inside:
            self.form.append(data)
        else:
            self.words.extend(data.split())


def page_text(content: bytes) -> PageText:
    """Return what a page says, without the manifest inside it."""
    page = content.decode("utf-8", errors="replace")
    drawn = [digest_of_bytes(found.encode("utf-8")) for found in PICTURE.findall(page)]
    text = PageText(pictures=drawn)
    text.feed(PLACE.sub(EMPTY, page))
    text.close()
    return text


def page_words(content: bytes) -> list[str]:
    """Return the words of a page, in order."""
    return page_text(content).words


def pdf_words(content: bytes) -> list[str]:
    """Return the words of a PDF, in order, and where its links lead.

    Raises InputError where the package that reads them isn't installed, or can't read the file.
    """
    try:
        import pypdfium2
    except ImportError:
        raise without("pypdfium2", "report", "the PDF") from None
    try:
        document = pypdfium2.PdfDocument(content)
        pages = [page.get_textpage().get_text_bounded() for page in document]
    except pypdfium2.PdfiumError as error:
        raise InputError(Fault("the PDF", "one that can be read", str(error))) from None
    leads = [found.decode("latin-1") for found in ADDRESS.findall(content)]
    return [*" ".join(pages).split(), *leads]


def word_words(content: bytes) -> list[str]:
    """Return the words of a Word file: its text, headers, footers, what its pictures show, its links.

    Raises InputError for a file that isn't one, or one that unpacks to more than is read.
    """
    words: list[str] = []
    for root in _roots(content):
        for element in root.iter():
            if element.tag in SHOWN_WORDS:
                words.extend((element.text or "").split())
            elif element.tag == PICTURE_WORDS:
                words.extend(element.get("descr", "").split())
            elif element.tag == RELATION and element.get("TargetMode") == "External":
                words.append(element.get("Target", ""))
    return words


def _roots(content: bytes) -> list[Any]:
    """Return the roots of the parts of a Word file that hold text or links."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(entry.file_size for entry in parts.infolist()) > LIMITS.unpacked_bytes:
                most = f"at most {LIMITS.unpacked_bytes} bytes unpacked"
                raise InputError(Fault("the Word file", most, "more"))
            return [
                fromstring(parts.read(name))
                for name in sorted(parts.namelist())
                if name.startswith("word/") and name.endswith((".xml", ".rels"))
            ]
    except (zipfile.BadZipFile, ParseError, DefusedXmlException) as error:
        raise InputError(Fault("the Word file", "one that can be read", str(error))) from None


READERS: dict[str, Callable[[bytes], list[str]]] = {
    "html": page_words,
    "pdf": pdf_words,
    "docx": word_words,
    "brief": pdf_words,
}
