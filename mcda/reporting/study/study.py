"""A study of a question: the settings of a run, and every result that its report needs.

Each result is computed once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd

from mcda.checks.faults import Fault, InputError, NotApplicable, refuse
from mcda.checks.of_many import SHOWN, TRIED, foremost, tried
from mcda.files.question.logs import Log
from mcda.holders.advocate_test import Advocacy, advocate_test
from mcda.holders.answers import (
    METHODS,
    Answer,
    Answers,
    answer,
    by_side,
    distinct,
    every_answer,
)
from mcda.holders.price_of_agreement import METHODS as PRICED
from mcda.holders.price_of_agreement import Prices, price_of_agreement
from mcda.methods.method import WEIGHTED_SUM
from mcda.methods.ranking import Ranking, rank
from mcda.preferences.weighting.stated import Weights, equal_weights, over_leaves
from mcda.problem.evidence_check import Check, check
from mcda.problem.model import Problem
from mcda.reporting.language import (
    Grounds,
    first_places,
    split_by_method,
    told,
    usual,
    well_founded,
)
from mcda.reporting.panels.explorer import METHODS as explored
from mcda.reporting.panels.explorer import Explorer, explore
from mcda.reporting.study.answer_tables import answer_record, narrowed
from mcda.reporting.study.finding import Finding, finding
from mcda.reporting.study.hashes import digest, hashed_inputs
from mcda.reporting.study.plain_data import plain, records
from mcda.reporting.study.sign_off import Status, status
from mcda.sensitivity.challenge import Challenge, challenge
from mcda.sensitivity.smallest_change.certificate import Fragility, fragility
from mcda.sensitivity.structure.audit import StructureAudit, structure_audit
from mcda.sensitivity.switching.switching_scores import SwitchingEstimates, switching_estimates
from mcda.uncertainty.draws.draws import Draws, sample
from mcda.uncertainty.smaa.robustness import Robustness, robustness

WEIGHTS = 200_000  # sets of weights that show what the shape of the question decides
MOST_TRIED = 2_000  # draws of the parts of a challenge that rank anew for every draw


@dataclass(frozen=True)
class Settings:
    """How a run was made.

    These are the method that leads the report, those beside it, draws with their seed, exponent and
    scale. draws: 0 for a report at the best estimates alone. scale: the words for likelihoods,
    "icd203" or "phia".
    """

    method: str = "topsis"
    methods: tuple[str, ...] = METHODS
    draws: int = 0
    seed: int | None = None
    p: float = 2.0
    scale: str = "icd203"
    language: str = "en"


@dataclass(frozen=True, eq=False)
class Study:
    """A question, its holders, the settings of a run, the logs kept with it, and its results."""

    problem: Problem
    holders: Mapping[str, Weights]
    settings: Settings = field(default_factory=Settings)
    logs: Mapping[str, Log] = field(default_factory=dict)
    folder: Path | None = None
    redactions: tuple[str, ...] = ()
    named: str = ""
    since: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """The name of the question.

        It is the name it was made under, whatever folder its inputs are in now.
        """
        return self.named or self.problem.name

    @cached_property
    def package(self) -> str:
        """The package of formulas that the question uses; blank where every cell is judged."""
        measures = [leaf.measure for leaf in self.problem.weighed]
        modules = [measure.__module__ for measure in measures if measure is not None]
        return ".".join(modules[0].split(".")[:2]) if modules else ""

    @cached_property
    def chosen(self) -> list[Weights]:
        """The holders' weights; equal ones, shown as nobody's, where there are no holders."""
        return list(self.holders.values()) or [equal_weights(self.problem)]

    @cached_property
    def answers(self) -> Answers:
        """Both answers, without the floor and with it, of every method for every holder."""
        return every_answer(self.problem, self.chosen, self.methods, p=self.settings.p)

    @cached_property
    def counted(self) -> Answers:
        """The answers that are counted and tabled.

        They are those by methods that give a holder an answer of its own.
        """
        return distinct(self.answers, self._at)

    @cached_property
    def finding(self) -> Finding:
        """The finding of all rankings, in sentences."""
        return finding(self.problem, self.answers, self._at)

    @property
    def _at(self) -> int:
        """The place of the leading method among those of the run."""
        return self.methods.index(self.settings.method)

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of the run, the leading one among them."""
        return tuple(dict.fromkeys((*self.settings.methods, self.settings.method)))

    @cached_property
    def evidence(self) -> Check:
        """The state of the evidence."""
        return check(self.problem)

    @cached_property
    def leading(self) -> dict[str, Answer[Ranking]]:
        """The answer of the leading method, by holder."""
        return {holder: answers[self._at] for holder, answers in self.answers.items()}

    @cached_property
    def left_out(self) -> dict[str, dict[str, Ranking]]:
        """The leading method's rankings with one criterion left out, by its key and by holder.

        Each criterion at the top is left out in turn.
        """
        spread = [over_leaves(self.problem, stated) for stated in self.chosen]
        keys = [criterion.key for criterion in self.problem.criteria if not criterion.parent]
        keys = keys if len(self.problem.leaves) > 1 else []
        return {key: self._ranked_without(key, spread) for key in keys}

    def _ranked_without(self, key: str, spread: Sequence[Weights]) -> dict[str, Ranking]:
        """Return the ranking of every holder when a criterion counts for nothing.

        Only holders for whom something else counts have one.
        """
        ranked = {}
        for stated in spread:
            raw = stated.raw.where(
                [key not in (leaf, self.problem.top(leaf)) for leaf in stated.raw.index], 0.0
            )
            if (raw > 0).any():
                less = replace(stated, raw=raw, pairwise=None)
                ranked[stated.holder] = rank(
                    self.problem, less, self.settings.method, p=self.settings.p
                )
        return ranked

    @cached_property
    def shape(self) -> StructureAudit | None:
        """What the shape of the question decides, at the best estimates.

        None where there is one option or one measure: then nothing is weighed.
        """
        if len(self.problem.options) < 2 or len(self.problem.weighed) < 2:
            return None
        whose = {stated.holder: stated for stated in self.chosen}
        return structure_audit(self.problem, whose, n=WEIGHTS, seed=self.settings.seed or 0)

    @cached_property
    def reference(self) -> Weights:
        """The holder whose results are shown.

        It is the first with the usual leaders of the leading method on both sides of the floor.
        Where nobody has them on both, it is the first with those that most have without it.
        """
        sides = list(self.told_sides.values())
        for wanted in (sides, sides[:1]):
            for stated in self.chosen:
                if all(held[stated.holder].leaders == usual(held) for held in wanted):
                    return stated
        return self.chosen[0]

    @cached_property
    def weighted_sum(self) -> Answer[Ranking]:
        """The answer of the reference holder by the weighted sum.

        It can be taken apart by trade-offs.
        """
        leading = self.leading[self.reference.holder]
        if leading.without.form == WEIGHTED_SUM:
            return leading
        return answer(self.problem, self.reference, "additive")

    @property
    def sides(self) -> dict[str, bool]:
        """The floors that apply, by the name of each side that has a ranking.

        The sides are without the floor, and behind it.
        """
        return {side: side == "behind" for side in by_side(self.problem, self.answers)}

    @property
    def told_sides(self) -> dict[str, dict[str, Ranking]]:
        """The leading method's rankings by holder, by each side's name in words."""
        sides = {}
        for side, held in by_side(self.problem, self.answers).items():
            leading = {holder: rankings[self._at] for holder, rankings in held.items()}
            sides[told(f"leads.{side}")] = leading
        return sides

    @property
    def tried_holders(self) -> dict[str, Weights]:
        """The holders for each of whom searches of its own are run: all of few, the first of many."""
        return dict(list(self.holders.items())[: TRIED if len(self.holders) > SHOWN else None])

    @cached_property
    def shown(self) -> Problem:
        """The question with the options that tables and pictures have: of very many the best.

        The best are those with the best rank by the leading method for any of the holders tried.
        """
        best = foremost(self._best_ranks("without").to_numpy(), SHOWN)
        return self.problem.keep(self.problem.options.index[best])

    def _best_ranks(self, side: str) -> pd.Series:
        """Return the best rank of each option on a side for any of the holders tried."""
        whose = self.tried_holders or self.leading
        held = [self.leading[holder].on(side) for holder in whose]
        ranks = pd.DataFrame([one.table["rank"] for one in held if one is not None])
        return ranks.min().reindex(self.problem.options.index).dropna()

    def tried_options(self, side: str) -> list[str]:
        """Return the options that are tried one by one on a side: all of few, the best of many.

        They have the best ranks, as those that are shown.
        """
        best = self._best_ranks(side)
        return [str(option) for option in best.index[tried(best.to_numpy())]]

    @cached_property
    def prices(self) -> dict[str, Prices]:
        """What agreement would cost the holders by the method that leads the report, by side.

        It is empty without holders, and where an option may fail to come about. By the additive
        model where that method has no exact answer.
        """
        if not self.holders or len(self.problem.options) < 2 or self.problem.has_chances:
            return {}
        method = self.settings.method if self.settings.method in PRICED else "additive"
        return {
            side: price_of_agreement(
                self.problem,
                self.tried_holders,
                method,
                floors=floors or None,
                p=self.settings.p,
                options=self.tried_options(side),
            )
            for side, floors in self.sides.items()
        }

    @cached_property
    def advocates(self) -> dict[str, Advocacy]:
        """What an advocate could claim by the same method, by side.

        It is empty where holders state no ranges.
        """
        method = self.settings.method if self.settings.method in PRICED else "additive"
        try:
            return {
                side: advocate_test(
                    self.problem,
                    self.holders,
                    method,
                    floors=floors or None,
                    p=self.settings.p,
                    options=self.tried_options(side),
                )
                for side, floors in self.sides.items()
                if self.prices
            }
        except NotApplicable:
            return {}

    @cached_property
    def draws(self) -> Draws | None:
        """The draws of the evidence; None for a report at the best estimates, or of one option."""
        wanted = self.settings.draws if len(self.problem.options) > 1 else 0
        if wanted and self.settings.seed is None:
            raise InputError(
                Fault(
                    "draws", "a seed with them", "none", "give one: any whole number of at least 0"
                )
            )
        return sample(self.problem, n=wanted, seed=self.settings.seed or 0) if wanted else None

    @cached_property
    def robust(self) -> dict[str, Answer[Robustness]]:
        """The leading method's ranking over the draws, by holder.

        Only holders for whom something was drawn are included.
        """
        drawn = {}
        for holder, each in self.over_draws.items():
            if each.without.drawn:
                behind = each.behind if each.behind is not None and each.behind.drawn else None
                drawn[holder] = Answer(each.without, behind)
        return drawn

    def robust_on(self, side: str) -> dict[str, Robustness]:
        """Return the same on one side of the floor, of those holders who have it."""
        found = {holder: each.on(side) for holder, each in self.robust.items()}
        return {holder: one for holder, one in found.items() if one is not None}

    @cached_property
    def over_draws(self) -> dict[str, Answer[Robustness]]:
        """The leading method's ranking over the draws, by holder.

        There is a result without the floor and one with it.
        """
        if self.draws is None:
            return {}
        asked: Any = {
            "weights": {stated.holder: stated for stated in self.chosen},
            "method": self.settings.method,
        }
        without = robustness(self.draws, **asked, p=self.settings.p)
        screened: dict[str, Robustness] = {}
        if any(each.behind for each in self.leading.values()):
            screened = robustness(self.draws, **asked, p=self.settings.p, floors=True)
        return {holder: Answer(found, screened.get(holder)) for holder, found in without.items()}

    @cached_property
    def challenged(self) -> Challenge | None:
        """What would change the answer of the reference holder without a floor; None without draws.

        Raises InputError that names each part that failed: a report without it would say that there
        is nothing.
        """
        if self.draws is None:
            return None
        found = challenge(
            self.problem,
            self.reference,
            self.settings.method,
            n=self.settings.draws,
            seed=self.settings.seed or 0,
            holders=self.tried_holders or None,
            p=self.settings.p,
            tried=MOST_TRIED,
        )
        refuse(found.faults)
        return found

    def found(self, name: str) -> Any:
        """Return one result of the challenge by its name; None where it wasn't computed."""
        return self.challenged.results.get(name) if self.challenged else None

    @cached_property
    def handovers(self) -> dict[str, Fragility]:
        """The smallest change after which the reference holder has another leader, by side.

        It is empty where it wasn't computed.
        """
        computed = self.found("smallest change")
        asked: Any = {"method": self.settings.method, "p": self.settings.p}
        return {
            side: fragility(self.problem, self.reference, **asked, floors=True)
            if floors
            else computed
            for side, floors in self.sides.items()
            if computed
        }

    @cached_property
    def signposts(self) -> dict[str, SwitchingEstimates]:
        """Where each number, moved alone, changes who leads for the reference holder, by side.

        It is empty without draws.
        """
        if self.draws is None:
            return {}
        asked: Any = {"method": self.settings.method, "p": self.settings.p}
        computed = self.found("switching estimates")
        return {
            side: computed
            if computed and not floors
            else switching_estimates(self.problem, self.reference, **asked, floors=floors or None)
            for side, floors in self.sides.items()
        }

    @property
    def explorer(self) -> Explorer | None:
        """The weight explorer of the question as it starts.

        It shows the reference holder, and the leading method if it has it. There is none where an
        option may fail to come about.
        """
        if self.problem.has_chances:
            return None
        method = self.settings.method if self.settings.method in explored else "additive"
        shown = {stated.holder: stated for stated in (self.reference, *self.chosen)}
        return explore(self.problem, shown, method=method, p=self.settings.p)

    def entries(self, log: str) -> tuple[Mapping[str, Any], ...]:
        """Return the entries of a log; none where it isn't kept."""
        return self.logs[log].entries if log in self.logs else ()

    @cached_property
    def status(self) -> Status:
        """Draft, assured or approved, by the sign-offs of exactly these inputs and results."""
        return status(
            self.problem.frame, self.entries("signoffs"), self.inputs_hash, digest(self.results())
        )

    @cached_property
    def inputs(self) -> dict[str, dict[str, Any]]:
        """The files that the question was read from, with their hashes.

        There are none for a question made in memory.
        """
        return hashed_inputs(self.folder) if self.folder else {}

    @property
    def inputs_hash(self) -> str:
        """One hash over all inputs."""
        return digest(self.inputs)

    @property
    def grounds(self) -> Grounds:
        """What confidence in the leading method's ranking rests on.

        Each part is taken on the worse side of the floor.
        """
        places = {}
        for holder, found in self.robust.items():
            places[holder] = min(_first_places(found, self.leading[holder]))
        counted = by_side(self.problem, self.counted).values()
        return Grounds(
            first_places=places,
            split_by_method=max(len(split_by_method(held)) for held in counted),
            holders=len(self.chosen),
            leaders=max(_different_leaders(held) for held in self.told_sides.values()),
            well_founded=well_founded(self.problem),
            assured=self.status.state != "draft",
        )

    def results(self) -> dict[str, Any]:
        """Return every number of the study as plain data at full precision.

        A manifest keeps them, and `verify` checks them.
        """
        rankings = [answer_record(each) for each in chain.from_iterable(self.answers.values())]
        robustness = {}
        for holder, each in self.over_draws.items():
            behind = _indices(each.behind) if each.behind else None
            robustness[holder] = [_indices(each.without), behind]
        return {
            "rankings": rankings,
            "robustness": robustness,
            "agreement": {side: _prices(found) for side, found in self.prices.items()},
            "shape": _shape(self.shape) if self.shape else {},
            "challenge": dict(self.challenged.findings) if self.challenged else {},
            "performance": {
                str(key): column.to_dict() for key, column in self.problem.performance.items()
            },
        }


def _different_leaders(rankings: Mapping[str, Ranking]) -> int:
    return len({ranking.leaders for ranking in rankings.values()})


def _first_places(robust: Answer[Robustness], leading: Answer[Ranking]) -> list[float]:
    """Return the share of draws, as shown, in which one holder's leader is first, on each side."""
    shares = []
    for side in ("without", "behind"):
        found = robust.on(side)
        ranking = leading.on(side)
        if found is not None and ranking is not None:
            shares.append(float(first_places(found)[list(ranking.leaders)].max()))
    return shares


def _indices(found: Robustness) -> dict[str, Any]:
    """Return the indices as plain data at full precision."""
    tables = ("rank_acceptability", "pairwise_winning", "rank_intervals", "confidence_factors")
    return {
        **{name: plain(_held(found, name)) for name in tables},
        "draws": int(found.draws),
        "drawn": list(found.drawn),
        "held": dict(found.held_because),
    }


def _held(found: Robustness, name: str) -> pd.DataFrame | None:
    table: pd.DataFrame | None = getattr(found, name)
    return None if table is None else narrowed(name, table)


def _shape(found: StructureAudit) -> dict[str, Any]:
    """Return the tables of the audit of the structure as plain data; the lead in its two parts."""
    tables = ("weights", "leads", "positions", "pairs", "prices", "structures", "flags")
    made = {name: records(getattr(found, name), labels=False) for name in (*tables, "lead_parts")}
    return {**made, "weights drawn": found.draws, "priced in": found.priced_in}


def _prices(found: Prices) -> dict[str, Any]:
    """Return every price by holder and option; what no weights bring about is null."""
    prices: dict[str, Any] = plain(found.table["without limit"].unstack("option"))
    return prices
