"""The tables and texts of a notebook: labels for keys, both answers, nothing that is read as markup."""

import contextvars
import shutil

import mcda
from mcda.reporting import figures
from mcda.reporting import language as words
from mcda.reporting.notebooks import brief


def test_tables_show_labels_and_keep_their_data(cooling_question):
    """Each shows itself as a table with a caption, and as text."""
    problem, holders = cooling_question
    weights = next(iter(holders.values()))
    tables = [
        brief.frame(problem),
        brief.options(problem),
        brief.performance(problem),
        brief.weights(problem, holders),
        brief.compared(problem, weights, ["additive", "topsis"]),
        brief.ranking(problem, weights, "topsis"),
    ]
    for table in tables:
        shown = table._repr_html_()
        assert shown.startswith("<table") and "<caption>" in shown
        assert repr(table) == table.data.to_string()


def test_both_answers_stand_side_by_side(cooling_question):
    """Wherever ranks are shown, an excluded option is told as excluded."""
    problem, holders = cooling_question
    weights = next(iter(holders.values()))
    assert list(brief.compared(problem, weights, ["topsis"]).data.columns.get_level_values(0)) == [
        "without a minimum",
        "with the minimum",
    ]
    assert "excluded" in brief.ranking(problem, weights, "topsis").data["rank with floor"].tolist()
    without, screened = brief.ranks(problem, holders, "topsis")
    assert without.notna().all(axis=None) and screened.isna().any(axis=None)


def test_a_name_in_a_text_is_no_markup():
    """No tag, formula, link or picture from elsewhere; lines with a dash are a list."""
    shown = brief.Text("- ![<b>](http://example.org/x.png) $x$\n- *y*\nz")._repr_html_()
    assert shown == (
        '<div class="tex2jax_ignore mathjax_ignore"><ul>'
        "<li>![&lt;b&gt;](http://example.org/x.png) $x$</li><li>*y*</li></ul><p>z</p></div>"
    )
    assert not hasattr(brief.Text, "_repr_markdown_")


def test_the_finding_and_the_limits_are_texts(cooling_question):
    """Who leads on either side, and what the ranking doesn't say."""
    problem, holders = cooling_question
    told = brief.finding(problem, holders)
    assert "Without a minimum:" in told and "With the minimum, Room temperature" in told
    assert brief.limits(problem).startswith(
        "This analysis supports a decision; it does not make it. It orders"
    )
    assert "not said" not in brief.frame(problem).data[""].tolist()


def test_a_question_without_holders_or_floor_is_shown_too(make_problem):
    """No perspectives file is no error."""
    problem = make_problem()
    equal = mcda.equal_weights(problem)
    assert "not said" in brief.frame(problem).data[""].tolist()
    assert "Option A" in brief.compared(problem, equal, ["additive"]).data.index


def test_a_picture_has_its_text(cooling_question):
    """The figure in the cell itself, its alternative text escaped."""
    problem, _ = cooling_question
    axes = figures.value_strip(problem)
    axes.set_label('<"best">')
    shown = brief.Picture(axes)
    assert shown._repr_html_().startswith('<img src="data:image/svg+xml;base64,')
    assert 'alt="&lt;&quot;best&quot;&gt;"' in shown._repr_html_()
    assert repr(shown) == '<"best">'


def test_a_notebook_speaks_the_language_of_its_question(cooling, tmp_path):
    """From its first line on: tables, sentences and numbers; elsewhere nothing changes."""
    folder = shutil.copytree(cooling, tmp_path / "q")
    frame = (folder / "question.toml").read_text(encoding="utf-8")
    (folder / "question.toml").write_text(f'language = "de"\n{frame}', encoding="utf-8")

    def shown():
        problem, holders, holder = brief.begin(folder)
        panel = mcda.judge(problem)
        return brief.ranking(problem, holders[holder], "additive")._repr_html_(), panel.page()

    table, page = contextvars.copy_context().run(shown)
    assert "Gewichte" in table and "0,84" in table and '<html lang="de">' in page
    assert words.told("join.and") == " and "
