"""Peers on the same published cases and hostile inputs: who gives what.

`make compare` runs it and writes docs/compare.md. Each library is called as its own documentation calls it. A case is
`as published` where every score lies within the case's tolerance; what comes of hostile input is told by what the case
says a trustworthy tool would do.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from importlib import import_module
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "published" / "cases"
HOSTILE = ROOT / "tests" / "published" / "adversarial.json"
# of a score, where a case states no tolerance: peers stop their searches at about this
CLOSE = 1e-5

Answer = Callable[[dict[str, Any]], Any]
NOT_OFFERED = "not offered"
AS_PUBLISHED = "as published"
OURS = "policy-mcda"
PUBLISHED_AS = {
    "topsis": ("scores",),
    "method-vikor": ("Q",),
    "method-copras": ("utility", "utility_percent"),
    "method-aras": ("scores",),
    "method-edas": ("scores",),
    "method-marcos": ("scores",),
    "method-waspas": ("scores",),
    "ahp-matrix": ("weights",),
    "ahp-incomplete": ("weights",),
}


def numbers(inputs: dict[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return matrix, weights with a sum of one, and directions as 1 and -1."""
    weights = np.array(inputs["weights"], dtype=float)
    directions = np.array(inputs["directions"])
    return np.array(inputs["matrix"], dtype=float), weights / weights.sum(), directions


# ---- this toolkit


def our_topsis(inputs: dict[str, Any]) -> Any:
    """Return our TOPSIS, with names where the case has them."""
    import mcda

    way = inputs["normalisation"]
    return mcda.topsis(named(inputs), inputs["weights"], inputs["directions"], normalisation=way)


def named(inputs: dict[str, Any]) -> Any:
    """Return a matrix with the names that a case gives, its cells as they are."""
    import pandas as pd

    return pd.DataFrame(
        inputs["matrix"], index=inputs.get("alternatives"), columns=inputs.get("criteria")
    )


def our_method(name: str) -> Answer:
    """Return a method of pymcdm as we offer it."""

    def answer(inputs: dict[str, Any]) -> Any:
        import mcda

        return mcda.pymcdm_scores(name, *numbers(inputs))

    return answer


def our_waspas(inputs: dict[str, Any]) -> Any:
    """Return WASPAS with weights as stated: those of the publication don't add up to one."""
    import mcda

    given = np.array(inputs["matrix"], dtype=float), inputs["weights"], inputs["directions"]
    return mcda.pymcdm_scores("WASPAS", *given, weights_as_stated=True)


def our_vikor(inputs: dict[str, Any]) -> Any:
    """Return our VIKOR's Q."""
    import mcda

    return mcda.vikor(*numbers(inputs))["Q"]


def our_copras(inputs: dict[str, Any]) -> Any:
    """Return our COPRAS."""
    import mcda

    return mcda.copras(*numbers(inputs))


def our_priorities(inputs: dict[str, Any]) -> Any:
    """Return our priorities, by the rule that an incomplete case asks for."""
    import pandas as pd

    import mcda

    elements = inputs["elements"]
    matrix = pd.DataFrame(
        np.array(inputs["matrix"], dtype=float).reshape(len(elements), -1), elements, elements
    )
    if not matrix.isna().any(axis=None):
        return mcda.priorities(matrix)
    squares = "least squares" in inputs.get("method", "")
    rule = "geometric mean" if squares else "eigenvector"
    return mcda.priorities(matrix, rule)


# ---- pymcdm


def pymcdm_topsis(inputs: dict[str, Any]) -> Any:
    """Return pymcdm's TOPSIS with the scaling that a case names."""
    from pymcdm import methods, normalizations

    way = inputs["normalisation"]
    scale = as_it_stands if way == "none" else getattr(normalizations, f"{way}_normalization")
    return methods.TOPSIS(scale)(*numbers(inputs))


def as_it_stands(column: np.ndarray, cost: bool = False) -> np.ndarray:
    """Return a column unscaled, turned round where less is better: a function such as pymcdm takes."""
    return -column if cost else column


def pymcdm_waspas(inputs: dict[str, Any]) -> Any:
    """Return pymcdm's WASPAS with weights as stated, which its validation would refuse."""
    from pymcdm.methods import WASPAS

    matrix, _, directions = numbers(inputs)
    return WASPAS()(matrix, np.array(inputs["weights"]), directions, validation=False)


def pymcdm_method(name: str) -> Answer:
    """Return a method of pymcdm as it comes."""

    def answer(inputs: dict[str, Any]) -> Any:
        from pymcdm import methods

        return getattr(methods, name)()(*numbers(inputs))

    return answer


def pymcdm_ahp(inputs: dict[str, Any]) -> Any:
    """Return pymcdm's AHP."""
    from pymcdm.weights.subjective import AHP

    return AHP(matrix=np.array(inputs["matrix"], dtype=float))()


# ---- scikit-criteria


def decision_matrix(inputs: dict[str, Any]) -> Any:
    """Return a case as scikit-criteria holds it, with its names and its weights as stated."""
    import skcriteria

    matrix, _, directions = numbers(inputs)
    weights = inputs["weights"]
    names = {key: inputs[key] for key in ("alternatives", "criteria") if inputs.get(key)}
    return skcriteria.mkdm(matrix, directions.tolist(), weights=weights, **names)


def skcriteria_topsis(inputs: dict[str, Any]) -> Any:
    """Return scikit-criteria's TOPSIS behind the scaling that a case names."""
    from skcriteria.agg.similarity import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing import scalers
    from skcriteria.preprocessing.invert_objectives import NegateMinimize

    made = {
        "vector": scalers.VectorScaler,
        "minmax": scalers.MinMaxScaler,
        "max": scalers.MaxAbsScaler,
        "sum": scalers.SumScaler,
    }
    way = inputs["normalisation"]
    # the sum and the largest number are of the column as it stands, so costs are turned after it
    steps = [] if way == "none" else [made[way](target="matrix")]
    return (
        mkpipe(*steps, NegateMinimize(), TOPSIS()).evaluate(decision_matrix(inputs)).e_.similarity
    )


def skcriteria_method(module: str, name: str, key: str, *steps: str) -> Answer:
    """Return a method behind the steps that its documentation asks for: a scaler, an inverter."""

    def answer(inputs: dict[str, Any]) -> Any:
        method = getattr(import_module(f"skcriteria.agg.{module}"), name)()
        if steps:
            method = piped(method, steps)
        with redirect_stdout(StringIO()):  # MARCOS prints its scores
            return method.evaluate(decision_matrix(inputs)).e_[key]

    return answer


def piped(method: Any, steps: tuple[str, ...]) -> Any:
    """Return a method behind steps by name."""
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.invert_objectives import InvertMinimize
    from skcriteria.preprocessing.scalers import MaxAbsScaler, SumScaler

    made = {
        "sum": SumScaler(target="matrix"),
        "max": MaxAbsScaler(target="matrix"),
        "invert": InvertMinimize(),
    }
    return mkpipe(*(made[step] for step in steps), method)


# ---- ahpy


def ahpy_ahp(inputs: dict[str, Any]) -> Any:
    """Return ahpy's weights; pairs that nobody judged are left out."""
    import ahpy

    matrix = np.array(inputs["matrix"], dtype=float)
    names = [str(at) for at in range(len(matrix))]
    pairs = {
        (names[i], names[j]): float(matrix[i, j])
        for i in range(len(matrix))
        for j in range(i + 1, len(matrix))
        if not np.isnan(matrix[i, j])
    }
    found = ahpy.Compare("all", pairs, precision=12).target_weights
    return [found[name] for name in names]


LIBRARIES: dict[str, dict[str, Answer]] = {
    OURS: {
        "topsis": our_topsis,
        "method-vikor": our_vikor,
        "method-copras": our_copras,
        "method-aras": our_method("ARAS"),
        "method-edas": our_method("EDAS"),
        "method-marcos": our_method("MARCOS"),
        "method-waspas": our_waspas,
        "ahp-matrix": our_priorities,
        "ahp-incomplete": our_priorities,
    },
    "pymcdm": {
        "topsis": pymcdm_topsis,
        "method-vikor": pymcdm_method("VIKOR"),
        "method-copras": pymcdm_method("COPRAS"),
        "method-aras": pymcdm_method("ARAS"),
        "method-edas": pymcdm_method("EDAS"),
        "method-marcos": pymcdm_method("MARCOS"),
        "method-waspas": pymcdm_waspas,
        "ahp-matrix": pymcdm_ahp,
    },
    "scikit-criteria": {
        "topsis": skcriteria_topsis,
        "method-vikor": skcriteria_method("vikor", "VIKOR", "q_k"),
        "method-copras": skcriteria_method("copras", "COPRAS", "score", "sum"),
        "method-aras": skcriteria_method("aras", "ARAS", "utility", "sum"),
        "method-edas": skcriteria_method("edas", "EDAS", "score"),
        "method-marcos": skcriteria_method("marcos", "MARCOS", "utility_scores"),
        "method-waspas": skcriteria_method("waspas", "WASPAS", "score", "invert", "max"),
    },
    "ahpy": {"ahp-matrix": ahpy_ahp, "ahp-incomplete": ahpy_ahp},
}


def asked(answer: Answer, inputs: dict[str, Any]) -> tuple[np.ndarray | None, str, list[str]]:
    """Return what a library gives, the error that stopped it, and what it warned of."""
    with warnings.catch_warnings(record=True) as told, np.errstate(all="warn"):
        warnings.simplefilter("always")
        try:
            found, error = np.asarray(answer(inputs), dtype=float), ""
        except Exception as raised:  # whatever a library raises is its answer
            found, error = None, f"{type(raised).__name__}: {raised}"
    return found, error, [str(each.message) for each in told]


# ---- published cases


def published() -> Iterator[tuple[dict[str, Any], np.ndarray, float]]:
    """Yield cases with the scores that are right, and how near is near enough."""
    for path in sorted(CASES.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        for key in PUBLISHED_AS.get(case["kind"], ()):
            wrong = key in case["verification"]["published_not_reproduced"]
            stated = case["expected"].get(key)
            right = case["reference_values"].get(key) if wrong or stated is None else stated
            if right is not None:
                near = case["tolerance"].get(key, 0) or CLOSE
                yield case, np.array(right, dtype=float), near
                break


def fate(answer: Answer | None, case: dict[str, Any], right: np.ndarray, near: float) -> str:
    """Return in a few words what a library gives on a published case."""
    if answer is None:
        return NOT_OFFERED
    found, error, _ = asked(answer, case["inputs"])
    if found is None:
        return f"stops ({error.split(':')[0]})"
    if found.shape != right.shape:
        return "another shape"
    if not np.isfinite(found).all():
        return "not a number"
    if case["kind"] == "method-copras":  # of the leading one: 1 or 100 percent
        found = found * right.max() / found.max()
    off = float(np.abs(found - right).max())
    if off <= near * (1 + CLOSE):
        return AS_PUBLISHED
    same = np.array_equal(np.argsort(-found, kind="stable"), np.argsort(-right, kind="stable"))
    return f"scores off by up to {off:.2g}, {'same' if same else 'another'} order"


# ---- hostile inputs

REFUSES = "refuses"
ANSWERS = "right answer"
WARNS = "right answer with a warning"
SILENT = "wrong or no number, without a word"
NOISY = "wrong or no number, with a warning"
GOOD = {
    "refuse": {REFUSES},
    "answer": {ANSWERS, WARNS},
    "warn": {WARNS},
    "either": {REFUSES, WARNS},
}


def hostile() -> Iterator[dict[str, Any]]:
    """Yield hostile tables for TOPSIS and hostile judgements, as plain numbers."""
    for case in json.loads(HOSTILE.read_text(encoding="utf-8"))["cases"]:
        inputs = plain(case["inputs"])
        is_table = case["area"] == "decision-matrix" and inputs.get("method") == "topsis"
        is_judged = case["area"] == "ahp" and "matrix" in inputs
        if (
            is_table and "generator" not in inputs and "column_permutation" not in inputs
        ) or is_judged:
            yield {**case, "inputs": inputs, "kind": "topsis" if is_table else "ahp-matrix"}


def plain(entry: Any) -> Any:
    """Return an entry with its marked numbers, booleans and dates as Python's."""
    if isinstance(entry, list):
        return [plain(part) for part in entry]
    if not isinstance(entry, dict):
        return entry
    if "$num" in entry:
        return float(entry["$num"].removeprefix("int:"))
    if "$bool" in entry:
        return bool(entry["$bool"])
    if "$date" in entry or "$complex" in entry:
        return str(entry)
    return {key: plain(part) for key, part in entry.items()}


def manner(answer: Answer | None, case: dict[str, Any]) -> str:
    """Return how a library takes hostile input."""
    if answer is None:
        return NOT_OFFERED
    found, _, told = asked(answer, case["inputs"])
    if found is None:
        return REFUSES
    expected = case["expect"].get("scores", case["expect"].get("weights"))
    right = np.isfinite(found).all() and found.size > 0
    if right and expected is not None:
        wanted = np.array(plain(expected), dtype=float)
        right = found.shape == wanted.shape and np.allclose(found, wanted, rtol=0, atol=CLOSE)
    elif case["verdict"] == "refuse":
        right = False
    if right:
        return WARNS if told else ANSWERS
    return NOISY if told else SILENT


# ---- the page

PAGE = """\
# Compared with other libraries

Made by `make compare` (`benchmarks/compare_peers.py`), which runs each library on the same cases; every number below
comes from that run. Each library is called as its own documentation calls it.

Versions: {versions}.

## Published cases

{count} cases that somebody published (`tests/published/cases/`). A case counts where every score lies within the
rounding of its source, or within 1e-5 of an independent computation where the source is wrong or doesn't say.

{published}

Where a library doesn't give the published numbers:

{differ}

Other scores can be no fault: a library may follow another publication of the same name, or scale columns in another
way. ARAS, EDAS, MARCOS and WASPAS are computed by pymcdm for us too, so there we are right because pymcdm is.

## Hostile inputs

{hostile_count} inputs that go wrong in practice: cells that are missing or infinite, weights that are negative or don't
fit, columns that are all the same, names that are double, judgements that aren't reciprocal. Each says what a
trustworthy tool would do: refuse, warn, or answer. This project collected them and was mended by them; the others have
never seen them, and pymcdm takes no names. The rows of wrong or no number tell more than the totals.

{hostile}

## Where the others are better

- **pymcdm** has more methods: of the {known} that we know by name, {offered} pass our property tests and are offered.
  It has more ways to get weights from data, COMET with its tools, and tables of a method's working for papers.
- **scikit-criteria** has pipelines in which any step can be changed, filters, imputation, and tests of rank reversal
  for its own results. Who studies methods, rather than one question, is better served there.
- **ahpy** is small and reads like the book: a hierarchy of AHP is built in a few lines.
- All three are understood sooner: there is no question, holder or source to state. If you have a table, want one method
  and answer to nobody, use them.

What none of the three is made for, and this is: ranges and sources behind every number, many holders side by side,
minimums, what would change the answer, value of information, a report that can be verified.
"""


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(heads)} |", "|" + "---|" * len(heads), *lines])


NAMES = {
    "topsis": "TOPSIS",
    "method-vikor": "VIKOR",
    "method-copras": "COPRAS",
    "method-aras": "ARAS",
    "method-edas": "EDAS",
    "method-marcos": "MARCOS",
    "method-waspas": "WASPAS",
    "ahp-matrix": "AHP, complete judgements",
    "ahp-incomplete": "AHP, incomplete judgements",
}


def published_tables() -> tuple[int, str, str]:
    """Return how many cases there are, the counts by kind, and what differs."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in PUBLISHED_AS}
    differ = []
    for case, right, near in published():
        kind = case["kind"]
        counts[kind]["cases"] += 1
        for library, answers in LIBRARIES.items():
            found = fate(answers.get(kind), case, right, near)
            counts[kind][library] += found == AS_PUBLISHED
            if found not in (AS_PUBLISHED, NOT_OFFERED):
                differ.append([case["title"], library, found])
    rows = [
        [NAMES[kind], str(found["cases"]), *(told(found, library, kind) for library in LIBRARIES)]
        for kind, found in counts.items()
    ]
    total = sum(found["cases"] for found in counts.values())
    return (
        total,
        table(["", "cases", *LIBRARIES], rows),
        table(["case", "library", "gives"], differ),
    )


def told(found: Counter[str], library: str, kind: str) -> str:
    """Return how many cases a library gives as published, or that it doesn't offer the method."""
    return str(found[library]) if kind in LIBRARIES[library] else NOT_OFFERED


def hostile_table() -> tuple[int, str]:
    """Return how many hostile inputs there are, and how each library takes them."""
    ways = {library: Counter() for library in LIBRARIES}
    good: Counter[str] = Counter()
    cases = list(hostile())
    for case in cases:
        for library, answers in LIBRARIES.items():
            found = manner(answers.get(case["kind"]), case)
            ways[library][found] += 1
            good[library] += found in GOOD[case["verdict"]]
    rows = [
        [way, *(str(ways[library][way]) for library in LIBRARIES)]
        for way in (REFUSES, ANSWERS, WARNS, NOISY, SILENT, NOT_OFFERED)
    ]
    tried = {library: len(cases) - ways[library][NOT_OFFERED] for library in LIBRARIES}
    as_asked = [f"{good[library]} of {tried[library]}" for library in LIBRARIES]
    return len(cases), table(["", *LIBRARIES], [["**as the case asks**", *as_asked], *rows])


def page() -> str:
    """Return the page, from a run of every library on every case."""
    from mcda.methods.pymcdm_methods import OFFERED, REFUSED

    count, by_kind, differ = published_tables()
    hostile_count, by_way = hostile_table()
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES if name != OURS)
    return PAGE.format(
        versions=f"{versions}, numpy {version('numpy')}",
        count=count,
        published=by_kind,
        differ=differ,
        hostile_count=hostile_count,
        hostile=by_way,
        known=len(OFFERED) + len(REFUSED),
        offered=len(OFFERED),
    )


def main() -> None:
    """Print the page, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="where to")
    given = parser.parse_args()
    text = page()
    if given.write:
        given.write.write_text(text, encoding="utf-8", newline="\n")
        print(given.write)
    else:
        print(text)


if __name__ == "__main__":
    main()
