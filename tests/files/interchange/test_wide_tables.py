"""A table of very many criteria takes as long as its cells do."""

import sys

import mcda

ROWS = 6


def calls(place, columns):
    """How many functions reading a table of so many columns calls."""
    heads = ",".join(f"c{at}" for at in range(columns))
    rows = []
    for row in range(ROWS):
        cells = ",".join(str(1 + (row * row + at) % 7) for at in range(columns))
        rows.append(f"o{row},{cells}")
    path = place / f"t{columns}.csv"
    path.write_text("\n".join([f"id,{heads}", *rows]), encoding="utf-8")
    counted = 0

    def count(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    mcda.read_matrix(path)  # what is kept is no work of the table
    sys.setprofile(count)
    try:
        mcda.read_matrix(path)
    finally:
        sys.setprofile(None)
    return counted


def test_work_grows_as_the_number_of_columns(tmp_path):
    """Four times the columns take little more than four times the calls."""
    assert calls(tmp_path, 240) < 5 * calls(tmp_path, 60)
