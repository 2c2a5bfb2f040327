"""The judgement panel: pairwise questions with their swings, and what the answers say at once."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from mcda.checks.faults import Fault, NotApplicable
from mcda.checks.significant_digits import plain
from mcda.display.html_table import html_table
from mcda.files.question.record_weights import record_judgements
from mcda.preferences.hierarchies.judgements import Judgements
from mcda.preferences.hierarchies.weights import ahp
from mcda.preferences.pairwise.consistency import RANDOM_INDEX, SAATY_1980
from mcda.preferences.pairwise.saaty_scale import WORDS
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Criterion, Problem
from mcda.problem.screening import check_problem
from mcda.reporting import language as words
from mcda.reporting.panels.panel import Panel, Shown
from mcda.reporting.panels.spoken import language_for
from mcda.reporting.study.question_language import speaking_of


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
    language: str | None = None,
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
    language : str, optional
        The code of the language that the panel speaks, such as "de"; the question's own, if not
        given.

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
    keys = [top.key for top in problem.tops]
    size = len(RANDOM_INDEX[SAATY_1980])
    if not 2 <= len(keys) <= size:
        raise NotApplicable(
            Fault("heads to compare", f"2 to {size}", f"{len(keys)}", "group criteria under heads")
        )
    judged = [] if judgements is None else _started(Judgements(keys, judgements.ratios))
    with speaking_of(problem, language_for(problem, language)):
        question = {**_question(problem), "holder": holder, "saves": folder is not None}
        panel = JudgementPanel(problem, holder, Panel("judging", question, {"judged": judged}))
        caption = words.told("fallback.judging", holder=holder)
        panel.panel.fallback = html_table(panel.judgements.table, caption)
    panel.panel.told = repr(panel)
    panel.panel.hear = panel.saving(folder)
    return panel


def _question(problem: Problem) -> dict[str, Any]:
    """Return the heads, how many pairs they make, and the scale on which these are judged."""
    tops = problem.tops
    return {
        "items": [
            {"key": top.key, "label": top.label or top.key, "swings": _swings(problem, top)}
            for top in tops
        ],
        "pairs": len(tops) * (len(tops) - 1) // 2,
        "words": [words.told(f"saaty.{word}") for word in WORDS],
        "table": f"{SAATY_1980}, n = {len(tops)}",
        "randomIndex": RANDOM_INDEX[SAATY_1980][len(tops) - 1],
    }


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
    named = criterion.scale.words
    if named:
        ends = {"worst": named[0], "best": named[-1]}
        return [words.told("swing.words", label=criterion.label, **ends)]
    anchors = criterion.scale.anchors
    ends = {"worst": plain(anchors[0]), "best": plain(anchors[-1])}
    return [words.told("swing.numbers", label=criterion.label, unit=criterion.unit, **ends)]
