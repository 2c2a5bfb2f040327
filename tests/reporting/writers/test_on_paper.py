"""Paper has the first rows of long inputs and says so; what is looked up stands in an annex, pointed to."""

import io
import zipfile

import pytest

from mcda.checks.of_many import SHOWN
from mcda.reporting.document.blocks import annexed, paragraph, section, table, tables_of
from mcda.reporting.document.for_reviewers.annexes import PRINTED
from mcda.reporting.document.outline import numbered, set_apart
from mcda.reporting.writers.html import look_of
from mcda.reporting.writers.on_paper import on_paper


def rows(count):
    """A table of so many rows, of which paper has some."""
    lines = [[str(number), "text"] for number in range(count)]
    return table("Inputs", ["id", "what"], lines, most=500, printed=PRINTED)


@pytest.mark.parametrize(("count", "left"), [(SHOWN, SHOWN), (SHOWN + 1, PRINTED)])
def test_a_long_table_has_its_first_rows_on_paper_and_says_so(count, left):
    """A short one is whole; the page's own is never touched."""
    whole = {"sections": [section("numbers", rows(count), annex=True)]}
    cut = tables_of(on_paper(whole))[0]
    assert len(cut["rows"]) == left and len(tables_of(whole)[0]["rows"]) == count
    said = f"Inputs (the first {PRINTED} of {count} rows; the web page of this report has all)"
    assert cut["caption"] == ("Inputs" if left == count else said)


def test_what_is_looked_up_stands_in_an_annex_and_is_pointed_to():
    """Nothing is lost, numbers run on, and a section that nothing was moved from says nothing."""
    body = section("options", paragraph("Read."), *annexed(rows(1), rows(2), rows(3), rows(4)))
    parts = [section("context", rows(2)), body, section("glossary", rows(2), annex=True)]
    found = numbered(set_apart(parts))
    assert [one["key"] for one in found] == ["context", "options", "details", "glossary"]
    numbers = [block["number"] for block in tables_of({"sections": found})]
    assert numbers == [1, 2, 3, 4, 5, 6]
    pointer = found[1]["blocks"][-1]
    assert pointer["text"] == "More in annex A: Tables 2 to 5."
    assert pointer["target"] == "table-2"
    assert [block["is"] for block in found[0]["blocks"]] == ["table"]
    assert set_apart(parts[:1]) == parts[:1]


def test_numbers_of_tables_and_figures_are_the_same_in_all_forms(cooling_report):
    """Every caption of the page stands with its number in the PDF and in the Word file."""
    pdfium = pytest.importorskip("pypdfium2")
    page = cooling_report.html().decode("utf-8")
    pages = pdfium.PdfDocument(cooling_report.pdf())
    in_pdf = "".join("".join(one.get_textpage().get_text_range() for one in pages).split())
    with zipfile.ZipFile(io.BytesIO(cooling_report.docx())) as parts:
        in_word = parts.read("word/document.xml").decode("utf-8")
    tables = tables_of(cooling_report.context)
    assert tables and in_word.count("SEQ Table") == len(tables)
    for one in tables:
        assert f'id="table-{one["number"]}"' in page and look_of(one) is not None
        assert f"Table{one['number']}:{''.join(one['caption'].split())}"[:30] in in_pdf
