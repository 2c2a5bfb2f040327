"""A figure in its compact form is the same picture, says the same, and stands beside others in one page."""

import re
from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring

from mcda.reporting import figures
from mcda.reporting.document.pictures import as_png
from mcda.reporting.writers.compact_svg import compact, compacted


@pytest.fixture(scope="module")
def drawn(make_problem):
    """Two figures as they are drawn: bars with hatches and marks, and shaded cells."""
    problem = make_problem()
    return {
        "values": figures.svg(figures.value_strip(problem)),
        "evidence": figures.svg(figures.evidence_map(problem)),
    }


def test_it_is_the_same_picture(drawn):
    """Dot by dot, but for the edges that a tenth of a point moves."""
    image = pytest.importorskip("PIL.Image")
    chops = pytest.importorskip("PIL.ImageChops")
    whole = as_png(drawn)
    for name, content in as_png(compacted(drawn)).items():
        with (
            image.open(BytesIO(content)) as small,
            image.open(BytesIO(whole[name])) as large,
        ):
            other = large.convert("L").resize(small.size)
            shades = chops.difference(small.convert("L"), other).histogram()
            assert sum(shades[96:]) < 0.01 * sum(shades), name


def test_it_says_the_same_in_a_third_of_the_bytes(drawn):
    """Every text is there, in order."""
    for name, text in compacted(drawn).items():
        assert _texts(text) == _texts(drawn[name]) != []
        assert len(text) < len(drawn[name]) / 3


def _texts(svg):
    return [one.text for one in fromstring(svg).iter() if one.tag.endswith("}text")]


def test_names_of_two_figures_never_meet(drawn):
    """Each refers to its own shapes and looks, and every reference is there."""
    first, second = compacted(drawn).values()
    names = [set(re.findall(r'(?:id|class)="([^"]+)"', text)) for text in (first, second)]
    assert not names[0] & names[1]
    for text in (first, second):
        assert set(re.findall(r"#([a-z]+-\d+)", text)) <= set(re.findall(r'id="([^"]+)"', text))


def test_a_name_is_text_and_never_markup(make_problem):
    """Nor does a character that XML can't hold stop the figure."""
    problem = make_problem()
    problem.options["label"] = ["</text></svg><script>x</script>", "a\x08b", "$5"]
    text = compact(figures.svg(figures.value_strip(problem)), "a")
    assert "<script" not in text and "&lt;/text&gt;" in text
