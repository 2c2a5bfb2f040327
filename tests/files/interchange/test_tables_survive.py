"""Random tables named after the words that mean something are read back as written, or refused with a way out."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.checks.table_words import BETTER, ROLES

LISTED = {role: [word.strip() for word in words.split(",")] for role, words in ROLES.items()}
SPECIAL = sorted({word for words in LISTED.values() for word in words if word})
DIRECTED = sorted(word.strip() for words in BETTER.values() for word in words.split(","))
PLAIN = [
    "North",
    "South",
    "A1",
    "A2",
    "W",
    "N",
    "E",
    "x_min",
    "x_max",
    "Cost (high)",
    "A/B",
    "Route 4",
]
CORNERS = ["", "Option", "Alternative", "Criterion", "Name", "Nr.", "Weight", "Site/plan"]
NAMES = st.sampled_from(SPECIAL + DIRECTED) | st.sampled_from(PLAIN)
NUMBERS = st.integers(1000, 9999).map(lambda whole: whole / 100) | st.integers(-3, 120)


@st.composite
def tables(draw):
    """Draw names, criteria and numbers."""
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold))
    criteria = draw(st.lists(NAMES, min_size=1, max_size=4, unique_by=str.casefold))
    row = st.lists(NUMBERS, min_size=len(criteria), max_size=len(criteria))
    return names, criteria, draw(st.lists(row, min_size=len(names), max_size=len(names)))


@st.composite
def layouts(draw):
    """Draw how a table is written: signs, decimal comma, which way it stands, what programs add."""
    sign = draw(st.sampled_from([",", ";", "\t"]))
    return {
        "sign": sign,
        "comma": sign != "," and draw(st.booleans()),
        "turned": draw(st.booleans()),
        "corner": draw(st.sampled_from(CORNERS)),
        "trailing": draw(st.sampled_from(["", sign])),
        "title": draw(st.sampled_from(["", "Comparison of plans\n\n"])),
        "gap": draw(st.booleans()),
        "told": draw(st.booleans()),
    }


def written(table, layout):
    names, criteria, numbers = table
    rows = [
        [layout["corner"], *criteria],
        *([name, *row] for name, row in zip(names, numbers, strict=True)),
    ]
    if layout["turned"]:
        rows = list(map(list, zip(*rows, strict=True)))
    texts = [[_cell(cell, layout) for cell in row] for row in rows]
    lines = [layout["sign"].join(row) + layout["trailing"] for row in texts]
    if layout["gap"]:
        lines.insert(2, "")
    told = f"sep={layout['sign']}\n" if layout["told"] else ""
    return told + layout["title"] + "\n".join(lines) + "\n"


def _cell(cell, layout):
    text = str(cell)
    if not isinstance(cell, str):
        return text.replace(".", ",") if layout["comma"] else text
    return f'"{text}"' if layout["sign"] in text else text


def _read(path, way):
    """Return the matrix of a file; None where it is refused, each fault with a way out or the whole of the reason."""
    try:
        return mcda.read_matrix(path, criteria=way)
    except mcda.InputError as error:
        faults = error.faults
    assert all(fault.remedy or "at least one" in fault.expected for fault in faults), faults
    return None


@settings(max_examples=400, deadline=None)
@given(tables(), layouts())
def test_a_table_is_read_back_or_refused(table, layout):
    """Every row and column stands under its name with its numbers, or in a role that a note tells."""
    names, criteria, numbers = table
    way = "rows" if layout["turned"] else "columns"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(written(table, layout), encoding="utf-8")
        found = _read(path, way)
    if found is None:
        return
    said = "\n".join(map(str, found.notes))
    kept = {key: at for at, key in enumerate(criteria) if key in found.performances}
    for at, name in enumerate(names):
        if name in found.performances.index:
            told = {key: numbers[at][place] for key, place in kept.items()}
            assert found.performances.loc[name, list(kept)].to_dict() == told
        else:
            assert f"the row '{name}' was read as" in said
    for key in criteria:
        assert key in kept or f"the column '{key}' was read as" in said or f"'{key}'" in said
    assert set(found.performances.index) <= set(names)
    if found.weights is not None and not set(found.performances) - set(criteria):
        assert found.weights.tolist() in [[row[at] for at in kept.values()] for row in numbers]
