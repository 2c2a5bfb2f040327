"""Pictures of a report as PNG: each is its own, however many are made at once."""

import pytest

from mcda.reporting.document.pictures import as_png

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="9"><rect width="9" height="9"/></svg>'


@pytest.mark.parametrize("names", [[], ["b"], ["b", "a"]])
def test_a_picture_is_the_same_alone_and_among_others(names):
    drawn = {name: SQUARE.format(size=10 + 90 * at) for at, name in enumerate(names)}
    alone = {name: as_png({name: drawn[name]})[name] for name in names}
    assert as_png(drawn) == alone
    assert len(set(alone.values())) == len(names)
