"""The performance table: each cell with the reasons that somebody typed for it."""

from dataclasses import replace
from html import escape
from html.parser import HTMLParser

from criteria import ukraine_force
from mcda.reporting.document.evidence import evidence
from mcda.reporting.study.study import Study
from mcda.reporting.writers.report import report

TYPED = '"><script>alert(1)</script> & a & b'


class Titles(HTMLParser):
    """What a page shows where the pointer rests."""

    def __init__(self, text):
        super().__init__()
        self.told = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Keep the title of a cell."""
        self.told += [text for name, text in attributes if (tag, name) == ("td", "title")]


def reasons(problem):
    """The reasons on the cells of a question's tables of evidence."""
    found = []
    for block in evidence(Study(problem, {}))["blocks"]:
        for row in block.get("rows", []):
            found += [cell["why"] for cell in row if cell["why"]]
    return found


def test_a_cell_tells_the_reason_of_the_number_behind_it(cooling_question):
    """As it was typed."""
    problem = cooling_question[0]
    said = [estimate.rationale for estimate in problem.estimates.values() if estimate.rationale]
    why = reasons(problem)
    assert said and all(any(text in told for told in why) for text in said)


def test_a_cell_that_rests_on_several_numbers_tells_the_reason_of_each():
    """Each after its key, on a line of its own."""
    problem = ukraine_force.problem()
    several = [told.splitlines() for told in reasons(problem) if "\n" in told]
    assert several
    assert all(line.split(": ")[0] in problem.estimates for told in several for line in told)


def test_a_typed_reason_is_text_in_the_page(make_problem, tmp_path):
    """Whatever it holds; it stands once, in the annex of numbers that the cell leads to."""
    problem = make_problem()
    one = replace(problem.estimates["cost/A"], rationale=TYPED)
    problem = replace(problem, estimates={**problem.estimates, "cost/A": one})
    page = report(problem, to=tmp_path / "one.html").read_text(encoding="utf-8")
    assert Titles(page).told == [] and escape(TYPED).replace("&quot;", "&#34;") in page
    assert "<script>alert(1)" not in page


def test_the_columns_of_options_have_their_names():
    """Upright where they are many; no code of an option is a head."""
    problem = ukraine_force.problem()
    blocks = evidence(Study(problem, {}))["blocks"]
    (table,) = (one for one in blocks if one.get("caption", "").startswith("Performance table"))
    assert table["columns"][1:] == [problem.name_of(one) for one in problem.options.index]
    assert table["upright"] == list(range(1, len(problem.options) + 1))
