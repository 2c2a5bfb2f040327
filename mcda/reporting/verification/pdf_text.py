"""The words of a PDF, also those that no page shows: what is spoken, titles, links, attachments, scripts."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from mcda.checks.extras import without
from mcda.checks.faults import Fault, InputError

DEEPEST = 100  # levels of a tree of structure or an outline that are read
ABOUT = ("Title", "Author", "Subject", "Keywords")  # of the file; what else is told is of its maker
# the same once more, as XMP has it
SAID_IN_XMP = re.compile(
    rb"<(dc:title|dc:creator|dc:description|pdf:Keywords)>(.*?)</\1>", re.DOTALL
)
SPOKEN = ("GetTitle", "GetAltText", "GetActualText")
SCRIPT = "JavaScript"  # a word for each script: a report has none


def pdf_words(content: bytes) -> list[str]:
    """Return the words of a PDF, in order: of its pages, and all else that a reader may be told.

    These are its title and authors, its outline, what a screen reader says of headings and
    pictures, where links lead, notes, and the names of what is attached. Raises InputError where
    the package that reads them isn't installed, or can't read the file.
    """
    try:
        import pypdfium2
    except ImportError:
        raise without("pypdfium2", "report", "the PDF") from None
    try:
        document = pypdfium2.PdfDocument(content)
        texts = [page.get_textpage().get_text_bounded() for page in document]
        texts += _told(document, content)
    except pypdfium2.PdfiumError as error:
        raise InputError(Fault("the PDF", "one that can be read", str(error))) from None
    return " ".join(texts).split()


def _told(document: Any, content: bytes) -> Iterator[str]:
    """Go through the texts of a document that its pages don't show."""
    about = document.get_metadata_dict()
    yield from (about.get(name, "") for name in ABOUT)
    yield from (text.decode("utf-8", errors="replace") for _, text in SAID_IN_XMP.findall(content))
    yield from (entry.get_title() for entry in document.get_toc(max_depth=DEEPEST))
    for page in document:
        yield from _spoken(page)
        yield from _noted(page)
    for at in range(document.count_attachments()):
        yield document.get_attachment(at).get_name()
    yield from _scripts(document)


def _spoken(page: Any) -> Iterator[str]:
    """Go through what a screen reader says of the parts of a page."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _of_element(raw.FPDF_StructTree_GetChildAtIndex(tree, at), DEEPEST)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _of_element(element: Any, deeper: int) -> Iterator[str]:
    from pypdfium2 import raw

    if not element or not deeper:
        return
    for name in SPOKEN:
        yield _text(getattr(raw, f"FPDF_StructElement_{name}"), element)
    for at in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _of_element(raw.FPDF_StructElement_GetChildAtIndex(element, at), deeper - 1)


def _noted(page: Any) -> Iterator[str]:
    """Go through the notes on a page, and where its links lead."""
    from pypdfium2 import raw

    for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        if not note:
            continue
        yield _text(raw.FPDFAnnot_GetStringValue, note, b"Contents")
        link = raw.FPDFAnnot_GetLink(note)
        action = raw.FPDFLink_GetAction(link) if link else None
        if action:
            yield _text(raw.FPDFAction_GetURIPath, page.pdf.raw, action, wide=False)
        raw.FPDFPage_CloseAnnot(note)


def _scripts(document: Any) -> list[str]:
    from pypdfium2 import raw

    return [SCRIPT] * max(raw.FPDFDoc_GetJavaScriptActionCount(document.raw), 0)


def _text(get: Any, *of: Any, wide: bool = True) -> str:
    """Return a text that a function of the library writes into room which is made for it."""
    room = get(*of, None, 0)
    if not room:
        return ""
    held = ctypes.create_string_buffer(room)
    get(*of, ctypes.cast(held, get.argtypes[-2]), room)
    code = "utf-16-le" if wide else "latin-1"
    return held.raw.decode(code, errors="replace").rstrip("\0")
