"""The self-audit: sixty requirements of good practice, each met automatically, attested, explained or open.

The requirements are data (checklist.csv). Where one names a check, the study is asked; where it names evidence of the
toolkit itself, it is attested. What isn't met stays open, unless the log of decisions explains it under its id.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from mcda.problem.screening import dominance, failures
from mcda.report import words
from mcda.report.results import proposed_floors
from mcda.report.study import Study

Found = tuple[bool, str]
FRAME = (
    "question",
    "decision_owner",
    "commissioner",
    "date",
    "scope",
    "exclusions",
    "intended_use",
    "not_intended_use",
)


@dataclass(frozen=True)
class Requirement:
    """A requirement (M must, S should, D differentiator) under one of GAO's characteristics, its state and evidence."""

    id: str
    priority: str
    characteristic: str
    title: str
    state: str
    evidence: str


def audit(study: Study) -> list[Requirement]:
    """Return every requirement with its state for this study: automatic, attested, explained or open."""
    text = (files("mcda.report") / "checklist.csv").read_text(encoding="utf-8")
    explained = {str(entry["subject"]): str(entry["text"]) for entry in study.entries("decisions")}
    found = []
    for row in csv.DictReader(io.StringIO(text)):
        state, evidence = _judged(study, row["check"], row["attestation"])
        if state == "open" and row["id"] in explained:
            state, evidence = "explained", explained[row["id"]]
        found.append(Requirement(row["id"], row["priority"], row["characteristic"], row["title"], state, evidence))
    return found


def _judged(study: Study, name: str, attestation: str) -> tuple[str, str]:
    if not name:
        return ("attested", attestation) if attestation else ("open", "not done by this version")
    met, evidence = CHECKS[name](study)
    return "automatic" if met else "open", evidence


def _frame(study: Study) -> Found:
    empty = [name.replace("_", " ") for name in FRAME if not getattr(study.problem.frame, name)]
    return not empty, f"not said: {words.listed(empty)}" if empty else "section: question and context"


def _baseline(study: Study) -> Found:
    name = study.problem.frame.baseline
    return bool(name), f"baseline {name}" if name else "no option is marked as the baseline"


def _roles(study: Study) -> Found:
    frame = study.problem.frame
    signed = study.status.assurer
    named = bool(frame.commissioner and frame.analyst and signed and signed != frame.analyst)
    return named, "section: assurance statement" if named else "no independent assurer has signed"


def _criteria(study: Study) -> Found:
    bare = [leaf.key for leaf in study.problem.leaves if not (leaf.definition and leaf.unit and leaf.direction)]
    return (
        not bare,
        f"incomplete: {words.listed(bare)}" if bare else f"{len(study.problem.leaves)} leaves, all complete",
    )


def _anchors(study: Study) -> Found:
    return True, "a leaf without fixed anchors is refused when a question is read"


def _left_out(study: Study) -> Found:
    return bool(study.left_out), "section: why the leader leads"


def _floors(study: Study) -> Found:
    floors = proposed_floors(study.problem)
    if not floors:
        return True, "the question proposes no floor"
    return True, words.excluded(study.problem, failures(study.problem, floors))


def _dominance(study: Study) -> Found:
    return True, words.dominance(dominance(study.problem))


def _sourced(study: Study) -> Found:
    return int(study.evidence.coverage["without_source"].sum()) == 0, words.coverage(study.evidence)


def _graded(study: Study) -> Found:
    sources = study.problem.sources.values()
    return bool(sources) and all(one.grade != "ungraded" for one in sources), words.grades(study.problem.sources)


def _logged(name: str) -> Callable[[Study], Found]:
    def check(study: Study) -> Found:
        log = study.logs.get(name)
        if log is None or not log.entries or log.broken_at:
            return False, "its chain is broken" if log and log.broken_at else f"no log of {name} is kept"
        return True, f"{words.counted(len(log.entries), 'entry')}, chain whole"

    return check


def _ai(study: Study) -> Found:
    told = [entry for name in ("data", "decisions") for entry in study.entries(name)
            if str(entry.get("subject", "")).casefold().startswith("ai ")]  # fmt: skip
    return bool(told), "annex: use of AI" if told else "the logs say nothing about it"


def _value_functions(study: Study) -> Found:
    return True, words.scoring(study.problem)


def _swings(study: Study) -> Found:
    met = all(stated.anchors for stated in study.chosen)
    return met, "anchors shown are kept with the weights" if met else "weights were not elicited by swings"


def _weights(study: Study) -> Found:
    met = bool(study.holders) and all(stated.meaning and stated.method for stated in study.chosen)
    return met, f"{words.counted(len(study.chosen), 'holder')}, meaning: {study.chosen[0].meaning}"


def _consistency(study: Study) -> Found:
    told = words.consistency(study.chosen)
    return any(stated.pairwise for stated in study.chosen), told[0]


def _weight_ranges(study: Study) -> Found:
    met = all("weights as stated" in stated.steps for stated in study.chosen)
    return met, "low, mode and high of every weight are kept" if met else "weights are points without ranges"


def _method_choice(study: Study) -> Found:
    told = [entry for entry in study.entries("decisions") if "method" in str(entry["subject"]).casefold()]
    return bool(told), str(told[-1]["text"]) if told else "the log of decisions gives no reason for the method"


def _topsis(study: Study) -> Found:
    return "topsis" in study.methods, "annex: method statement"


def _benchmark(study: Study) -> Found:
    return "additive" in study.methods, "section: results by method"


def _weakest(study: Study) -> Found:
    leader = next(iter(study.leading.values()))[0].leaders[0]
    return True, words.weakest_leaf(study.problem, leader)


def _contributions(study: Study) -> Found:
    return len(study.problem.options) > 1, "section: why the leader leads"


def _bands(study: Study) -> Found:
    rankings = [pair[0] for pairs in study.answers.values() for pair in pairs]
    return True, words.within_band(rankings)


def _individuals(study: Study) -> Found:
    return len(study.holders) > 0, f"{words.counted(len(study.holders), 'holder')}, each kept apart"


def _disagreement(study: Study) -> Found:
    return True, words.whose(study.problem, {holder: pair[0] for holder, pair in study.leading.items()})[0]


def _perspectives(study: Study) -> Found:
    return len(study.holders) > 1, f"{words.counted(len(study.holders), 'holder')} side by side"


def _limits(study: Study) -> Found:
    frame = study.problem.frame
    return bool(frame.intended_use and frame.not_intended_use), "first page: limits"


def _kinds(study: Study) -> Found:
    return True, "letter in a frame at every number; legend under the performance table"


def _signoff(study: Study) -> Found:
    return study.status.state != "draft", study.status.sentence


def _marking(study: Study) -> Found:
    marking = study.problem.frame.marking
    return bool(marking), marking or "the question gives no marking"


def _robust(study: Study) -> Found:
    return bool(study.robust), words.seeded(study.settings.seed, study.settings.draws)


def _challenged(name: str) -> Callable[[Study], Found]:
    """Return a check that a part of the challenge was computed."""

    def check(study: Study) -> Found:
        there = study.found(name) is not None
        return there, f"computed: {name}" if there else "not computed for this report"

    return check


def _signposts(study: Study) -> Found:
    return False, "section: what to watch, with thresholds; no owner is recorded"


def _since(study: Study) -> Found:
    return _logged("changes")(study) if study.since is None else (True, "section: what changed since the last version")


def _challenge_record(study: Study) -> Found:
    logged = [entry for entry in study.entries("decisions") if "challenge" in str(entry["subject"]).casefold()]
    return bool(logged), "annex: decisions" if logged else "no challenge session is recorded"


CHECKS: dict[str, Callable[[Study], Found]] = {
    "frame": _frame, "baseline": _baseline, "roles": _roles, "criteria": _criteria, "anchors": _anchors,
    "left_out": _left_out, "floors": _floors, "dominance": _dominance, "sourced": _sourced, "graded": _graded,
    "assumptions": _logged("assumptions"), "decisions": _logged("decisions"), "changes": _logged("changes"),
    "frozen": _logged("changes"), "ai": _ai, "value_functions": _value_functions, "swings": _swings,
    "weights": _weights, "consistency": _consistency, "weight_ranges": _weight_ranges,
    "method_choice": _method_choice, "topsis": _topsis, "benchmark": _benchmark, "weakest": _weakest,
    "contributions": _contributions, "bands": _bands, "individuals": _individuals, "disagreement": _disagreement,
    "perspectives": _perspectives, "limits": _limits, "kinds": _kinds, "signoff": _signoff, "marking": _marking,
    "draws": _robust, "acceptability": _robust, "switching": _challenged("switching weights"),
    "multiverse": _challenged("multiverse"), "reversal": _challenged("rank reversal"),
    "drivers": _challenged("value of information"), "regret": _challenged("regret"),
    "discovery": _challenged("discovery"), "information": _challenged("value of information"),
    "signposts": _signposts, "since": _since, "challenge_record": _challenge_record,
}  # fmt: skip
