"""The PDF is one that screen readers and archives accept, by the word of a validator that isn't ours."""

import re
from dataclasses import replace

import pytest

from mcda.checks.limits import LIMITS
from mcda.reporting.document.blocks import bullets, picture, section, table
from mcda.reporting.document.outline import placed
from mcda.reporting.writers.pdf import attached

validator = pytest.importorskip("page")
MISCOUNTED = (
    "PDFA3A-STREAM-LENGTH-001"  # a carriage return that ends the data is taken for the line end
)
STREAM = re.compile(
    rb"\n\d+ 0 obj\n<<(?:(?!endobj).)*?/Length (\d+)(?:(?!endobj).)*?>>\s*stream\r?\n", re.DOTALL
)


@pytest.fixture(scope="module")
def small(cooling_report):
    """The PDF of the invented second question."""
    return cooling_report.pdf()


@pytest.fixture(scope="module")
def large(ukraine_report):
    """The PDF of the Ukraine question, with draws: every section and every picture."""
    return (ukraine_report / "report.pdf").read_bytes()


@pytest.fixture(params=["small", pytest.param("large", marks=pytest.mark.slow)])
def content(request):
    """Either PDF."""
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_3A"])
def test_an_independent_validator_accepts_it(content, profile):
    """PDF/UA-1 and PDF/A-3a: every rule passes."""
    found = validator.validate_pdf_bytes(
        content, profile=getattr(validator.ValidationProfile, profile)
    )
    assert [f"{one.rule_id}: {one.message}" for one in found.failures if one.rule_id != MISCOUNTED][
        :3
    ] == []


def test_each_stream_is_as_long_as_it_says(content):
    """What the validator counts wrong in one of 256 streams: the bytes up to the line end, no more."""
    ends = [match.end() + int(match[1]) for match in STREAM.finditer(content)]
    assert len(ends) == content.count(b"\nendstream\nendobj") > 10
    assert {content[end : end + 11] for end in ends} == {b"\nendstream\n"}


def test_the_manifest_is_attached(content):
    """It is found without any library, and is the one that was sealed."""
    from mcda.reporting.study.manifest import is_whole

    assert is_whole(attached(content, LIMITS.unpacked_bytes))
    assert attached(b"%PDF-1.7 nothing", LIMITS.unpacked_bytes) is None


def test_the_decision_summary_fits_the_first_page(content):
    """With its limits; the next page begins with the findings in detail."""
    pdfium = pytest.importorskip("pypdfium2")
    first, second = (
        pdfium.PdfDocument(content)[at].get_textpage().get_text_range() for at in (0, 1)
    )
    assert "Decision summary" in first and "Differences of score below" in first
    assert "1. Findings in detail" in second and "Decision summary" not in second


def test_no_picture_parts_a_table(cooling_report):
    """A short table near the end of a page goes to the next whole, and the picture behind it stands elsewhere."""
    pdfium = pytest.importorskip("pypdfium2")
    name = placed(cooling_report.context["sections"])[0]
    cells = [[f"row {at}", f"value {at}"] for at in range(14)]
    for lines in range(34, 58, 4):
        filling = bullets([f"line {at}" for at in range(lines)])
        shown = {**table("Shown", ["Row", "Value"], cells), "number": 1}
        drawn = {**picture(name, "Drawn"), "number": 1, "alt": "A picture"}
        body = section("evidence", filling, shown, drawn)
        sections = [cooling_report.context["sections"][0], {**body, "heading": "Evidence"}]
        changed = {**cooling_report.context, "sections": sections}
        content = replace(cooling_report, context=changed).pdf()
        pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content)]
        (whole,) = (page for page in pages if "value 0" in page)
        assert "value 13" in whole
        begin, end = (whole.index(f"value {at}") for at in (0, 13))
        assert "Drawn" not in whole[begin:end]
