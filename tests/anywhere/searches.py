"""Everything that a search shows, as text, one shown value a line: two machines must print the same.

`python tests/anywhere/searches.py`, or `shown()`.
"""

from collections.abc import Iterator

import numpy as np

import mcda
from mcda.reporting.notebooks import holders as told

WHOSE = ("Paris", "Washington")


def shown() -> Iterator[str]:
    """Return what the searches of holders, fragility, completions and conflicts show."""
    problem, everybody = mcda.open_question("ukraine_force")
    holders = {name: everybody[name] for name in WHOSE}
    for method in ("additive", "topsis"):
        prices = mcda.price_of_agreement(problem, holders, method)
        yield from lines(told.prices(problem, prices).data)
        yield from str(told.prices_told(problem, prices)).splitlines()
        yield from lines(told.moves(problem, holders["Paris"], prices).data)
        claims = mcda.advocate_test(problem, holders, method, floors=True)
        yield from lines(told.advocates(problem, claims).data)
        for move in ("weights", "joint"):
            yield mcda.fragility(problem, holders["Paris"], method, move, floors=True).finding
    yield mcda.regret(problem, holders["Paris"], "topsis").finding
    judged = np.array(
        [[1, 2, np.nan, 5], [1 / 2, 1, 3, np.nan], [np.nan, 1 / 3, 1, 2], [1 / 5, np.nan, 1 / 2, 1]]
    )
    yield from (f"{weight:.6f}" for weight in np.asarray(mcda.priorities(judged)))


def lines(table) -> Iterator[str]:
    """Return every cell of a table with its row and column."""
    for row, cells in table.iterrows():
        yield from (f"{row} / {column}: {cell}" for column, cell in cells.items())


if __name__ == "__main__":
    print("\n".join(shown()))
