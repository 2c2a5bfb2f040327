"""The cheapest change that puts a rival ahead of the leader: exact where it is a linear program, searched elsewhere."""

from __future__ import annotations

import numpy as np

from mcda.methods.ranks import TIE_TOLERANCE
from mcda.robustness.moves import Moves

ROUNDS, NUDGE, HALVINGS, STARTS = 16, 1e-7, 50, 3


def cheapest_flip(moves: Moves, *starts: np.ndarray) -> np.ndarray | None:
    """Return the cheapest moves (z,) found after which the rival is ahead, None where none was found.

    Each start is improved by linear programs on the slope of the lead, and shortened to where the lead first changes.
    For weights alone under an additive method the first program is the problem itself.
    """
    found = [flip for start in (*starts, *_starts(moves)) if (flip := _improved(moves, start)) is not None]
    return min(found, key=np.sum) if found else None


def _starts(moves: Moves) -> list[np.ndarray]:
    """Return no move at all, the single moves that bring the rival closest, to their end, and all moves of cells."""
    alone = np.diag(moves.most)
    best = np.argsort(-moves.lead(alone), kind="stable")[:STARTS]
    cells = np.where(np.arange(len(moves.most)) < 2 * len(moves.tops), 0.0, moves.most)
    return [np.zeros(len(moves.most)), *alone[best], cells]


def _improved(moves: Moves, start: np.ndarray) -> np.ndarray | None:
    """Return the best flip met while linear programs are solved around it in a shrinking neighbourhood."""
    at, best, reach = start, shortened(moves, start), 1.0
    margin = 4 * TIE_TOLERANCE * float(moves.tops["high"].sum())
    for _ in range(ROUNDS):
        lead, slope = _slope(moves, at)
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach, moves.most)
        at = _cheapest(moves, slope, slope @ at - lead + margin, low, high)
        flip = shortened(moves, at)
        if flip is not None and (best is None or flip.sum() < best.sum()):
            best = flip
        reach *= 0.7
        at = at if flip is None else flip
    return best


def _slope(moves: Moves, at: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the rival's lead and its slope in every move, by a small step into the range."""
    step = np.where(at + NUDGE <= moves.most, NUDGE, -NUDGE)
    lead = moves.lead(np.vstack([at, at + np.diag(step)]))
    return float(lead[0]), np.where(moves.most > 0, (lead[1:] - lead[0]) / step, 0.0)


def _cheapest(moves: Moves, gains: np.ndarray, needed: float, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return `filled`, or where that leaves the holder's weight space, the same inside it."""
    from scipy.optimize import linprog

    at = filled(gains, needed, low, high)
    points, _ = moves.moved(at)
    if moves.inside(points):
        return at
    fences, width = moves.fences, moves.width
    rows = np.hstack([fences * width, -fences * width, np.zeros((len(fences), len(at) - 2 * len(width)))])
    limits = -fences @ moves.tops["mode"].to_numpy(float)
    bounds = np.stack([low, high], axis=1)
    most = -linprog(-gains, rows, limits, bounds=bounds).fun
    enough = np.append(limits, -min(needed, most))
    return np.asarray(linprog(np.ones(len(at)), np.vstack([rows, -gains]), enough, bounds=bounds).x)


def filled(gains: np.ndarray, needed: float, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the z of least sum, low <= z <= high, with gains @ z >= needed; all that helps, where that isn't enough.

    A linear program with one condition: what gains most is moved first.

    >>> filled(np.array([1.0, 3.0]), 4.0, np.zeros(2), np.ones(2)).tolist()
    [1.0, 1.0]
    """
    order = np.argsort(-gains, kind="stable")
    order = order[gains[order] > 0]
    missing = needed - gains @ low - np.concatenate([[0], np.cumsum((gains * (high - low))[order])[:-1]])
    moved = low.copy()
    moved[order] += np.clip(missing / gains[order], 0, (high - low)[order])
    return moved


def shortened(moves: Moves, at: np.ndarray) -> np.ndarray | None:
    """Return the same moves in proportion, only as far (or a little further) as the rival first gets ahead.

    None where the way to the end of the ranges doesn't get there. The rival is ahead by twice the tolerance of a tie.
    """
    moving = at > 0
    furthest = float((moves.most[moving] / at[moving]).min()) if moving.any() else 0.0
    shares = np.unique(np.concatenate([np.linspace(0, min(1.0, furthest), 65), np.linspace(0, min(2.0, furthest), 9)]))
    ahead = _ahead(moves, shares[:, None] * at)
    if not ahead.any():
        return None
    first = int(ahead.argmax())
    low, high = shares[max(first - 1, 0)], shares[first]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _ahead(moves, middle * at[None])[0] else (middle, high)
    return high * at


def _ahead(moves: Moves, many: np.ndarray) -> np.ndarray:
    scores, _ = moves.scores(many)
    points, _ = moves.moved(many)
    return (scores[..., moves.rival] - scores[..., moves.leader] > 2 * TIE_TOLERANCE) & moves.inside(points)


def least_of_weights(moves: Moves) -> float:
    """Return the least cost at which weights alone put the rival level under a method linear in them, proven.

    Infinite where even all moves together don't do it.
    """
    lead, slope = _slope(moves, np.zeros(len(moves.most)))
    at = _cheapest(moves, slope, -lead, np.zeros(len(slope)), moves.most)
    return float(at.sum()) if slope @ at >= -lead * (1 - NUDGE) else float("inf")


def cheapest_cells(moves: Moves) -> tuple[np.ndarray | None, float]:
    """Return the cheapest moves of performances alone under an additive method, and their least cost, proven.

    A mixed-integer program: each way from performance to end of range is cut at the anchors of its scale, and a piece
    may be entered only when the one before is used up. Infinite where even all moves together don't do it.
    """
    costs, values = moves.paths()
    weights = moves.case.weights.to_numpy(float)
    price, gain = np.diff(costs, axis=-1), np.abs(np.diff(values, axis=-1)) * weights[:, None]
    needed = float(moves.case.scores.iloc[moves.leader] - moves.case.scores.iloc[moves.rival])
    used, cost = _cheapest_pieces(price.ravel(), gain.ravel(), needed, price.shape[-1])
    if used is None:
        return None, float("inf")
    shares = (used.reshape(price.shape) * price).sum(axis=-1).ravel()
    return nudged(moves, np.concatenate([np.zeros(2 * len(moves.tops)), shares])), cost


def _cheapest_pieces(
    price: np.ndarray, gain: np.ndarray, needed: float, pieces: int
) -> tuple[np.ndarray | None, float]:  # fmt: skip
    """Return how much of each piece (0 to 1) gains what is needed at least cost; each run of pieces in its order."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    count = len(price)
    before = np.flatnonzero(np.arange(count) % pieces < pieces - 1)
    rows, order = np.arange(len(before)), np.zeros((2 * len(before), 2 * count))
    order[rows, before], order[rows, count + before] = 1, -1
    order[len(before) + rows, count + before], order[len(before) + rows, before + 1] = 1, -1
    enough = LinearConstraint(np.concatenate([gain, np.zeros(count)])[None], needed, np.inf)
    solved = milp(
        np.concatenate([price, np.zeros(count)]), constraints=[enough, LinearConstraint(order, 0, np.inf)],
        integrality=np.repeat([0, 1], count), bounds=Bounds(0, 1), options={"mip_rel_gap": 0},
    )  # fmt: skip
    return (None, float("inf")) if solved.x is None else (solved.x[:count], float(solved.fun))


def nudged(moves: Moves, at: np.ndarray) -> np.ndarray | None:
    """Return moves that put the rival level, lengthened by the least that puts it ahead; None where it can't be."""
    for share in (0.0, *10.0 ** np.arange(-9, -2)):
        longer = np.minimum(at * (1 + share) + share * (at > 0), moves.most)
        if _ahead(moves, longer[None])[0]:
            return longer
    return None
