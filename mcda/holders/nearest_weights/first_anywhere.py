"""Whether any weights put an option first by anchored TOPSIS: a witness, or a proof of none."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mcda.methods.ranks import TIE_TOLERANCE

MARGIN = 1e-6  # a claim is ruled out by more than what a linear program may be off
CLEAR = 1e-9  # of a share of nearness: far above what last bits move
FINEST = 2.0**-12  # of a share of nearness: a narrower range is decided as it is, not cut again


@dataclass(frozen=True)
class Anywhere:
    """Whether options are first anywhere, by what they are worth: kept from holder to holder.

    What is proven for one holder's worth is tried first for the next one's, which is often alike.
    """

    _found: dict[tuple[bytes, int], tuple[np.ndarray | None, bool]] = field(default_factory=dict)
    _proofs: dict[tuple[int, int], list[np.ndarray]] = field(default_factory=dict)

    def first(self, worth: np.ndarray, option: int, order: float) -> tuple[np.ndarray | None, bool]:
        """Return what `somewhere_first` does."""
        key = worth.tobytes(), option
        if key not in self._found:
            proofs = self._proofs.setdefault((len(worth[0]), option), [])
            self._found[key] = somewhere_first(worth, option, order, proofs)
        return self._found[key]


def somewhere_first(
    worth: np.ndarray, option: int, order: float, proofs: list[np.ndarray] | None = None
) -> tuple[np.ndarray | None, bool]:
    """Return weights (n,) at which an option is first or level, and whether there can be any.

    worth (2, m, n) is as in `Weighed`. At a given closeness, "this option reaches it and no other
    exceeds it" is linear in the p-th powers of the weights. A weaker claim for a range of closeness
    is linear too. Ranges are halved until each holds a witness or is ruled out by the multipliers
    of a linear program: of the one in its middle, or of one solved before. This works in any number
    of dimensions. `proofs`: multipliers (m,) that have ruled out ranges before, for whatever worth;
    those found here are added.

    >>> dominated = np.array([[0.9, 0.8], [0.2, 0.8]])
    >>> somewhere_first(np.stack([dominated**2, (1 - dominated) ** 2]), 1, 2.0)[1]
    True
    """
    witness = _likely(worth, option)
    if witness is not None:
        return _weights(witness, order), True
    open_ranges = [(0.0, 1.0)]
    undecided = False
    proofs = [] if proofs is None else proofs
    while open_ranges:
        low, high = open_ranges.pop()
        if _ruled_out(proofs, _claims(worth, option, low, high)):
            continue
        middle = (low + high) / 2
        finest = high - low <= FINEST
        claims = (
            _claims(worth, option, low, high) if finest else _claims(worth, option, middle, middle)
        )
        if finest or not _ruled_out(proofs, claims):
            powers, proof = _widest(claims)
            if _lead(worth, option, powers[None])[0] >= -TIE_TOLERANCE:
                return _weights(powers, order), True
            proofs.append(proof)
        if not finest:
            open_ranges += [(low, middle), (middle, high)]
        undecided = undecided or (finest and not _ruled_out(proofs[-1:], claims))
    return None, undecided


def _ruled_out(proofs: list[np.ndarray], claims: np.ndarray) -> bool:
    """Return whether one of the proofs (m,) so far shows that no powers keep claims (m, n)."""
    combined = np.reshape(proofs, (-1, len(claims))) @ claims
    return bool((combined.max(axis=1) < -MARGIN).any())


def _likely(worth: np.ndarray, option: int) -> np.ndarray | None:
    """Return powers (n,) at which the option leads by more than last bits, without a search.

    None where there are none among those that are tried.
    """
    n = worth.shape[2]
    corners = np.eye(n)
    first, second = np.triu_indices(n, 1)
    likely = np.vstack([np.full((1, n), 1 / n), corners, (corners[first] + corners[second]) / 2])
    leads = _lead(worth, option, likely) > CLEAR
    return likely[leads.argmax()] if leads.any() else None


def _weights(powers: np.ndarray, order: float) -> np.ndarray:
    weights = powers ** (1 / order)
    return np.asarray(weights / weights.sum())


def _claims(worth: np.ndarray, option: int, low: float, high: float) -> np.ndarray:
    """Return linear claims, (m, n) by powers, that are at least 0 over a range of closeness.

    The option reaches the lowest closeness of the range, and no other exceeds the highest. This is
    weaker than the goal.
    """
    near, far = worth
    own = (1 - low) * near[option] - low * far[option]
    others = np.delete((1 - high) * near - high * far, option, axis=0)
    return np.vstack([own, -others])


def _widest(claims: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return powers (n,) that keep claims (m, n) by the widest margin, and its proof.

    The powers sum to one. The proof (m,) combines the claims into one: no powers keep them by more
    than the largest entry of proof @ claims. It is valid for other ranges too, as long as that
    entry is below 0 there: one proof serves many ranges.
    """
    from scipy.optimize import linprog

    m, n = claims.shape
    solution = linprog(
        np.r_[np.zeros(n), -1.0],
        A_ub=np.c_[-claims, np.ones(m)],
        b_ub=np.zeros(m),
        A_eq=np.r_[np.ones(n), 0.0][None],
        b_eq=[1.0],
        bounds=[(0, None)] * n + [(None, None)],
    )
    proof = np.maximum(-solution.ineqlin.marginals, 0.0)
    return np.maximum(solution.x[:n], 0.0), proof / proof.sum()


def _lead(worth: np.ndarray, option: int, powers: np.ndarray) -> np.ndarray:
    """Return the option's share of nearness less that of the best other (k,).

    powers: (k, n).
    """
    near = powers @ worth[0].T
    far = powers @ worth[1].T
    share = near / np.where(near + far > 0, near + far, 1.0)
    others = np.delete(share, option, axis=1)
    return np.asarray(share[:, option] - others.max(axis=1, initial=0.0))
