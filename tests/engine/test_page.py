"""The page: whole or not at all, the same twice, nothing loaded, every name escaped, every number from the results."""

import re
from html.parser import HTMLParser

import pytest

import mcda
from mcda.report.page import context, page, write_page

HOSTILE = '<script>alert("x")</script> & $5 =1+1 \u202e'


class Tags(HTMLParser):
    """The tags of a page, and the addresses that it names."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.anchors, self.loaded = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        """Keep what a tag is, names and loads."""
        given = dict(attributes)
        self.tags.append(tag)
        self.ids.append(given.get("id"))
        if tag == "a":
            self.anchors.append(given["href"])
        self.loaded += [given[name] for name in ("src", "srcset", "data", "background") if given.get(name)]
        self.loaded += [given["href"]] if tag == "link" else []


@pytest.fixture
def hostile(make_problem):
    """A question whose every name is markup, with a source whose address is a script."""
    problem = make_problem()
    frame = mcda.Frame(title=HOSTILE, question=HOSTILE, baseline="A", notes=(HOSTILE,), analyst=HOSTILE)
    source = mcda.Source("S1", title=HOSTILE, url="javascript:alert(1)", note=HOSTILE)
    estimates = dict(problem.estimates)
    estimates["cost/A"] = mcda.Estimate("cost/A", 5, 10, 20, sources=("S1",), rationale=HOSTILE)
    made = make_problem(frame=frame, sources={"S1": source}, estimates=estimates)
    made.options["label"] = [f"{HOSTILE} {option}" for option in made.options.index]
    return made


def test_every_name_is_escaped_and_no_script_runs(hostile):
    """Only the page's own tags; an address that isn't http is shown as text."""
    told = page(hostile, {HOSTILE: mcda.weights({"money": 1, "people": 1}, HOSTILE)})
    tags = Tags(told)
    assert "script" not in tags.tags
    assert "&lt;script&gt;" in told
    assert not any("javascript" in anchor for anchor in tags.anchors)
    assert "javascript:alert(1)" in told


def test_nothing_is_loaded_and_the_policy_forbids_it(cooling_question):
    """Images are in the page; links go to places in the page or to a source."""
    problem, holders = cooling_question
    told = page(problem, holders)
    tags = Tags(told)
    assert all(address.startswith("data:image/svg+xml;base64,") for address in tags.loaded)
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} <= set(re.findall(r"[a-z-]+ 'none'", told))
    inside = [anchor[1:] for anchor in tags.anchors if anchor.startswith("#")]
    assert set(inside) <= set(tags.ids)
    assert all(anchor.startswith(("#", "https://", "http://")) for anchor in tags.anchors)
    assert len([name for name in tags.ids if name]) == len({name for name in tags.ids if name})


def test_the_page_is_the_same_twice(cooling_question):
    """The same data give the same bytes."""
    problem, holders = cooling_question
    assert page(problem, holders) == page(problem, holders)


def test_every_holder_and_method_is_shown_with_and_without_the_floor(cooling_question):
    """A block a method, a row a holder, a rank an option on either side."""
    problem, holders = cooling_question
    shown = context(problem, holders)
    assert len(shown["rankings"]) == 3
    for block in shown["rankings"]:
        assert [row["holder"] for row in block["rows"]] == list(holders)
        for row in block["rows"]:
            assert len(row["without"]) == len(problem.options)
            assert len(row["screened"]) == len(block["passed"]) < len(problem.options)


def test_another_number_gives_another_page(make_problem):
    """Cells, values, ranks and sentences follow the estimates."""
    holders = {"x": mcda.weights({"money": 1, "people": 1}, "x")}
    first = context(make_problem(), holders)
    other = context(make_problem(cells={"A": (10, 100, 0), "B": (40, 90, 80), "C": (70, 60, 10)}), holders)
    for part in ("finding", "performance", "rankings", "figures"):
        assert first[part] != other[part], part
    assert other["finding"].plain == "The baseline, Option A, leads in 3 of 3 combinations of holder and method."


def test_every_cell_has_kind_range_and_sources(cooling_question):
    """Best estimate, low to high, the mark of its kind and links to its sources."""
    problem, holders = cooling_question
    cells = [cell for row in context(problem, holders)["performance"] for cell in row["cells"]]
    assert len(cells) == len(problem.options) * len(problem.leaves)
    assert all(cell["kind"] and cell["mark"] and cell["mode"] and cell["low"] and cell["high"] for cell in cells)
    assert any(cell["sources"] for cell in cells)


def test_without_holders_the_weights_are_equal_and_it_says_so(make_problem):
    """The table of weights names them as nobody's."""
    shown = context(make_problem(), {})
    assert [row["holder"] for row in shown["weights"]["rows"]] == ["equal weights"]


def test_a_page_is_written_whole_or_not_at_all(make_problem, tmp_path, monkeypatch):
    """A failure on the way leaves the old page as it was, and no remnant."""
    path = write_page(make_problem(), {}, tmp_path / "out")
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write_page(make_problem(), {}, tmp_path / "out")
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == ["index.html"]


def test_a_question_of_one_option_has_a_page(make_problem):
    """Nothing leads over anything, and the page says only what there is."""
    problem = make_problem(cells={"A": (10, 90, 20)})
    shown = context(problem, {})
    assert shown["figures"][-1]["caption"] == "There is one option, so nothing to compare."
    assert "Option A" in page(problem, {})
