"""How many cases of a large question are looked at: so many that the work in them stays bounded."""

from mcda.checks.of_many import FEWEST, SCORED, fitting


def test_the_number_of_cases_keeps_the_work_bounded():
    """At least so many that shares mean something."""
    for cells in (10, 50_000, 10**6, 10**9):
        cases = fitting(100_000, cells)
        assert cases * cells <= SCORED or cases == FEWEST
        assert str(cases).strip("0") in "123456789"


def test_of_a_small_question_all_are_looked_at():
    """Also where their number has several digits."""
    assert fitting(2**17, SCORED // 2**17) == 2**17
    assert fitting(2**17, SCORED // 2**17 + 1) == 100_000
