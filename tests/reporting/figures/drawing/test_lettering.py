"""Names in any script: a font of the machine is used where it has the letters, otherwise one sentence says so."""

import shutil
import warnings
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager
from matplotlib.text import Text

import mcda
from mcda.cli import main
from mcda.reporting import figures
from mcda.reporting.figures.drawing.lettering import _fewest_fonts, lettering
from mcda.reporting.figures.drawing.option_bars import text_points

BRIDGE = "\u6a4b"  # 'bridge' in Chinese and Japanese


@pytest.fixture
def drawn_font(tmp_path):
    """A font that is there while the test runs and has the one letter, as a square."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "bridge"])
    builder.setupCharacterMap({ord(BRIDGE): "bridge"})
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(corner)
    pen.closePath()
    glyph = pen.glyph()
    builder.setupGlyf({".notdef": glyph, "bridge": glyph})
    builder.setupHorizontalMetrics({".notdef": (900, 100), "bridge": (900, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Bridges", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=400)
    builder.setupPost()
    path = tmp_path / "bridges.ttf"
    builder.save(path)
    before = list(font_manager.fontManager.ttflist)
    font_manager.fontManager.addfont(path)
    _fewest_fonts.cache_clear()
    yield path
    font_manager.fontManager.ttflist[:] = before
    font_manager._findfont_cached.cache_clear() if hasattr(
        font_manager, "_findfont_cached"
    ) else None
    _fewest_fonts.cache_clear()


def named(make_problem, name):
    """The question of three options, the first of them with another name."""
    problem = make_problem()
    problem.options.loc["A", "label"] = name
    return problem, mcda.weights({"cost": 2, "places": 2, "noise": 1}, "x")


def test_a_font_of_the_machine_is_used(drawn_font, make_problem):
    """The house's font first, then the one that has the letter; nothing is told."""
    found = lettering(["Bridge", BRIDGE])
    assert found.families == ("DejaVu Sans", "Bridges") and found.missing == ()
    assert Path(found.paths[0]) == drawn_font
    problem, weights = named(make_problem, BRIDGE * 3)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes = figures.scores(problem, mcda.rank(problem, weights, "additive"))
        assert "<svg" in figures.svg(axes)
    assert {tuple(text.get_fontfamily()) for text in axes.findobj(Text)} == {found.families}


def test_a_text_is_measured_in_the_fonts_that_draw_it(drawn_font):
    """A square of 900 units in a thousand is .9 of the size wide; what no font has warns of nothing."""
    assert text_points(BRIDGE * 10, 10.0) == pytest.approx(90, abs=1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert text_points("\U00013080", 10.0) > 0


def test_letters_that_no_font_has_are_told_in_one_sentence(make_problem):
    """The script by name and the way out, and none of matplotlib's own warnings with paths."""
    problem, weights = named(make_problem, "\U00013080\U00013080")  # Egyptian, in no usual font
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        figures.svg(figures.scores(problem, mcda.rank(problem, weights, "additive")))
    sentences = {str(one.message) for one in told}
    assert len(sentences) == 1, sentences
    (sentence,) = sentences
    assert (
        sentence.startswith("no font on this machine has Egyptian letters") and "/" not in sentence
    )


def test_scripts_are_named():
    """By what readers call them; blanks and marks of layout are no letters."""
    told = lettering(["\ud55c", "\u3042", "\u0e01", BRIDGE, "a\u00a0b\u200f\u202f\n"])
    every = {"Korean", "Japanese", "Thai", "Chinese or Japanese"}
    assert set(told.missing) <= every
    if told.families == ("DejaVu Sans",):
        assert set(told.missing) == every
    assert lettering(["plain", "Žižkov", "Київ", "Αθήνα", "\u0627\u0644"]).missing == ()


@pytest.mark.slow
def test_a_report_of_chinese_names_prints_one_plain_line(tmp_path, cooling, capsys):
    """On the terminal: no path of the machine, no warning of a library; the PDF is written."""
    pytest.importorskip("typst")
    folder = tmp_path / "names"
    shutil.copytree(cooling, folder)
    options = folder / "options.csv"
    text = options.read_text(encoding="utf-8").replace("Reading room", "\u9605\u89c8\u5ba4")
    options.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    with warnings.catch_warnings():
        warnings.simplefilter("default")  # as for a user
        asked = ["report", str(folder), "--to", "pdf", "--draws", "300", "--out", str(out)]
        assert main(asked) == 0
    told = capsys.readouterr().err
    assert "Glyph" not in told and "matplotlib" not in told
    if lettering(["\u9605\u89c8\u5ba4"]).missing:
        assert told.count("no font on this machine has Chinese or Japanese letters") == 1
    assert list(out.rglob("*.pdf"))
