"""Weights of a space in another tree of criteria: each is drawn in the first and carried over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from mcda.checks.faults import Fault, NotApplicable
from mcda.preferences.weighting.spaces import ConstrainedWeights, WeightSpace


@dataclass(frozen=True, eq=False)
class ReshapedWeights(WeightSpace):
    """The weights of a space after each was carried over to other criteria.

    whole: the space; reshape: (weights (k, its criteria)) -> weights (k, tops), rows that sum to 1.
    """

    whole: WeightSpace = field(kw_only=True)
    reshape: Callable[[np.ndarray], np.ndarray] = field(kw_only=True)

    @property
    def vertices(self) -> pd.DataFrame:
        """What the corners of the space become, a row each; InputError where it lists none."""
        if not isinstance(self.whole, ConstrainedWeights):
            kind = f"one of the kind {type(self.whole).__name__}"
            where = f"weight space of '{self.holder}'"
            raise NotApplicable(Fault(where, "a space with corners", kind, "draw from it instead"))
        corners = self.whole.vertices.to_numpy()
        carried = self.passed_on(self.reshape(corners))
        return pd.DataFrame(carried, columns=list(self.criteria))

    def _draw(self, n: int, seed: int, first: int, key: str) -> np.ndarray:
        return self.reshape(self.whole.sample(n, seed, first))
