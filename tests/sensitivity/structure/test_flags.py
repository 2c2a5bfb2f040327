"""A flag and the numbers that are told beside it never disagree."""

import pandas as pd
import pytest

from mcda.sensitivity.structure.flags import _weight_flags


@pytest.mark.parametrize(
    ("stated", "effective", "flags"),
    [
        (0.364, 0.263, []),  # told as 36% and 26%: ten points
        (0.356, 0.264, []),  # told as 36% and 26%
        (0.366, 0.264, ["gap"]),  # told as 37% and 26%
        (0.20, -0.005, ["sign", "gap"]),  # told as 20% and -1%
        (0.08, -0.0049, []),  # told as 8% and 0%
    ],
)
def test_a_gap_is_that_of_the_numbers_told(stated, effective, flags):
    """More than ten points lie between what is stated and what it acts as, both in whole percent."""
    row = {"holder": "Ann", "criterion": "cost", "stated": stated, "effective": effective}
    assert [flag[0] for flag in _weight_flags(pd.DataFrame([row]))] == flags
