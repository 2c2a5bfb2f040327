"""A long name without a blank is broken into lines: no page grows wider than its window."""

import csv

import pytest

import mcda
from mcda.files.question.open_question import open_question
from mcda.reporting.panels.asking import ask
from mcda.reporting.panels.explorer import explore
from mcda.reporting.panels.judging import judge

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # a label of 1,600 characters is cut where it is read, and told
    pytest.mark.filterwarnings("ignore::mcda.AssumptionWarning"),
]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 20


@pytest.fixture
def question(tmp_path):
    """A question with a long title, and long labels of options and criteria."""
    place = mcda.new_question(tmp_path / "q")
    for sheet in ("options", "criteria"):
        with (place / f"{sheet}.csv").open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        rows[0]["label"] = LONG
        with (place / f"{sheet}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    frame = (place / "question.toml").read_text(encoding="utf-8")
    told = frame.replace('title = "', f'title = "{LONG}', 1)
    (place / "question.toml").write_text(told, encoding="utf-8")
    return place


@pytest.mark.parametrize("kind", ["explorer", "judging", "asking"])
@pytest.mark.parametrize("width", [1200, 400])
def test_a_page_is_as_wide_as_its_window(question, tmp_path, visit, kind, width):
    """Explorer, judging panel and panel of comparisons, wide and narrow."""
    problem, holders = open_question(question)
    if kind == "explorer":
        panel = explore(problem, holders, method="topsis")
    elif kind == "asking":
        panel = ask(problem, seed=1)
    else:
        panel = judge(problem, mcda.Judgements([one.key for one in problem.tops], {}))
    page = tmp_path / f"{kind}.html"
    page.write_text(panel.page(), encoding="utf-8")
    seen = visit(page, viewport={"width": width, "height": 900})
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
