"""The panel of packages on Python's side: what it sends, what is left, what a search finds, where it is saved."""

import pytest

import mcda
from tests.problem.parts.test_made_option import asked


@pytest.fixture
def found():
    """Both parts, either or none: without the rule that asks for one of them."""
    return mcda.packages(asked())


def held(panel, package="", **parts):
    """The panel as if parts were held in it: True in, False out."""
    panel.panel.chosen = {"held": parts, "package": package}
    return panel


def test_it_shows_packages_with_their_amounts(found):
    """As told and as numbers; which way is better where it counts."""
    question = mcda.hold(found).panel.question
    assert [part["label"] for part in question["parts"]] == ["Annexe", "Barn"]
    columns = {one["label"]: one["better"] for one in question["columns"]}
    assert columns == {"parts": "", "cost (EUR m)": "min", "beds": "max"}
    for one, (name, row) in zip(question["packages"], found.table.iterrows(), strict=True):
        assert (one["name"], one["amounts"]) == (name, row.tolist())
        held_parts = [key for key, is_in in zip("AB", one["held"], strict=True) if is_in]
        assert tuple(held_parts) == found.of(name)


def test_what_is_held_leaves_packages(found):
    """In, out, both; the one chosen is the first left unless the reader chose another."""
    panel = mcda.hold(found)
    assert panel.left.equals(found.table) and panel.chosen == "P1"
    panel = held(panel, A=False)
    assert all("A" not in found.of(str(name)) for name in panel.left.index)
    assert (panel.held_in, panel.held_out) == ((), ("A",))
    panel = held(panel, A=True, B=True)
    assert [found.of(str(name)) for name in panel.left.index] == [("A", "B")]
    last = str(found.table.index[-1])
    assert held(panel, last).chosen == last
    assert held(panel, last, A=False, B=False).chosen == ""


def test_a_search_with_parts_held_finds_others(found):
    """Packages that no other with these parts beats, whatever is on show."""
    again = held(mcda.hold(found), A=True).searched()
    assert all("A" in again.of(str(name)) for name in again.table.index)
    assert (again.aims, again.proven) == (found.aims, True)


def test_a_package_is_saved_as_an_option(found, tmp_path):
    """A row of packages.csv, which is replaced when it is saved again; faults are told in the panel."""
    (tmp_path / "options.csv").write_text("id,label\nNONE,Nothing\n", encoding="utf-8")
    panel = held(mcda.hold(found, like="BIG", folder=tmp_path), A=True, B=True)
    for _ in range(2):
        assert panel.panel.hear({"save": "Both of them"}) == (
            "Saved in packages.csv as the option Both of them."
        )
    rows = (tmp_path / "packages.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1:] == ['Both-of-them,Both of them,,"A;B",BIG,,,']
    assert "a name of its own" in panel.panel.hear({"save": "Nothing"})
    none = held(panel, A=False, B=False)
    assert "one that is left" in none.panel.hear({"save": "None"})


def test_where_nothing_was_found_there_is_no_panel():
    """Told as it is."""
    none = mcda.packages(asked(), limits={"beds": (10_000, None)})
    with pytest.raises(mcda.NotApplicable, match="packages: expected one at least, found none"):
        mcda.hold(none)
