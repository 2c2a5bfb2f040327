"""The judgement panel: pairwise questions with their swings, and what the answers say at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from mcda.checks.faults import Fault, NotApplicable
from mcda.checks.html_table import html_table
from mcda.checks.significant_digits import plain
from mcda.files.question.record_weights import record_judgements
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.weights import ahp
from mcda.preferences.pairwise.consistency import RANDOM_INDEX, SAATY_1980
from mcda.preferences.pairwise.saaty_scale import WORDS
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import check_problem
from mcda.reporting.panels.panel import Panel, Shown


class JudgementPanel(Shown):
    """Pairwise judgements of a question's heads, on show.

    What the reader judges is read back as `Judgements`.
    """

    def __init__(self, problem: Problem, holder: str, panel: Panel) -> None:
        super().__init__(problem, panel)
        self.holder = holder

    @property
    def judgements(self) -> Judgements:
        """What was judged so far, complete or not."""
        items = [item["key"] for item in self.panel.question["items"]]
        return Judgements(
            items, {(first, second): ratio for first, second, ratio in self.panel.chosen["judged"]}
        )

    @property
    def weights(self) -> Weights:
        """The weights that the judgements imply; raises InputError while they fall into parts."""
        return ahp(self.judgements, self.holder)

    def save(self, folder: str | Path, holder: str | None = None) -> Path:
        """Write the judgements as those of a holder into a question's folder.

        `read_perspectives` finds them there.
        """
        name = self.holder if holder is None else holder
        return record_judgements(folder, self.problem, self.judgements, name)

    def __repr__(self) -> str:
        """Tell what is judged, and by whom."""
        return f"JudgementPanel({self.problem.name}, judgements of {self.holder})"


def judge(
    problem: Problem,
    judgements: Judgements | None = None,
    *,
    holder: str = "panel",
    folder: str | Path | None = None,
) -> JudgementPanel:
    """Return the judgement panel of a question.

    Each pair of heads is asked as the worth of two improvements. The panel shows the weights that
    follow, their consistency, the judgement that contradicts the others most, and the pair that
    would tell most next.

    Parameters
    ----------
    problem : Problem
        The question, with two heads or more.
    judgements : Judgements, optional
        The judgements to start with.
    holder : str
        The holder of the judgements.
    folder : path, optional
        The question's folder, into which the reader can save the judgements.

    Returns
    -------
    JudgementPanel
        The panel, which shows itself in a notebook.

    Raises
    ------
    InputError
        For a question of one head, or judgements of other criteria.

    Examples
    --------
    >>> from criteria import ukraine_force
    >>> panel = judge(ukraine_force.problem(), holder="Paris")
    >>> panel.judgements.next_question()
    ('C1', 'C2')
    """
    check_problem(problem)
    tops = problem.tops
    keys = [top.key for top in tops]
    size = len(RANDOM_INDEX[SAATY_1980])
    if not 2 <= len(keys) <= size:
        raise NotApplicable(
            Fault("heads to compare", f"2 to {size}", f"{len(keys)}", "group criteria under heads")
        )
    judged = [] if judgements is None else _started(Judgements(keys, judgements.ratios))
    question = {
        "items": [
            {"key": top.key, "label": top.label or top.key, "swings": _swings(problem, top)}
            for top in tops
        ],
        "pairs": len(keys) * (len(keys) - 1) // 2,
        "words": list(WORDS),
        "table": f"{SAATY_1980}, n = {len(keys)}",
        "randomIndex": RANDOM_INDEX[SAATY_1980][len(keys) - 1],
        "holder": holder,
        "saves": folder is not None,
    }
    panel = JudgementPanel(problem, holder, Panel("judging", question, {"judged": judged}))
    panel.panel.fallback = html_table(panel.judgements.table, f"Judgements of {holder}")
    panel.panel.told = repr(panel)
    panel.panel.hear = panel.saving(folder, "the judgements of")
    return panel


def _started(judgements: Judgements) -> list[list[str]]:
    """Return judgements as the panel takes them.

    These are first, second, and the ratio as a fraction or a decimal in text.
    """
    return [[first, second, _text(ratio)] for (first, second), ratio in judgements.exact.items()]


def _text(ratio: Fraction) -> str:
    return str(ratio) if max(ratio.numerator, ratio.denominator) < 1000 else repr(float(ratio))


def _swings(problem: Problem, criterion: Criterion) -> list[str]:
    """Return what an improvement of a criterion is.

    It takes each leaf below it from its worst anchor to its best.
    """
    if not criterion.scale:
        children = problem.children(criterion.key)
        return [text for child in children for text in _swings(problem, child)]
    anchors = criterion.scale.anchors
    words = criterion.scale.words
    if words:
        return [f"{criterion.label}: from “{words[0]}” to “{words[-1]}”"]
    return [f"{criterion.label}: from {plain(anchors[0])} to {plain(anchors[-1])} {criterion.unit}"]
