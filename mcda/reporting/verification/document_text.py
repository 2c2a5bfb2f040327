"""The words and numbers that a reader of a page, a PDF or a Word file sees.

Two files that can't be compared byte for byte are compared by these.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import LIMITS
from mcda.files.disk.xml_bounds import check_xml, elements_within
from mcda.reporting.study.hashes import digest_of_bytes
from mcda.reporting.verification.pdf_text import pdf_words
from mcda.reporting.writers.html import EMPTY, PLACE
from mcda.reporting.writers.word import ENCLOSED
from mcda.reporting.writers.word_table import NAMESPACE

SILENT = ("script", "style")  # elements whose content isn't read by anybody
SPOKEN = ("alt", "title", "aria-label", "href", "content", "placeholder", "value")
PICTURE = re.compile(r'<svg class="[a-z]+" xmlns=.*?</svg>', re.DOTALL)
MARKUP = (".xml", ".rels")  # parts of a Word file that hold text
IMAGES = (".png", ".jpeg")
OF_THE_MAKER = ("docProps/app.xml",)  # the program that wrote it, with its version
DESCRIBED = ("descr", "title")  # attributes of a picture or a table that are read out
NUMBERED = f"{{{NAMESPACE}}}lvlText"  # what stands before the entries of a list


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


def word_words(content: bytes) -> list[str]:
    """Return the words of a Word file: every text in it, what its pictures show, where it leads.

    Also those of notes, comments, headers, hidden runs and its own title, and the names of parts of
    other kinds than a report has. Raises InputError for a file that isn't one, or one that unpacks
    to more than is read.
    """
    words: list[str] = []
    bounds = elements_within(LIMITS)
    for name, part in _parts(content).items():
        if name.endswith(MARKUP):
            check_xml(io.BytesIO(part), f"the Word file, {name}", bounds)
            words.extend(_said(part))
        elif not name.endswith(IMAGES):
            words.append(name)
    return words


def word_pictures(content: bytes) -> list[str]:
    """Return the hashes of the pictures in a Word file, in the order of their names."""
    return [
        digest_of_bytes(part) for name, part in _parts(content).items() if name.endswith(IMAGES)
    ]


def _said(part: bytes) -> Iterator[str]:
    """Go through the words of a part of a Word file."""
    for element in _root(part).iter():
        if isinstance(element.tag, str):
            yield from (element.text or "").split()
            yield from (element.tail or "").split()
        for name, value in element.attrib.items():
            if name in DESCRIBED or element.tag == NUMBERED:
                yield from value.split()
        if element.get("TargetMode") == "External":
            yield element.get("Target", "")


def _root(part: bytes) -> Any:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        return fromstring(part)
    except (ParseError, DefusedXmlException) as error:
        raise InputError(Fault("the Word file", "one that can be read", str(error))) from None


def _parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by name, but for our manifest and what it says of its maker."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            if sum(entry.file_size for entry in parts.infolist()) > LIMITS.unpacked_bytes:
                most = f"at most {LIMITS.unpacked_bytes} bytes unpacked"
                raise InputError(Fault("the Word file", most, "more"))
            names = sorted(set(parts.namelist()) - {ENCLOSED, *OF_THE_MAKER})
            return {name: parts.read(name) for name in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise InputError(Fault("the Word file", "one that can be read", str(error))) from None


READERS: dict[str, Callable[[bytes], list[str]]] = {
    "html": page_words,
    "pdf": pdf_words,
    "docx": word_words,
    "brief": pdf_words,
}
