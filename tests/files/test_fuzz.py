"""Whatever bytes come in, a reader gives a table or an error that helps: no traceback, no number out of air."""

import io
import json
import re
import tempfile
import warnings
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.checks.limits import Limits
from mcda.files.tables.numerals import as_plain, convention
from mcda.files.workbook.safe_archive import checked_archive

ILLEGAL = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE
PUBLISHED = Path(__file__).parents[1] / "published" / "adversarial"
SEEDS = {
    ".csv": [
        b"name,price,quality\nA,10,3\nB,12,5\n",
        b"\xef\xbb\xbfa;b\nx;1,5\n",
        "a\tb\nx\t1\n".encode("utf-16"),
    ],
    ".xml": [
        (PUBLISHED / name).read_bytes() for name in ("inactive.xml", "rational.xml", "version.xml")
    ],
    ".json": [
        json.dumps(
            {"alternatives": ["A"], "criteria": ["c"], "matrix": [[1]], "weights": [1]}
        ).encode()
    ],
    ".xlsx": [(PUBLISHED / name).read_bytes() for name in ("hidden.xlsx", "text_numbers.xlsx")],
}
SMALL = Limits(file_bytes=1_000_000, unpacked_bytes=5_000_000, cells=20_000)


@st.composite
def mutated(draw, ending):
    """A good file with some bytes changed, cut, doubled or put in."""
    content = bytearray(draw(st.sampled_from(SEEDS[ending])))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 30))
        put = draw(
            st.binary(max_size=12)
            | st.sampled_from([b"<!ENTITY", b"1e999", b'"', b"\0", b",", b"NaN", b"&x;", b"-"])
        )
        content[at : at + length] = put
    return bytes(content)


def read(content, ending):
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / f"file{ending}"
        path.write_bytes(content)
        try:
            return mcda.read_matrix(path, limits=SMALL)
        except mcda.InputError:
            return None


@pytest.mark.parametrize("ending", SEEDS)
def test_mutated_files(ending):
    """Four kinds of file, three hundred inputs each: finite numbers or an InputError."""

    @settings(max_examples=300 if ending != ".xlsx" else 120)
    @given(content=mutated(ending))
    def every(content):
        found = read(content, ending)
        assert found is None or np.isfinite(found.performances.to_numpy()).all()

    every()


@settings(max_examples=60)
@given(
    parts=st.dictionaries(
        st.sampled_from(
            ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/styles.xml"]
        ),
        st.binary(max_size=60),
        max_size=3,
    )
)
def test_parts_of_a_workbook_replaced(parts):
    """An archive whose parts are anything: read, or called damaged."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(SEEDS[".xlsx"][0])) as good,
        zipfile.ZipFile(stream, "w") as out,
    ):
        for name in good.namelist():
            out.writestr(name, parts.get(name, good.read(name)))
    read(stream.getvalue(), ".xlsx")


CELL = (
    st.text(max_size=8)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates()
    | st.sampled_from(
        ["1,5", "1,234", "45%", "=1+1", "#REF!", "n/a", "１２", None, "-", "1/3", "1e999"]
    )
)


@settings(max_examples=15)
@given(
    changes=st.dictionaries(
        st.tuples(st.integers(0, 10), st.integers(4, 18), st.integers(1, 12)), CELL, max_size=6
    )
)
def test_cells_of_a_question_replaced(open_blank, changes):
    """Whatever a person types into the sheets: a question of finite numbers, or faults that each have a place."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "q.xlsx"
        book = open_blank()
        for (sheet, row, column), value in changes.items():
            text = ILLEGAL.sub("", value) if isinstance(value, str) else value
            book.worksheets[1 + sheet % (len(book.worksheets) - 1)].cell(row, column).value = text
        book.save(path)
        try:
            problem, _ = mcda.open_question(path)
        except mcda.InputError as error:
            told = [fault.where for fault in error.faults]
        else:
            told = []
            assert np.isfinite(problem.performance.to_numpy()).all()
    assert all(told)


@settings(max_examples=300)
@given(
    number=st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    ),
    thousands=st.sampled_from(["", ",", ".", " ", "\u202f", "’"]),
    decimal=st.sampled_from([".", ","]),
)
def test_a_written_number_is_read_as_itself_or_not_at_all(number, thousands, decimal):
    """A number written in any country's way is never another number."""
    if thousands == decimal:
        return
    text = f"{number:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    found = as_plain(text, convention([text]))
    assert found is None or float(found) == float(number)
    assert found is not None or "," in text or "." in text


def archive(parts, **how):
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
            for name, content in parts:
                out.writestr(name, content)
    return stream.getvalue()


BOOK = ("xl/workbook.xml", "<workbook/>")
ATTACKS = {
    "a zip bomb": (archive([BOOK, ("xl/a.bin", b"\0" * 6_000_000)]), "bytes unpacked"),
    "many parts": (
        archive([BOOK, *((f"xl/{at}.bin", b"") for at in range(2100))]),
        "at most 2000 parts",
    ),
    "a path outside": (archive([BOOK, ("../../evil.xml", "<a/>")]), "parts inside it"),
    "an absolute path": (archive([BOOK, ("/etc/evil.xml", "<a/>")]), "parts inside it"),
    "a part twice": (archive([BOOK, BOOK]), "parts inside it, each once"),
    "an entity bomb": (
        archive(
            [("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>')]
        ),
        "XML without entities",
    ),
    "an entity in UTF-16": (
        archive(
            [
                (
                    "xl/workbook.xml",
                    '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a SYSTEM "x"><a/>'.encode(
                        "utf-16"
                    ),
                )
            ]
        ),
        "XML without entities",
    ),
    "too many cells": (
        archive([BOOK, ("xl/worksheets/s.xml", b"<a>" + b"<c/>" * 20_001 + b"</a>")]),
        "at most 20,000 cells",
    ),
    "one merged area": (
        archive([BOOK, ("xl/worksheets/s.xml", '<a><mergeCell ref="A1:XFD1048576"/></a>')]),
        "at most 20,000 cells",
    ),
    "another archive": (archive([("readme.txt", "x")]), "an archive of something else"),
    "a program of old": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "save it as .xlsx without a password"),
    "a large file": (b"PK" + b"\0" * 1_000_001, "at most 1,000,000 bytes"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_before_it_is_read(name, tmp_path):
    """Each with what it is and the way out; nothing is unpacked."""
    content, message = ATTACKS[name]
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(mcda.InputError, match=message):
        checked_archive(path, SMALL)
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_without_a_sheet_is_damaged(tmp_path):
    """Found by fuzzing: a list of sheets that is empty."""
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(io.BytesIO(SEEDS[".xlsx"][0])) as good, zipfile.ZipFile(path, "w") as out:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/workbook.xml":
                content = re.sub(
                    rb"<sheets>.*</sheets>", b"<sheets></sheets>", content, flags=re.DOTALL
                )
            out.writestr(name, content)
    with pytest.raises(mcda.InputError, match="expected a whole"):
        mcda.read_matrix(path)


def test_limits_are_the_reader_s_to_change(tmp_path):
    """More cells than the limit are refused with the way out; a higher limit reads them."""
    path = tmp_path / "many.csv"
    path.write_text("name,x\n" + "".join(f"A{at},{at}\n" for at in range(60)), encoding="utf-8")
    with pytest.raises(mcda.InputError, match="read it with higher limits"):
        mcda.read_matrix(path, limits=Limits(cells=100))
    assert len(mcda.read_matrix(path, limits=Limits(cells=200)).performances) == 60
