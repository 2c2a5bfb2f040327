"""A study of a question: what was computed, what it was computed from, and its status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mcda.files.question.logs import Log
from mcda.holders.answers import Answer, by_side
from mcda.methods.ranking import Ranking
from mcda.preferences.weighting.stated import Weights
from mcda.problem.model import Problem
from mcda.reporting.language import Grounds, first_places, split_by_method, well_founded
from mcda.reporting.study.analysis import Analysis, Settings
from mcda.reporting.study.hashes import digest
from mcda.reporting.study.origin import Origin
from mcda.reporting.study.sign_off import Status, status
from mcda.uncertainty.smaa.robustness import Robustness


@dataclass(frozen=True, eq=False)
class Study:
    """A question, its holders and the settings of a run, as they were given.

    Its parts follow from them: the analysis holds every result, the origin the inputs with their
    hashes and logs, and the status says who signed. named: the name that the question was made
    under, whatever folder its inputs are in now. since: what changed since an earlier version.
    """

    problem: Problem
    holders: Mapping[str, Weights]
    settings: Settings = field(default_factory=Settings)
    logs: Mapping[str, Log] = field(default_factory=dict)
    folder: Path | None = None
    redactions: tuple[str, ...] = ()
    named: str = ""
    since: Mapping[str, Any] | None = None

    @cached_property
    def analysis(self) -> Analysis:
        """What was computed."""
        return Analysis(self.problem, self.holders, self.settings)

    @cached_property
    def origin(self) -> Origin:
        """What it was computed from."""
        return Origin(self.folder, self.logs)

    @cached_property
    def status(self) -> Status:
        """Draft, assured or approved, by the sign-offs of exactly these inputs and results."""
        return status(
            self.problem.frame,
            self.origin.entries("signoffs"),
            self.origin.inputs_hash,
            digest(self.analysis.results),
        )

    @property
    def name(self) -> str:
        """The name of the question."""
        return self.named or self.problem.name

    @property
    def structure(self) -> str:
        """The structure of the question that is looked at; blank for the question as stated."""
        return self.problem.structure.name if self.problem.structure else ""

    @cached_property
    def package(self) -> str:
        """The package of formulas that the question uses; blank where every cell is judged."""
        for leaf in self.problem.weighed:
            if leaf.measure is not None:
                return ".".join(leaf.measure.__module__.split(".")[:2])
        return ""

    @property
    def grounds(self) -> Grounds:
        """What confidence in the leading method's ranking rests on.

        Each part is taken on the worse side of the floor.
        """
        analysis = self.analysis
        shares = {}
        for holder, robust in analysis.robust.items():
            shares[holder] = min(_leaders_shares(robust, analysis.leading_answers[holder]))
        sides = by_side(self.problem, analysis.distinct_answers).values()
        return Grounds(
            first_places=shares,
            split_by_method=max(len(split_by_method(rankings)) for rankings in sides),
            holders=len(analysis.weights),
            leaders=max(map(_count_leaders, analysis.leading_rankings.values())),
            well_founded=well_founded(self.problem),
            assured=self.status.state != "draft",
        )


def _count_leaders(rankings: Mapping[str, Ranking]) -> int:
    """Return how many different leaders, or sets of equal leaders, holders have."""
    return len({ranking.leaders for ranking in rankings.values()})


def _leaders_shares(robust: Answer[Robustness], leading: Answer[Ranking]) -> list[float]:
    """Return the share of draws, as shown, in which one holder's leader is first, on each side."""
    shares = []
    for side in ("without", "behind"):
        indices = robust.on(side)
        ranking = leading.on(side)
        if indices is not None and ranking is not None:
            shares.append(float(first_places(indices)[list(ranking.leaders)].max()))
    return shares
