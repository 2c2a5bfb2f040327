"""An expert's answer to a question about a number: lowest, best, highest, and how sure of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mcda.checks.arguments import check_numbers, check_texts, check_whole
from mcda.checks.faults import Fault, refuse
from mcda.checks.significant_digits import plain

LEVELS = (0.05, 0.5, 0.95)  # the quantiles that an answer is brought to
CENTRAL = 90.0  # percent between the first and the last of them


@dataclass(frozen=True)
class ExpertAnswer:
    """What an expert answered when asked for a number: the four points of IDEA.

    Parameters
    ----------
    expert : str
        Who answered; a code keeps it nameless.
    key : str
        The key of the estimate, or the name of a seed question.
    low, best, high : float
        The lowest, the best and the highest number, in the unit of the estimate.
    confidence : float
        How sure the expert is that the number lies between low and high, in percent.
    round : int
        Of the elicitation; the last one counts, and earlier ones are kept.
    known : float, optional
        The true answer, of a seed question.
    as_of, rationale : str
        When, and why.

    References
    ----------
    Hemming, Burgman, Hanea, McBride and Wintle (2018), A practical guide to structured expert
    elicitation using the IDEA protocol, Methods in Ecology and Evolution 9.

    Examples
    --------
    >>> ExpertAnswer("E1", "cost", 20, 25, 40, confidence=45).quantiles.tolist()
    [15.0, 25.0, 55.0]
    """

    expert: str
    key: str
    low: float
    best: float
    high: float
    confidence: float = CENTRAL
    round: int = 1
    known: float | None = None
    as_of: str = ""
    rationale: str = ""

    def __post_init__(self) -> None:
        """Refuse names that are blank, numbers out of order, and a confidence that is none."""
        where = f"answer of '{self.expert}' to '{self.key}'"
        texts = ("expert", "key", "as_of", "rationale")
        check_texts(where, **{name: getattr(self, name) for name in texts})
        numbers = {"low": self.low, "best": self.best, "high": self.high}
        check_numbers(where, **numbers, confidence=self.confidence)
        if self.known is not None:
            check_numbers(where, known=self.known)
        check_whole(self.round, 1, f"{where}, round")
        faults = []
        if not self.expert.strip() or not self.key.strip():
            faults.append(Fault(where, "an expert and what was asked", "a blank"))
        if not (np.isfinite(list(numbers.values())).all() and self.low < self.best < self.high):
            found = ", ".join(plain(number) for number in numbers.values())
            remedy = "whoever is sure of a number needs no range: put it into estimates"
            faults.append(Fault(where, "low < best < high", found, remedy))
        if not 0 < self.confidence < 100:
            found = plain(self.confidence)
            faults.append(Fault(f"{where}, confidence", "percent between 0 and 100", found))
        refuse(faults)

    @property
    def quantiles(self) -> np.ndarray:
        """The 5%, 50% and 95% quantiles (3,).

        The best number is the median; the distances to low and high are stretched, or shrunk, to
        90% in proportion to the confidence (linear extrapolation, as IDEA has it).
        """
        stretch = CENTRAL / self.confidence
        low = self.best - (self.best - self.low) * stretch
        high = self.best + (self.high - self.best) * stretch
        return np.array([low, self.best, high])


def last_answers(answers: Iterable[ExpertAnswer]) -> list[ExpertAnswer]:
    """Return the answer of the last round of each expert to each question, in their order."""
    last: dict[tuple[str, str], ExpertAnswer] = {}
    for answer in answers:
        before = last.get((answer.expert, answer.key))
        if before is None or answer.round > before.round:
            last[answer.expert, answer.key] = answer
    return list(last.values())


def quantile_table(answers: Sequence[ExpertAnswer]) -> np.ndarray:
    """Return the quantiles of some answers (experts, 3)."""
    return np.array([answer.quantiles for answer in answers]).reshape(len(answers), len(LEVELS))
