"""What was computed of a question for a report, from the settings of a run.

Each result is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any, TypeVar

import pandas as pd

from mcda.checks.faults import Fault, InputError, NotApplicable, refuse
from mcda.checks.of_many import SHOWN, first_of_many, foremost, tried
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
from mcda.portfolios.packages import Packages, packages
from mcda.preferences.weighting.stated import Weights, equal_weights, over_leaves
from mcda.problem.evidence_check import Check, check
from mcda.problem.model import Problem
from mcda.problem.screening import Floors
from mcda.reporting.language import told, usual
from mcda.reporting.study.answer_tables import answer_record
from mcda.reporting.study.finding import Finding, finding
from mcda.reporting.study.recorded_results import (
    recorded_bills,
    recorded_indices,
    recorded_packages,
    recorded_prices,
    recorded_shape,
)
from mcda.sensitivity.challenge import (
    Challenge,
    ChallengeParts,
    Outcome,
    challenge_parts,
    has_failed,
)
from mcda.sensitivity.comparison.run import Run
from mcda.sensitivity.events.consequences import (
    Consequences,
    consequences,
    missing_for_bills,
)
from mcda.sensitivity.smallest_change.certificate import Fragility, fragility
from mcda.sensitivity.structure.audit import DRAWN, StructureAudit, structure_audit
from mcda.sensitivity.switching.floor_curve import FloorCurve, floor_curve
from mcda.sensitivity.switching.switching_scores import SwitchingEstimates, switching_estimates
from mcda.sentences.catalogue import ENGLISH
from mcda.uncertainty.counting.second_process import shared
from mcda.uncertainty.draws.draws import Draws, sample
from mcda.uncertainty.smaa.robustness import Robustness, robustness_on_sides

# results that take long, in the order in which they are shared out: what reads the draws that were
# made here comes first, and the last ones are for the other process
FIRST = ("over_draws", "evidence")
LAST = ("without_criterion", "shape", "consequences", "floor_curves", "advocates", "prices")
MOST_TRIED = 2_000  # draws of the parts of a challenge that rank anew for every draw
Found = TypeVar("Found")


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
    language: str = ENGLISH


@dataclass(frozen=True, eq=False)
class Analysis:
    """A question, its holders, the settings of a run, and every result that a report needs."""

    problem: Problem
    holders: Mapping[str, Weights]
    settings: Settings = field(default_factory=Settings)

    @cached_property
    def weights(self) -> list[Weights]:
        """The holders' weights; equal ones, shown as nobody's, where there are no holders."""
        return list(self.holders.values()) or [equal_weights(self.problem)]

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods of the run, the leading one among them."""
        return tuple(dict.fromkeys((*self.settings.methods, self.settings.method)))

    @property
    def _leading_index(self) -> int:
        """The position of the leading method among those of the run."""
        return self.methods.index(self.settings.method)

    @cached_property
    def answers(self) -> Answers:
        """Both answers, without the floor and with it, of every method for every holder."""
        return every_answer(self.problem, self.weights, self.methods, order=self.settings.p)

    @cached_property
    def distinct_answers(self) -> Answers:
        """The answers that are counted and tabled.

        They are those by methods that give a holder an answer of its own.
        """
        return distinct(self.answers, self._leading_index)

    @cached_property
    def leading_answers(self) -> dict[str, Answer[Ranking]]:
        """The answer of the leading method, by holder."""
        return {holder: answers[self._leading_index] for holder, answers in self.answers.items()}

    @cached_property
    def finding(self) -> Finding:
        """The finding of all rankings, in sentences."""
        return finding(self.problem, self.answers, self._leading_index)

    @cached_property
    def evidence(self) -> Check:
        """The state of the evidence."""
        return check(self.problem)

    @cached_property
    def without_criterion(self) -> dict[str, dict[str, Ranking]]:
        """The leading method's rankings with one criterion left out, by its key and by holder.

        Each criterion at the top is left out in turn.
        """
        if len(self.problem.leaves) < 2:
            return {}
        over = [over_leaves(self.problem, stated) for stated in self.weights]
        return {top.key: self._rankings_without(top.key, over) for top in self.problem.tops}

    def _rankings_without(self, key: str, over: Sequence[Weights]) -> dict[str, Ranking]:
        """Return the ranking of every holder when a criterion counts for nothing.

        Only holders for whom something else counts have one.
        """
        rankings = {}
        for stated in over:
            stays = [key not in (leaf, self.problem.top(leaf)) for leaf in stated.raw.index]
            raw = stated.raw.where(stays, 0.0)
            if (raw > 0).any():
                less = replace(stated, raw=raw, pairwise=None, space=None)
                rankings[stated.holder] = rank(
                    self.problem, less, self.settings.method, p=self.settings.p
                )
        return rankings

    @cached_property
    def shape(self) -> StructureAudit | None:
        """What the shape of the question decides, at the best estimates.

        It rests on as many sets of weights as there are draws for a holder, so that `mcda
        structure` tells the same shares. None where there is one option or one measure: then
        nothing is weighed.
        """
        if len(self.problem.options) < 2 or len(self.problem.weighed) < 2:
            return None
        return structure_audit(
            self.problem, self._weights_by_holder, n=self._number, seed=self._seed
        )

    @cached_property
    def consequences(self) -> Consequences | None:
        """What events may cost under each option, for all holders.

        None where the question states no events of which bills can be made.
        """
        if missing_for_bills(self.problem) is not None:
            return None
        return consequences(self.problem, self._weights_by_holder, n=self._number, seed=self._seed)

    @cached_property
    def packages(self) -> Packages | None:
        """The packages of the question's parts that no other beats, at the best estimates.

        None where the question states no parts, or no quantity of which it says what is better.
        """
        parts = self.problem.parts
        if parts is None or not any(quantity.direction for quantity in parts.quantities):
            return None
        return packages(self.problem)

    @property
    def _weights_by_holder(self) -> dict[str, Weights]:
        return {stated.holder: stated for stated in self.weights}

    @property
    def _number(self) -> int:
        """How often that is drawn which a report without draws of the facts draws as well."""
        return self.settings.draws or DRAWN

    @property
    def _seed(self) -> int:
        return self.settings.seed or 0

    @cached_property
    def reference(self) -> Weights:
        """The holder whose results are shown.

        It is the first with the usual leaders of the leading method on both sides of the floor.
        Where nobody has them on both, it is the first with those that most have without it.
        """
        sides = list(self.leading_rankings.values())
        for wanted in (sides, sides[:1]):
            for stated in self.weights:
                if all(rankings[stated.holder].leaders == usual(rankings) for rankings in wanted):
                    return stated
        return self.weights[0]

    @cached_property
    def floor_curves(self) -> dict[str, FloorCurve]:
        """Who leads as the first proposed floor gets stricter, for the holders tried.

        It is empty where none is proposed, or where no option passes.
        """
        if not any(each.behind for each in self.leading_answers.values()):
            return {}
        holders = self.tried_holders or {stated.holder: stated for stated in self.weights}
        return {
            holder: floor_curve(self.problem, stated, self.settings.method, p=self.settings.p)
            for holder, stated in holders.items()
        }

    @cached_property
    def weighted_sum(self) -> Answer[Ranking]:
        """The answer of the reference holder by the weighted sum.

        It can be taken apart by trade-offs.
        """
        leading = self.leading_answers[self.reference.holder]
        if leading.without.form == WEIGHTED_SUM:
            return leading
        return answer(self.problem, self.reference, "additive")

    @property
    def sides(self) -> dict[str, bool]:
        """Whether floors apply, by the name of each side that has a ranking.

        The sides are without the floor, and behind it.
        """
        return {side: side == "behind" for side in by_side(self.problem, self.answers)}

    @property
    def leading_rankings(self) -> dict[str, dict[str, Ranking]]:
        """The leading method's rankings by holder, by each side's name in words."""
        sides = {}
        for side, rankings in by_side(self.problem, self.answers).items():
            leading = {holder: each[self._leading_index] for holder, each in rankings.items()}
            sides[told(f"leads.{side}")] = leading
        return sides

    @property
    def tried_holders(self) -> dict[str, Weights]:
        """The holders for each of whom searches of its own are run: all of few, the first of many."""
        return first_of_many(self.holders)

    @cached_property
    def shown(self) -> Problem:
        """The question with the options that tables and pictures have: of very many the best.

        The best are those with the best rank by the leading method for any of the holders tried.
        """
        best = foremost(self._best_ranks("without").to_numpy(), SHOWN)
        return self.problem.keep(self.problem.options.index[best])

    def tried_options(self, side: str) -> list[str]:
        """Return the options that are tried one by one on a side: all of few, the best of many.

        They have the best ranks, as those that are shown.
        """
        best = self._best_ranks(side)
        return [str(option) for option in best.index[tried(best.to_numpy())]]

    def _best_ranks(self, side: str) -> pd.Series:
        """Return the best rank of each option on a side for any of the holders tried."""
        answers = [self.leading_answers[one] for one in self.tried_holders or self.leading_answers]
        rankings = [each.on(side) for each in answers]
        ranks = pd.DataFrame([ranking.table["rank"] for ranking in rankings if ranking is not None])
        return ranks.min().reindex(self.problem.options.index).dropna()

    @property
    def _priced_method(self) -> str:
        """The leading method; the additive model where that has no exact price of agreement."""
        exact = self.settings.method in PRICED and not self.problem.has_chances
        return self.settings.method if exact else "additive"

    @property
    def _has_agreement(self) -> bool:
        """Whether there are holders, and options to agree on."""
        return bool(self.holders) and len(self.problem.options) > 1

    @cached_property
    def prices(self) -> dict[str, Prices]:
        """What agreement would cost the holders by the method that leads the report, by side.

        It is empty without holders. By the additive model where that method has no exact answer.
        """
        if not self._has_agreement:
            return {}
        return self._by_side(price_of_agreement, self.tried_holders)

    @cached_property
    def advocates(self) -> dict[str, Advocacy]:
        """What an advocate could claim by the same method, by side.

        It is empty where holders state no ranges.
        """
        if not self._has_agreement:
            return {}
        try:
            return self._by_side(advocate_test, self.holders)
        except NotApplicable:
            return {}

    def _by_side(
        self, search: Callable[..., Found], holders: Mapping[str, Weights]
    ) -> dict[str, Found]:
        """Return what a search over the weights of holders finds, by side."""
        return {
            side: search(
                self.problem,
                holders,
                self._priced_method,
                floors=floors or None,
                p=self.settings.p,
                options=self.tried_options(side),
            )
            for side, floors in self.sides.items()
        }

    @cached_property
    def draws(self) -> Draws | None:
        """The draws of the evidence; None for a report at the best estimates, or of one option."""
        if not self.settings.draws or len(self.problem.options) < 2:
            return None
        if self.settings.seed is None:
            way_out = "give one: any whole number of at least 0"
            raise InputError(Fault("draws", "a seed with them", "none", way_out))
        return sample(self.problem, n=self.settings.draws, seed=self.settings.seed)

    @cached_property
    def over_draws(self) -> dict[str, Answer[Robustness]]:
        """The leading method's ranking over the draws, by holder.

        There is a result without the floor and one with it.
        """
        if self.draws is None:
            return {}
        by_holder = {stated.holder: stated for stated in self.weights}
        floors: list[Floors] = [None]
        if any(each.behind for each in self.leading_answers.values()):
            floors.append(True)
        sides = robustness_on_sides(
            self.draws, by_holder, self.settings.method, floors, p=self.settings.p
        )
        answers = {}
        for holder in by_holder:
            answers[holder] = Answer(*(side[holder] for side in sides))
        return answers

    @cached_property
    def robust(self) -> dict[str, Answer[Robustness]]:
        """The leading method's ranking over the draws, by holder.

        Only holders for whom something was drawn are included.
        """
        varied = {}
        for holder, each in self.over_draws.items():
            if each.without.drawn:
                behind = each.behind if each.behind is not None and each.behind.drawn else None
                varied[holder] = Answer(each.without, behind)
        return varied

    def robust_on(self, side: str) -> dict[str, Robustness]:
        """Return the same on one side of the floor, of those holders who have it."""
        sides = {holder: each.on(side) for holder, each in self.robust.items()}
        return {holder: each for holder, each in sides.items() if each is not None}

    @cached_property
    def challenge(self) -> Challenge | None:
        """What would change the answer of the reference holder without a floor; None without draws.

        Raises InputError that names each part that failed: a report without it would say that there
        is nothing.
        """
        parts = self._challenge_parts
        if parts is None:
            return None
        results = parts.together(self._outcomes)
        refuse(results.faults)
        return results

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        """How each part of the challenge ended."""
        parts = self._challenge_parts
        return {name: job() for name, job in parts.jobs.items()} if parts else {}

    @cached_property
    def _challenge_parts(self) -> ChallengeParts | None:
        """The parts of the challenge; None without draws."""
        if self.draws is None:
            return None
        run = Run(self.problem, self.reference, self.settings.method, None, self.settings.p)
        holders = self.tried_holders or None
        return challenge_parts(run, self.settings.draws, self._seed, holders, MOST_TRIED)

    def challenge_result(self, name: str) -> Any:
        """Return one result of the challenge by its name; None where it wasn't computed."""
        return self.challenge.results.get(name) if self.challenge else None

    @cached_property
    def handovers(self) -> dict[str, Fragility]:
        """The smallest change after which the reference holder has another leader, by side.

        It is empty where it wasn't computed.
        """
        without = self.challenge_result("smallest change")
        if without is None:
            return {}
        smallest = {}
        for side, floors in self.sides.items():
            smallest[side] = self._handover_behind() if floors else without
        return smallest

    def _handover_behind(self) -> Fragility:
        return fragility(
            self.problem, self.reference, self.settings.method, p=self.settings.p, floors=True
        )

    @cached_property
    def signposts(self) -> dict[str, SwitchingEstimates]:
        """Where each number, moved alone, changes who leads for the reference holder, by side.

        It is empty without draws.
        """
        if self.draws is None:
            return {}
        without = self.challenge_result("switching estimates")
        switching = {}
        for side, floors in self.sides.items():
            switching[side] = self._switching(floors) if floors or not without else without
        return switching

    def _switching(self, floors: bool) -> SwitchingEstimates:
        return switching_estimates(
            self.problem,
            self.reference,
            self.settings.method,
            p=self.settings.p,
            floors=floors or None,
        )

    def compute(self, executor: Executor | None) -> None:
        """Compute what takes long, in two processes if there is another one."""
        if executor is None:  # each result is computed where it is read
            return
        _ = self.reference  # with all answers, which every job reads
        parts = self._challenge_parts
        asked = dict(parts.jobs) if parts else {}
        jobs: dict[str, Callable[[], Any]] = {name: partial(getattr, self, name) for name in FIRST}
        jobs |= {name: asked[name] for name in reversed(asked)}  # the last one reads all draws
        jobs |= {name: partial(getattr, self, name) for name in LAST}
        found = shared(jobs, executor, has_failed)
        vars(self)["_outcomes"] = {name: found.pop(name) for name in asked}
        vars(self).update(found)  # where each is kept once it is computed

    @cached_property
    def results(self) -> dict[str, Any]:
        """Every number of the analysis as plain data at full precision.

        A manifest keeps them, and `verify` checks them. Of very many holders they are those of the
        first; the tables beside the report have all.
        """
        kept = first_of_many(self.answers)
        rankings = [answer_record(each) for each in chain.from_iterable(kept.values())]
        indices = {}
        for holder, each in first_of_many(self.over_draws).items():
            behind = recorded_indices(each.behind) if each.behind else None
            indices[holder] = [recorded_indices(each.without), behind]
        performance = {
            str(key): column.to_dict() for key, column in self.problem.performance.items()
        }
        events = {"consequences": recorded_bills(self.consequences)} if self.consequences else {}
        if self.packages:
            events["packages"] = recorded_packages(self.packages)
        return {
            "rankings": rankings,
            "robustness": indices,
            "agreement": {side: recorded_prices(prices) for side, prices in self.prices.items()},
            "shape": recorded_shape(self.shape) if self.shape else {},
            "challenge": dict(self.challenge.findings) if self.challenge else {},
            "performance": performance,
            **events,
        }
