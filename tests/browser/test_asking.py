"""The panel of comparisons as a person uses it: asked, answered by keyboard, taken back, seen, heard, and in time."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

import mcda
from mcda.reporting.panels.asking import ask

pytestmark = [pytest.mark.browser, pytest.mark.slow]
STATE = "document.querySelector('[data-mcda]').asking"
AT_REST = f"() => !{STATE}.isBusy"


@pytest.fixture(scope="module")
def problem():
    """Twelve options, seventeen measures."""
    columns = [f"Measure {at}" for at in range(17)]
    values = np.random.default_rng(1).uniform(size=(12, 17))
    table = pd.DataFrame(values, [f"Option {at}" for at in range(12)], columns)
    ends = dict.fromkeys(columns, (0.0, 1.0))
    ways = dict.fromkeys(columns, "max")
    return mcda.problem_from(table, directions=ways, anchors=ends, accept="all")


@pytest.fixture
def opened(visit, problem, tmp_path):
    """Open the panel's page, with settings such as a viewport."""

    def shown(statements=(), given=None, **settings):
        path = tmp_path / "asking.html"
        panel = ask(given or problem, statements, seed=1, folder=tmp_path, holder="Rome")
        path.write_text(panel.page(), encoding="utf-8")
        return visit(path, **settings)

    return shown


def press(page, key):
    """Press a key, and wait until the next question is there."""
    page.keyboard.press(key)
    page.wait_for_function(AT_REST)


def test_by_keyboard_alone(opened):
    """Tab reaches the first answer; keys answer; words, ranking and rows follow; nothing is asked twice."""
    seen = opened()
    page = seen.page
    page.keyboard.press("Tab")
    assert page.evaluate(f"{STATE}.root.getRootNode().activeElement.className") == "more"
    asked = []
    for number, key in enumerate("1231"):
        asked.append(tuple(page.locator(".card").all_inner_texts()))
        press(page, key)
        assert f"{number + 1} question" in page.locator(".controls .hint").first.inner_text()
        assert f"your {'answer' if number == 0 else f'{number + 1} answers'}" in (
            page.locator(".finding").inner_text()
        )
        assert page.locator(".said").inner_text().startswith("You said: Measure ")
    assert len(set(asked)) == 4
    press(page, "4")
    assert "You passed" in page.locator(".said").inner_text()
    assert "4 questions are answered." in page.locator(".controls .hint").first.inner_text()
    rows = list(csv.DictReader(io.StringIO(page.locator("textarea").input_value())))
    assert [row["holder"] for row in rows] == ["Rome"] * 4
    assert [bool(row["high"]) for row in rows] == [False, False, True, False]
    assert rows[0]["words"].startswith("Measure ")
    assert page.locator("a[download]").get_attribute("href").startswith("data:text/csv")
    assert seen.complaints == []
    assert seen.requests == [page.url]


def test_an_answer_taken_back_leads_back(opened):
    """The same shares and the same question as before it."""
    page = opened().page
    page.locator(".more").first.focus()
    press(page, "1")
    before = [page.locator(".shares").inner_text(), page.locator(".cards").inner_text()]
    press(page, "2")
    assert [page.locator(".shares").inner_text(), page.locator(".cards").inner_text()] != before
    page.locator("summary").first.click()
    page.get_by_role("button", name="Take back").last.click()
    page.wait_for_function(AT_REST)
    assert [page.locator(".shares").inner_text(), page.locator(".cards").inner_text()] == before
    assert "Taken back" in page.locator(".said").inner_text()


def test_it_stops_and_says_why(opened):
    """Where one option is first throughout; where another is ahead by too little, and one may ask on."""
    columns = ["a", "b"]
    ends = dict.fromkeys(columns, (0.0, 1.0))
    ways = dict.fromkeys(columns, "max")

    def of(values):
        table = pd.DataFrame(values, ["One", "Other"], columns)
        return mcda.problem_from(table, directions=ways, anchors=ends, accept="all")

    page = opened(given=of([[0.9, 0.9], [0.1, 0.8]])).page
    assert "no answer would put another first" in page.locator(".question").inner_text()
    assert not page.locator(".cards").is_visible()
    page = opened(given=of([[0.501, 0.5], [0.5, 0.501]])).page
    assert "by too little to tell" in page.locator(".question").inner_text()
    page.get_by_role("button", name="Ask on all the same").click()
    assert page.locator(".cards").is_visible()


def test_axe_finds_nothing(opened, look, refuse_barriers):
    """WCAG 2.2 AA and good practice, with everything on show; nothing is cut off sideways."""
    before = [mcda.SwingOver("Measure 1", "Measure 2", holder="Rome")]
    page = opened(before, **look).page
    page.locator(".more").first.focus()
    press(page, "1")
    for fold in page.locator("summary").all():
        fold.click()
    refuse_barriers(page)


def test_it_is_heard(opened, rest):
    """What was said, the ranking and the next question, in a polite live region; each answer has a name."""
    page = opened().page
    names = page.locator(".more").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-label'))"
    )
    assert all(name.startswith("Worth more: Measure ") for name in names) and len(set(names)) == 2
    page.locator(".more").first.press("Enter")
    page.wait_for_function(AT_REST)
    rest(page)
    live = page.locator("[aria-live=polite]").last.text_content()
    assert live.startswith("You said: Measure ")
    assert "is first in" in live and "Next: Measure " in live
