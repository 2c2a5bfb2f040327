"""The cheapest change that puts a rival ahead of the leader, by linear programs or a search."""

from __future__ import annotations

import numpy as np

from mcda.methods.ranks import TIE_TOLERANCE, competition_ranks
from mcda.sampling.bisection import sectioned
from mcda.sampling.integer_programs import integer_program
from mcda.sampling.linear_programs import Solved, least
from mcda.sampling.streams import uniforms
from mcda.sensitivity.smallest_change.moves import Moves

# linear programs from each start at most; the neighbourhood has then shrunk to 0.3%
ROUNDS = 16
NUDGE = 1e-7  # share of a range by which a move is made to see its slope
STARTS = 3  # single moves that are starts
SAME = 9  # decimals to which moves and costs that are equal agree
EAGER = 1e-5  # share of the points by which the rival must lead until a flip is found
# gains from small steps, and costs of mixed-integer programs, are sure to fewer digits than a float
EQUAL = 1e-6
RANDOM = 24  # starts at random where the first ones leave a gap to the bound


def cheapest_flip(moves: Moves, *starts: np.ndarray) -> np.ndarray | None:
    """Return the cheapest moves (z,) found after which the rival is ahead.

    The result is None where none was found. Each start is improved by linear programs on the slope
    of the lead, in a shrinking neighbourhood, and shortened to where the lead first changes; starts
    that meet go on as one, and where all stay what they are a smaller neighbourhood changes nothing.
    Until a flip is found a little more is required than a lead of 0: a lead that bends would be
    approached from below for ever. For weights alone under an additive method
    the first program is the problem itself.
    """
    at = np.array([*starts, *_starts(moves)])
    reach = 1.0
    best = _least(shortened(moves, at))
    points = float(moves.tops["high"].sum())
    if not best.any():
        return best  # no move at all can't be made cheaper
    for _ in range(ROUNDS):
        before = at
        is_eager = bool(np.isnan(best).any())
        margin = points * (EAGER if is_eager else 4 * TIE_TOLERANCE)
        lead, slope = _slope(moves, at)
        low = np.maximum(at - reach, 0)
        high = np.minimum(at + reach, moves.most)
        at = _cheapest(moves, slope, (slope * at).sum(axis=-1) - lead + margin, low, high)
        flips = shortened(moves, at)
        best = _least(np.vstack([best, flips]))
        at = np.where(np.isnan(flips), at, flips)
        reach = 0.7 * reach
        at = at[np.sort(np.unique(at.round(SAME), axis=0, return_index=True)[1])]
        if is_eager == np.isnan(best).any() and _is_same(at, before):
            break
    return None if np.isnan(best).any() else best


def _is_same(at: np.ndarray, before: np.ndarray) -> bool:
    """Return whether many moves (s, z) are those of before, to all decimals that are told apart."""
    return len(at) == len(before) and bool(abs(at - before).max() <= 10.0**-SAME)


def _least(flips: np.ndarray) -> np.ndarray:
    """Return the cheapest of many moves (s, z), the first of equally cheap ones.

    It is NaN where all are.
    """
    costs = np.nan_to_num(flips.sum(axis=-1), nan=np.inf)
    return flips[(costs <= costs.min() + 10.0**-SAME).argmax()]


def _starts(moves: Moves) -> list[np.ndarray]:
    """Return the first starts of the search.

    They are no move at all, the single moves that bring the rival closest, to their end, and all
    moves of cells.
    """
    alone = np.diag(moves.most)
    best = _most_first(moves.lead(alone))[:STARTS]
    cells = np.where(np.arange(len(moves.most)) < 2 * len(moves.tops), 0.0, moves.most)
    return [np.zeros(len(moves.most)), *alone[best], cells]


def further_starts(moves: Moves) -> np.ndarray:
    """Return starts (s, z) beyond the first ones.

    They go to each bend of a value function, and a few are random. The random ones come from a
    stream of their own: they are the same for everybody.
    """
    size = len(moves.most)
    shift = 2 * len(moves.tops)
    bends = np.zeros((0, size))
    if len(moves.cells):
        costs = moves.bends().reshape(size - shift, -1)
        at = np.argwhere(costs > 0)
        bends = np.zeros((len(at), size))
        bends[np.arange(len(at)), shift + at[:, 0]] = costs[at[:, 0], at[:, 1]]
    drawn = uniforms(0, "fragility", 0, RANDOM, 2 * size)
    few = drawn[:, :size] < np.linspace(0.1, 0.6, RANDOM)[:, None]
    return np.concatenate([bends, few * drawn[:, size:] * moves.most])


def _slope(moves: Moves, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rival's lead (s,) after moves (s, z) and its slope in each move.

    The slope comes from a small step into the range.
    """
    step = np.where(at + NUDGE <= moves.most, NUDGE, -NUDGE)
    beside = at[:, None] + step[:, None] * np.eye(at.shape[1])
    lead = moves.lead(np.concatenate([at[:, None], beside], axis=1))
    return lead[:, 0], np.where(moves.most > 0, (lead[:, 1:] - lead[:, :1]) / step, 0.0)


def _cheapest(
    moves: Moves, gains: np.ndarray, needed: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Return `filled`, and where that leaves the holder's weight space, the same inside it."""
    at = filled(gains, needed, low, high)
    for row in np.flatnonzero(~moves.inside(moves.moved(at)[0])):
        fenced = _fenced(moves, gains[row], float(needed[row]), low[row], high[row])
        at[row] = at[row] if fenced is None else fenced
    return at


def _most_first(numbers: np.ndarray) -> np.ndarray:
    """Return the order (..., z) of numbers (..., z) from the largest.

    Numbers that differ by noise alone keep their order.
    """
    size = np.maximum(abs(numbers).max(axis=-1, keepdims=True), np.finfo(float).tiny)
    return np.argsort(competition_ranks(numbers / size, EQUAL), axis=-1, kind="stable")


def _fenced(
    moves: Moves, gains: np.ndarray, needed: float, low: np.ndarray, high: np.ndarray
) -> np.ndarray | None:
    """Return the z of least sum from low to high in the weight space with gains @ z >= needed.

    Where that can't be reached, gains @ z is as large as possible. Of equally cheap z the result is
    the one that costs least where the k-th move costs k squared: the first moves go first. The
    result is None where nothing from low to high lies in the space.
    """
    fences = moves.fences
    width = moves.width
    rows = np.hstack(
        [fences * width, -fences * width, np.zeros((len(fences), len(gains) - 2 * len(width)))]
    )
    limits = -fences @ moves.tops["mode"].to_numpy(float)
    costs = [np.ones(len(gains)), np.arange(1.0, len(gains) + 1) ** 2]
    no_rows = np.zeros((0, len(gains)))
    no_sums = np.zeros(0)
    above = np.vstack([rows, -gains])

    def cheapest(enough: float) -> Solved | None:
        """Return the cheapest z whose gains are enough."""
        return least(costs, above, np.append(limits, -enough), no_rows, no_sums, low=low, high=high)

    solution = cheapest(needed)
    if solution is not None:
        return solution.at
    furthest = least([-gains], rows, limits, no_rows, no_sums, low=low, high=high)
    if furthest is None:
        return None
    solution = cheapest(-furthest.cost)
    return furthest.at if solution is None else solution.at


def filled(gains: np.ndarray, needed: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the z of least sum, low <= z <= high, with gains @ z >= needed.

    Where that can't be reached, all that helps is moved. This is a linear program with one
    condition: what gains most is moved first, and of those that gain alike the first. Many are
    solved at once, one to a row.

    >>> filled(np.array([[1.0, 3.0]]), np.array([4.0]), np.zeros((1, 2)), np.ones((1, 2))).tolist()
    [[1.0, 1.0]]
    """
    order = _most_first(gains)
    gain, room = (np.take_along_axis(each, order, axis=-1) for each in (gains, high - low))
    gained = np.where(gain > 0, gain * room, 0.0)
    missing = (needed - (gains * low).sum(axis=-1))[:, None] - gained.cumsum(axis=-1) + gained
    moved = np.divide(missing, gain, out=np.zeros_like(gain), where=gain > 0).clip(0, room)
    return low + np.take_along_axis(moved, np.argsort(order, axis=-1, kind="stable"), axis=-1)


def shortened(moves: Moves, at: np.ndarray) -> np.ndarray:
    """Return each of many moves (s, z), shortened in proportion to where the rival gets ahead.

    The rival is ahead by twice the tolerance of a tie, so the moves may go a little further than
    that point. They are NaN where the way to the end of the ranges doesn't get there.
    """
    share = np.divide(moves.most, at, out=np.full(at.shape, np.inf), where=at > 0).min(axis=-1)
    furthest = np.where(np.isfinite(share), share, 0.0)[:, None]
    near = np.minimum(1, furthest) * np.linspace(0, 1, 65)
    far = np.minimum(2, furthest) * np.linspace(0, 1, 9)
    shares = np.sort(np.concatenate([near, far], axis=-1), axis=-1)
    length, is_ahead = sectioned(
        lambda shares, rows: _ahead(moves, shares[..., None] * at[rows, None]), shares
    )
    return np.where(is_ahead[:, None], length[:, None] * at, np.nan)


def _ahead(moves: Moves, many: np.ndarray) -> np.ndarray:
    lead, points = moves.ahead(many)
    return (lead > 2 * TIE_TOLERANCE) & moves.inside(points)


def least_of_weights(moves: Moves) -> float:
    """Return the least cost at which weights alone put the rival level, proven.

    The method is linear in the weights. The cost is infinite where even all moves together don't do
    it.
    """
    lead, slope = _slope(moves, np.zeros((1, len(moves.most))))
    at = _cheapest(moves, slope, -lead, np.zeros(slope.shape), moves.most[None])[0]
    return float(at.sum()) if slope[0] @ at >= -lead[0] * (1 - NUDGE) else float("inf")


def cheapest_cells(moves: Moves) -> tuple[np.ndarray | None, float]:
    """Return the cheapest moves of performances alone, and their least cost, proven.

    The method is additive, and chances are held. This is a mixed-integer program: each way from a
    performance to the end of its range is cut at the anchors of its scale, and a piece may be
    entered only when the one before is used up. Of moves that cost the same to a millionth the
    result has those that cost least where the k-th cell costs k squared: the first cells move
    first. The cost is infinite where even all moves together don't do it.
    """
    costs, values = moves.paths()
    weights = moves.case.weights.to_numpy(float)[: values.shape[1]]
    stakes = np.abs(moves.stakes(moves.chances[:, 1]))
    price = np.diff(costs, axis=-1)
    gain = np.abs(np.diff(values, axis=-1)) * weights[:, None] * stakes[:, None, None]
    needed = float(moves.case.scores.iloc[moves.leader] - moves.case.scores.iloc[moves.rival])
    level, cost = _cheapest_pieces(price, gain, needed)
    if level is None:
        return None, float("inf")
    flip = nudged(moves, _as_moves(moves, level))
    if (
        flip is None
    ):  # they are level where a range ends: a number that did not have to move has to, by a hair
        ahead, _ = _cheapest_pieces(price, gain, needed + EQUAL)
        flip = None if ahead is None else nudged(moves, _as_moves(moves, ahead))
    return flip, cost


def _as_moves(moves: Moves, level: np.ndarray) -> np.ndarray:
    """Return moves (z,) in which the cells of each outcome go so far (outcomes x n,), and no weight."""
    by_outcome = level.reshape(len(moves.outcomes), -1)
    parts = [by_outcome[outcome] for outcome, _ in moves.ways.blocks]
    return np.concatenate([np.zeros(2 * len(moves.tops)), *parts])


def _cheapest_pieces(
    price: np.ndarray, gain: np.ndarray, needed: float
) -> tuple[np.ndarray | None, float]:
    """Return how far each cell goes (cells,) to gain what is needed at least cost, and that cost.

    The first is None where all cells together don't gain it. price and gain (2, n, pieces): what
    each piece of a cell's way costs and gains. The pieces of a way are used in order. Among equal
    costs the first cells go.
    """
    from scipy.optimize import Bounds, LinearConstraint

    pieces = price.shape[-1]
    count = price.size
    price = price.ravel()
    gain = gain.ravel()
    enough = LinearConstraint(np.concatenate([gain, np.zeros(count)])[None], needed, np.inf)
    constraints = [enough, LinearConstraint(_piece_order(count, pieces), 0, np.inf)]
    cost = np.concatenate([price, np.zeros(count)])
    later = cost * np.tile(np.arange(count) // pieces + 1.0, 2) ** 2
    about = {
        "integrality": np.repeat([0, 1], count),
        "bounds": Bounds(0, 1),
        "options": {"mip_rel_gap": 0},
    }
    cheapest = integer_program(cost, constraints=constraints, **about)
    if cheapest.x is None:
        return None, float("inf")
    chosen = integer_program(
        later,
        constraints=[*constraints, LinearConstraint(cost[None], -np.inf, cheapest.fun + EQUAL)],
        **about,
    )
    used = (cheapest if chosen.x is None else chosen).x[:count]
    return (used * price).reshape(-1, pieces).sum(axis=-1), float(cheapest.fun)


def _piece_order(count: int, pieces: int) -> np.ndarray:
    """Return rows that are at least 0 where every way's pieces are used in order.

    The columns are the uses of all pieces, and then whether each is used up.
    """
    before = np.flatnonzero(np.arange(count) % pieces < pieces - 1)
    rows = np.arange(len(before))
    order = np.zeros((2 * len(before), 2 * count))
    order[rows, before] = 1
    order[rows, count + before] = -1
    order[len(before) + rows, count + before] = 1
    order[len(before) + rows, before + 1] = -1
    return order


def nudged(moves: Moves, at: np.ndarray) -> np.ndarray | None:
    """Return moves that put the rival level, lengthened by the least that puts it ahead.

    The result is None where it can't be put ahead.
    """
    for share in (0.0, *10.0 ** np.arange(-9, -2)):
        longer = np.minimum(at * (1 + share) + share * (at > 0), moves.most)
        if _ahead(moves, longer[None])[0]:
            return longer
    return None
