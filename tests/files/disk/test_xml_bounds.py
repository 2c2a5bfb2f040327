"""What is small on disk and large in memory is refused before a library reads it."""

import io
import re
import time
import zipfile

import pytest

import mcda
from mcda.checks.limits import Limits
from mcda.files.disk.xml_bounds import check_xml, elements_within

SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
TYPES, LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
FORMAT = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
FEW = Limits(cells=20_000, elements=150_000)  # so that the test is quick
ROW = b"<row>" + b'<c r="A1"><v>1</v></c>' * 1000 + b"</row>"


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """The parts of a blank workbook."""
    with zipfile.ZipFile(mcda.new_question(tmp_path_factory.mktemp("b") / "b.xlsx")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def renamed(parts, body):
    """The parts with the first sheet under another ending, declared as a sheet all the same."""
    changed = {name: content for name, content in parts.items() if name != SHEET}
    changed[LINKS] = parts[LINKS].replace(b"sheet1.xml", b"sheet1.dat")
    changed[TYPES] = parts[TYPES].replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.dat")
    return {**changed, "xl/worksheets/sheet1.dat": body}


def names(parts):
    told = b"".join(b'<definedName name="n%d">Sheet1!$A$1</definedName>' % i for i in range(10_001))
    changed = re.sub(rb"<definedNames ?/?>|</definedNames>", b"", parts[BOOK])
    end = b"</sheets>"
    return {
        **parts,
        BOOK: changed.replace(end, end + b"<definedNames>" + told + b"</definedNames>"),
    }


CASES = {
    "at most 66,000 formats": lambda parts: {
        **parts,
        STYLES: parts[STYLES].replace(b"</cellXfs>", FORMAT * 67_000 + b"</cellXfs>"),
    },
    "at most 10,000 names": names,
    "at most 20,000 cells": lambda parts: renamed(
        parts, b"<worksheet " + SPACE + b"><sheetData>" + ROW * 21 + b"</sheetData></worksheet>"
    ),
    "XML without entities": lambda parts: renamed(parts, DOCTYPE + parts[SHEET]),
    "at most 150,000 elements": lambda parts: {
        **parts,
        "xl/sharedStrings.xml": b"<sst " + SPACE + b">" + b"<si><t/></si>" * 80_000 + b"</sst>",
    },
    "at most 100 levels": lambda parts: {**parts, SHEET: b"<a>" * 200 + b"</a>" * 200},
}


@pytest.mark.parametrize("expected", CASES)
def test_each_is_refused_by_its_part_and_in_little_time(parts, tmp_path, expected):
    """Formats, names, cells under any ending, entities, elements, levels."""
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in CASES[expected](parts).items():
            archive.writestr(name, content)
    began = time.process_time()
    with pytest.raises(mcda.InputError, match=f"x.xlsx, part .*{re.escape(expected)}"):
        mcda.read_problem(path, limits=FEW)
    assert time.process_time() - began < 10


def test_higher_limits_read_more():
    """As the message says."""
    deep = b"<a>" * 150 + b"</a>" * 150
    check_xml(io.BytesIO(deep), "a.xml", elements_within(Limits(depth=200)))
    with pytest.raises(mcda.InputError, match="read it with higher limits"):
        check_xml(io.BytesIO(deep), "a.xml", elements_within(Limits()))


@pytest.mark.parametrize(("name", "content"), [("t.csv", "a," * 300_000), ("t.json", "{}")])
def test_very_many_heads_take_no_time(tmp_path, name, content):
    """Whether one stands twice is counted in one go."""
    if name == "t.json":
        content = "{" + ",".join(f'"k{i}": 1' for i in range(100_000)) + "}"
    (tmp_path / name).write_text(content, encoding="utf-8")
    began = time.process_time()
    with pytest.raises(mcda.InputError):
        mcda.read_matrix(tmp_path / name)
    assert time.process_time() - began < 10
