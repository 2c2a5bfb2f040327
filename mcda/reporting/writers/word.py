"""A report as a Word document that a team edits.

It has styles, captions, header rows and alternative text. The same report gives the same bytes.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from mcda.checks.extras import without
from mcda.checks.faults import Fault, InputError
from mcda.checks.limits import HIGHER, Limits
from mcda.reporting.document.blocks import places
from mcda.reporting.study.hashes import strict_json
from mcda.reporting.writers.word_table import BOLD, NAMESPACE, Links, allowed, letters_of, rows

FONT = "Calibri"
TEXT = 10  # points
CONTENTS = 8.0  # points
SMALL = 8.5  # points, at the head and the foot of a page
# points on the first page, which is one page in whatever letters an office programme has
ANSWER = 9.5
BRIEF = 8.0
FINE = 7.0
PAGE = (21.0, 29.7)  # centimetres: A4
MARGIN = 2.0  # centimetres, at the sides
ENDS = 1.6  # centimetres, above and below
BAND = 0.8  # centimetres from the edge of the page to its marking
PICTURES = 11.6  # centimetres: how high those of the first page may be together
LETTERS = 2600  # of a first page that has so much room for its pictures; more of them take some
TO_A_CENTIMETRE = 350  # letters of the first page, over its columns
AVERAGE = 11  # letters of a word at the head of a fact
PADDED = 5.0  # points beside what a cell of a table holds
FEWEST = 80  # letters that a column has room for at least
SIZE = slice(16, 24)  # where a PNG says how wide and high it is
ENCLOSED = "customXml/run.xml"
# rules between the rows, none between the columns; little room at a cell's sides: heads stay whole
LINE = 'w:val="single" w:sz="4" w:color="C9CED4"'
QUIET = (
    f'<w:tblPr xmlns:w="{NAMESPACE}"><w:tblBorders><w:top {LINE}/><w:left w:val="nil"/>'
    f'<w:bottom {LINE}/><w:right w:val="nil"/><w:insideH {LINE}/><w:insideV w:val="nil"/>'
    '</w:tblBorders><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
    '<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
KEPT = re.compile(
    r"customXml/[^/]+\.xml"
)  # where Word keeps the XML of others, by names of its own
OWN = "urn:policy-mcda:manifest"


def docx(
    context: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    manifest: Mapping[str, Any],
    when: datetime,
) -> bytes:
    """Return the report as a Word file, its pictures as PNG by name.

    Raises InputError where python-docx is missing.
    """
    try:
        import docx as library
    except ImportError:
        raise without("python-docx", "report", "report as a Word file") from None
    page = _Page(library.Document(), pictures, context)
    _settle(page.document, context, when)
    _head(page, context, manifest)
    first, *others = context["sections"]
    page.section(first)
    page.contents(context["page"]["contents"], others)
    for section in others:
        page.section(section)
    _enclose(page.document, manifest)
    with io.BytesIO() as buffer:
        page.document.save(buffer)
        return settled(buffer.getvalue(), when)


def settled(content: bytes, when: datetime) -> bytes:
    """Return a zipped document with its parts in a fixed order.

    The time and the attributes of the parts are fixed too.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {entry.filename: source.read(entry) for entry in source.infolist()}
    with io.BytesIO() as buffer:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
                entry = zipfile.ZipInfo(name, max(when.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o600 << 16
                target.writestr(entry, parts[name])
        return buffer.getvalue()


def _enclose(document: Any, manifest: Mapping[str, Any]) -> None:
    """Put the manifest into the file as XML of its own, which Word keeps when it saves the file."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    text = json.dumps(manifest, sort_keys=True, ensure_ascii=True, allow_nan=False)
    content = f'<?xml version="1.0" encoding="UTF-8"?><run xmlns="{OWN}">{escape(text)}</run>'
    part = Part(PackURI(f"/{ENCLOSED}"), "application/xml", content.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def enclosed(content: bytes, limits: Limits) -> Any:
    """Return the manifest in a Word file of ours; None where there is none that can be read.

    Raises InputError for a file that unpacks to more than the limits allow.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = [name for name in parts.namelist() if KEPT.fullmatch(name)]
            size = sum(parts.getinfo(name).file_size for name in names)
            if size > limits.unpacked_bytes:
                most = f"at most {limits.unpacked_bytes} bytes unpacked"
                raise InputError(Fault("the Word file", most, f"{size}", HIGHER))
            roots = [fromstring(parts.read(name)) for name in names]
    except (zipfile.BadZipFile, ParseError, DefusedXmlException):
        return None
    own = [root for root in roots if root.tag == f"{{{OWN}}}run"]
    try:
        return strict_json(own[0].text or "") if own else None
    except ValueError:
        return None


def _letters(part: Mapping[str, Any]) -> int:
    """Return how many letters the paragraphs of a column have."""
    return sum(len(one["opening"]) + len(one["text"]) for one in part["paragraphs"])


def _element(name: str, text: str | None = None, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    if text is not None:
        element.set(qn("xml:space"), "preserve")
        element.text = text
    return element


def _settle(document: Any, context: Mapping[str, Any], when: datetime) -> None:
    """Set page, styles and language."""
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.page_width = Cm(PAGE[0])
    section.page_height = Cm(PAGE[1])
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(ENDS)
    section.header_distance = section.footer_distance = Cm(BAND)
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(TEXT)
    normal.paragraph_format.space_after = document.styles[
        "List Bullet"
    ].paragraph_format.space_after = Pt(3)
    normal.element.rPr.append(_element("w:lang", val=f"{context['language']}-GB"))
    for name, size in (("Title", 16), ("Heading 1", 15), ("Heading 2", 12), ("Caption", 9)):
        style = document.styles[name]
        style.font.name = FONT
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0x1B, 0x1F, 0x24)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[attribute]
    _signed(document, context, when)


def _signed(document: Any, context: Mapping[str, Any], when: datetime) -> None:
    """Set title, author, language and times of the file."""
    about = document.core_properties
    moment = when.replace(tzinfo=None)
    about.title, about.author, about.last_modified_by = (
        allowed(context[key])[:255] for key in ("title", "author", "author")
    )
    about.created = about.modified = moment
    about.revision = 1
    about.comments = ""
    about.language = context["language"]


def _head(page: _Page, context: Mapping[str, Any], manifest: Mapping[str, Any]) -> None:
    """Write title and run, and the marking on every page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = page.document.sections[0]
    stamp = " · ".join(filter(None, (context["marking"], context["stamp"])))
    for band in (section.header, section.footer):
        line = band.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        page.run(line, stamp, bold=True, size=SMALL)
    page.run(section.footer.paragraphs[0], " · ", size=SMALL)
    page.field(section.footer.paragraphs[0], "PAGE", "1")
    run = f"{context['page']['run']} {manifest['seal'][:12]}"
    about = " · ".join(filter(None, (context["author"], context["date"], run)))
    page.close(page.paragraph(context["title"], "Title"))
    for text, size in ((context["question"], BRIEF), (about, FINE)):
        page.close(page.opened({"opening": "", "text": text}, size))


def _part_of_width(first: Mapping[str, Any], pictures: Mapping[str, bytes]) -> float:
    """Return how wide the pictures of the first page are, so that the page stays one."""
    high = 0.0
    for block in first["blocks"]:
        if block["is"] == "picture":
            wide, tall = struct.unpack(">II", pictures[block["name"]][SIZE])
            high += (PAGE[0] - 2 * MARGIN) * tall / wide
    letters = len(" ".join(_texts(first["blocks"])))
    room = PICTURES - max(0, letters - LETTERS) / TO_A_CENTIMETRE
    return min(1.0, room / high) if high else 1.0


def _texts(held: Any) -> Iterator[str]:
    """Go through the texts of blocks that are written: alternative texts are not."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping):
        for name, part in held.items():
            if name != "alt":
                yield from _texts(part)
    elif isinstance(held, list | tuple):
        for part in held:
            yield from _texts(part)


def column_widths(shares: Sequence[float], least: Sequence[float], whole: float) -> list[float]:
    """Return how wide columns are by their shares, none less than the longest word of its head.

    What narrow columns need beyond their share is taken from the room of the others.

    >>> column_widths([1, 1], [3, 1], 8.0), column_widths([1, 3], [3.0, 1.0], 8.0)
    ([4.0, 4.0], [3.0, 5.0])
    """
    widths = [whole * share / sum(shares) for share in shares]
    needed = sum(max(0.0, low - width) for low, width in zip(least, widths, strict=True))
    spare = sum(max(0.0, width - low) for low, width in zip(least, widths, strict=True))
    if needed >= spare:
        return widths
    return [
        low if low > width else width - (width - low) * needed / spare
        for low, width in zip(least, widths, strict=True)
    ]


class _Page:
    """A document being written: what it counts, and how each block is laid out."""

    def __init__(
        self, document: Any, pictures: Mapping[str, bytes], context: Mapping[str, Any]
    ) -> None:
        self.document = document
        # asked for a style by its name, the library goes through all styles for every paragraph
        self.styles = {style.name: style.style_id for style in document.styles}
        self.pictures = pictures
        self.names = context["page"]
        self.counts: dict[str, int] = {}
        marks = {ref: place.replace("-", "_") for ref, place in places(context, "source").items()}
        self.size: float | None = None  # of plain text; None for that of the style
        self.part_of_width = _part_of_width(context["sections"][0], pictures)
        self.links = Links(self._related, marks)  # a bookmark's name holds no hyphen

    def _related(self, address: str) -> str:
        """Return the name of a relation of the document to an address of the web."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        return str(
            self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        )

    def section(self, section: Mapping[str, Any]) -> None:
        """Write a section under its title, that of the first page in small letters."""
        if section["number"]:
            self.paragraph(section["heading"], "Heading 1")
        else:
            line = self.line("Heading 1")
            self.run(line, section["heading"], size=BRIEF)
            self.close(line)
        self.size = None if section["number"] else FINE
        for block in section["blocks"]:
            getattr(self, f"_{block['is']}")(block)

    def contents(self, title: str, sections: Sequence[Mapping[str, Any]]) -> None:
        """Begin a page with a field of contents: Word fills in the pages when a person asks it to."""
        if not sections:
            return
        line = self.paragraph("")
        line.paragraph_format.page_break_before = True
        self.run(line, title, bold=True)
        headings = "\n".join(allowed(section["heading"]) for section in sections)
        self.field(self.paragraph(""), r'TOC \o "1-1" \h \z \u', headings, CONTENTS)

    def run(self, line: Any, text: object, *, bold: bool = False, size: float | None = None) -> Any:
        from docx.shared import Pt

        run = line.add_run(allowed(text))
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        return run

    def close(self, line: Any) -> None:
        """Take the room above a line away, and most of that below it."""
        from docx.shared import Pt

        line.paragraph_format.space_before = Pt(0)
        line.paragraph_format.space_after = Pt(2)

    def line(self, style: str) -> Any:
        """Begin a paragraph in a style of the document."""
        line = self.document.add_paragraph()
        line._p.style = self.styles[style]
        return line

    def paragraph(self, text: object, style: str = "") -> Any:
        line = self.line(style) if style else self.document.add_paragraph()
        self.run(line, text)
        return line

    def field(self, line: Any, instruction: str, shown: str, size: float | None = None) -> None:
        """Write a field that Word keeps up to date, with what it shows until then."""
        from docx.shared import Pt

        for kind, text in (
            ("begin", ""),
            ("", f" {instruction} "),
            ("separate", ""),
            ("shown", shown),
            ("end", ""),
        ):
            visible = shown if kind == "shown" else ""
            run = line.add_run(visible)
            run.font.size = Pt(size) if size else None
            if kind == "":
                run._r.append(_element("w:instrText", text))
            elif kind != "shown":
                run._r.append(_element("w:fldChar", fldCharType=kind))

    def caption(self, kind: str, text: str) -> Any:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        line = self.line("Caption")
        self.run(line, f"{self.names[kind]} ")
        self.field(line, rf"SEQ {self.names[kind]} \* ARABIC", str(self.counts[kind]))
        self.run(line, f": {text}")
        line.paragraph_format.keep_with_next = kind == "table"
        return line

    def opened(self, block: Mapping[str, Any], size: float, line: Any = None) -> Any:
        """Write a paragraph whose opening is set apart, into a line of its own or a given one."""
        line = self.document.add_paragraph() if line is None else line
        space = " " if block["opening"] and block["text"] else ""
        self.run(line, block["opening"] + space, bold=True, size=size)
        self.run(line, block["text"], size=size)
        return line

    def _answer(self, block: Mapping[str, Any]) -> None:
        for paragraph in block["paragraphs"]:
            self.close(self.opened(paragraph, ANSWER))

    def _facts(self, block: Mapping[str, Any]) -> None:
        longest = [max(map(len, entry["head"].split())) for entry in block["entries"]]
        for cell, entry in self._beside(block["entries"], [max(one, AVERAGE) for one in longest]):
            self.run(cell.paragraphs[0], entry["head"], bold=True, size=BRIEF)
            line = cell.add_paragraph()
            self.run(line, entry["text"], size=FINE)
            self.close(line)

    def _columns(self, block: Mapping[str, Any]) -> None:
        # a column is as wide as what it says is long, within reason
        widths = [max(_letters(part), FEWEST) ** 0.5 for part in block["parts"]]
        for cell, column in self._beside(block["parts"], widths):
            self.run(cell.paragraphs[0], column["title"], bold=True, size=BRIEF)
            for paragraph in column["paragraphs"]:
                self.close(self.opened(paragraph, FINE, cell.add_paragraph()))

    def _beside(self, entries: Sequence[Any], widths: Sequence[float]) -> list[tuple[Any, Any]]:
        """Add a row of cells without lines, one for each entry, and return them with the entries."""
        from docx.shared import Cm

        table = self.document.add_table(1, len(entries))
        cells = table.rows[0].cells
        for cell, width, column in zip(cells, widths, table.columns, strict=True):
            cell.width = column.width = Cm((PAGE[0] - 2 * MARGIN) * width / sum(widths))
            cell.paragraphs[0].paragraph_format.space_after = 0
        return list(zip(cells, entries, strict=True))

    def _paragraph(self, block: Mapping[str, Any]) -> None:
        line = self.document.add_paragraph()
        lead = block["tone"] == "lead"
        size = 11 if lead else self.size
        self.run(line, block["text"], bold=lead, size=size)

    def _pointer(self, block: Mapping[str, Any]) -> None:
        self.paragraph(block["text"])

    def _heading(self, block: Mapping[str, Any]) -> None:
        self.paragraph(block["text"], "Heading 2")

    def _list(self, block: Mapping[str, Any]) -> None:
        if block["title"]:
            line = self.document.add_paragraph()
            self.run(line, block["title"], bold=True)
            line.paragraph_format.keep_with_next = True
        for item in block["items"]:
            self.paragraph(item, "List Bullet")

    def _explorer(self, block: Mapping[str, Any]) -> None:
        """Leave out what only a page with a script can hold."""

    def _picture(self, block: Mapping[str, Any]) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Cm

        if block["heading"]:
            self._above(block)
        picture = io.BytesIO(self.pictures[block["name"]])
        part = self.part_of_width if block["heading"] else 1.0
        made = self.document.add_picture(picture, width=Cm(part * (PAGE[0] - 2 * MARGIN)))
        line = self.document.paragraphs[-1]
        line.paragraph_format.keep_with_next = not block["heading"]
        if block["heading"]:
            self.close(line)
        about = made._inline.find(qn("wp:docPr"))
        about.set("descr", allowed(block["alt"]))
        about.set("name", block["name"])
        if not block["heading"]:
            self.caption("figure", block["caption"])

    def _above(self, block: Mapping[str, Any]) -> None:
        """Write what stands above a picture that has no title of its own."""
        for text, bold, size in ((block["heading"], True, BRIEF), (block["caption"], False, FINE)):
            line = self.document.add_paragraph()
            self.run(line, text, bold=bold, size=size)
            line.paragraph_format.keep_with_next = True
            line.paragraph_format.space_after = 0

    def _table(self, block: Mapping[str, Any]) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import qn
        from docx.shared import Cm

        self.caption("table", block["caption"])
        table = self.document.add_table(0, len(block["widths"]))
        table._tbl.tblStyle_val = self.styles["Table Grid"]
        table.autofit = False
        borders, room = parse_xml(QUIET)
        layout = table._tbl.tblPr.find(qn("w:tblLayout"))
        layout.addprevious(borders)
        layout.addnext(room)
        size = letters_of(block)
        longest = [
            0 if at in block["upright"] else max(map(len, re.split(r"[\s-]", head)))
            for at, head in enumerate(block["columns"])
        ]
        least = [(letters * BOLD * size + PADDED) / 72 * 2.54 for letters in longest]
        widths = [
            Cm(width) for width in column_widths(block["widths"], least, PAGE[0] - 2 * MARGIN)
        ]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        table._tbl.extend(parse_xml(rows(block, [width.twips for width in widths], self.links)))
        self.document.add_paragraph()
