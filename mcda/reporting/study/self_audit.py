"""The self-audit: sixty requirements of good practice.

Each is met automatically, attested, explained or open. The requirements are data (checklist.csv),
and their words are in the catalogue. Where one names a check, the study is asked; where it is a
property of the toolkit itself, it is attested. What isn't met stays open, unless the log of
decisions explains it under its id.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from mcda.preferences.weighting.stated import STATED
from mcda.problem.screening import dominance, failures, proposed_floors
from mcda.reporting import language as words
from mcda.reporting.study.study import Study

Found = tuple[bool, str]
OF_TOOLKIT = ("", "attested", "signposts")  # checks that say the same of every question
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
    """A requirement under one of GAO's characteristics, with its state and evidence.

    The priority is M (must), S (should) or D (differentiator). of_toolkit: whether it is asked of
    the toolkit, whatever the question, so that no author of a question can meet it.
    """

    id: str
    priority: str
    characteristic: str
    title: str
    state: str
    evidence: str
    of_toolkit: bool = False


def audit(study: Study) -> list[Requirement]:
    """Return every requirement with its state for this study.

    The state is automatic, attested, explained or open.
    """
    text = (files("mcda.reporting.study") / "checklist.csv").read_text(encoding="utf-8")
    explained = {
        str(entry["subject"]): str(entry["text"]) for entry in study.origin.entries("decisions")
    }
    requirements = []
    for row in csv.DictReader(io.StringIO(text)):
        state, evidence = _judged(study, row["id"], row["check"])
        if state == "open" and row["id"] in explained:
            state = "explained"
            evidence = explained[row["id"]]
        title = words.told(f"requirement.{row['id']}")
        about = (row["id"], row["priority"], row["characteristic"], title, state, evidence)
        requirements.append(Requirement(*about, of_toolkit=row["check"] in OF_TOOLKIT))
    return requirements


def _judged(study: Study, requirement: str, check: str) -> tuple[str, str]:
    if check == "attested":
        return check, words.told(f"attestation.{requirement}")
    met, evidence = CHECKS[check](study) if check else _judgement("done", False)
    return "automatic" if met else "open", evidence


def _judgement(check: str, met: bool, /, **fields: object) -> Found:
    """Return whether a requirement is met, with the sentence that says so or what is amiss."""
    key = f"audit.{check}" if met else f"audit.{check}_open"
    return met, words.told(key, **fields)


def _frame(study: Study) -> Found:
    empty = [name.replace("_", " ") for name in FRAME if not getattr(study.problem.frame, name)]
    return _judgement("frame", not empty, names=words.listed(empty))


def _baseline(study: Study) -> Found:
    name = study.problem.frame.baseline
    return _judgement("baseline", bool(name), option=name)


def _roles(study: Study) -> Found:
    frame = study.problem.frame
    signed = study.status.assurer or frame.assurer
    named = bool(frame.commissioner and frame.analyst and signed and signed != frame.analyst)
    return _judgement("roles", named)


def _criteria(study: Study) -> Found:
    bare = [
        leaf.key
        for leaf in study.problem.weighed
        if not (leaf.definition and leaf.unit and leaf.direction)
    ]
    return _judgement(
        "criteria", not bare, count=len(study.problem.weighed), names=words.listed(bare)
    )


def _anchors(study: Study) -> Found:
    return _judgement("anchors", True)


def _left_out(study: Study) -> Found:
    return bool(study.analysis.without_criterion), words.told("audit.why")


def _floors(study: Study) -> Found:
    floors = proposed_floors(study.problem)
    if not floors:
        return _judgement("floors", True)
    return True, words.excluded(study.problem, failures(study.problem, floors))


def _dominance(study: Study) -> Found:
    return True, words.dominance(dominance(study.problem))


def _sourced(study: Study) -> Found:
    return int(study.analysis.evidence.coverage["without_source"].sum()) == 0, words.coverage(
        study.analysis.evidence
    )


def _graded(study: Study) -> Found:
    sources = study.problem.sources.values()
    return bool(sources) and all(source.grade != "ungraded" for source in sources), words.grades(
        study.problem.sources
    )


def _logged(name: str) -> Callable[[Study], Found]:
    def check(study: Study) -> Found:
        log = study.logs.get(name)
        if log and log.broken_at:
            return _judgement("chain", False)
        entries = len(log.entries) if log else 0
        return _judgement(
            "log",
            entries > 0,
            entries=words.counted(entries, "entry"),
            name=words.told(f"log.{name}"),
        )

    return check


def _ai(study: Study) -> Found:
    return _judgement("ai", bool(study.origin.uses_of_ai))


def _value_functions(study: Study) -> Found:
    return True, words.scoring(study.problem)


def _swings(study: Study) -> Found:
    return _judgement("swings", all(stated.anchors for stated in study.analysis.weights))


def _weights(study: Study) -> Found:
    met = bool(study.holders) and all(
        stated.meaning and stated.method for stated in study.analysis.weights
    )
    holders = words.counted(len(study.analysis.weights), "holder")
    return met, words.told(
        "audit.weights", holders=holders, meaning=study.analysis.weights[0].meaning
    )


def _consistency(study: Study) -> Found:
    sentences = words.consistency(study.analysis.weights)
    return any(stated.pairwise for stated in study.analysis.weights), sentences[0]


def _weight_ranges(study: Study) -> Found:
    return _judgement(
        "weight_ranges", all(STATED in stated.steps for stated in study.analysis.weights)
    )


def _method_choice(study: Study) -> Found:
    entries = [
        entry
        for entry in study.origin.entries("decisions")
        if "method" in str(entry["subject"]).casefold()
    ]
    return (True, str(entries[-1]["text"])) if entries else _judgement("method_choice", False)


def _topsis(study: Study) -> Found:
    return "topsis" in study.analysis.methods, words.told("audit.topsis")


def _benchmark(study: Study) -> Found:
    return "additive" in study.analysis.methods, words.told("audit.benchmark")


def _weakest(study: Study) -> Found:
    leader = next(iter(study.analysis.leading_answers.values())).without.leaders[0]
    return True, words.weakest_leaf(study.problem, leader)


def _contributions(study: Study) -> Found:
    taken_apart = len(study.problem.options) > 1
    key = "audit.why" if taken_apart else "audit.done_open"
    return taken_apart, words.told(key)


def _bands(study: Study) -> Found:
    return True, " ".join(study.analysis.finding.bands)


def _individuals(study: Study) -> Found:
    return len(study.holders) > 0, words.told(
        "audit.individuals", holders=words.counted(len(study.holders), "holder")
    )


def _disagreement(study: Study) -> Found:
    return True, " ".join(
        sentence
        for side, rankings in study.analysis.leading_rankings.items()
        for sentence in words.whose(study.problem, rankings, side)
        if sentence
    )


def _perspectives(study: Study) -> Found:
    return len(study.holders) > 1, words.told(
        "audit.perspectives", holders=words.counted(len(study.holders), "holder")
    )


def _limits(study: Study) -> Found:
    frame = study.problem.frame
    return bool(frame.intended_use and frame.not_intended_use), words.told("audit.limits")


def _kinds(study: Study) -> Found:
    return _judgement("kinds", True)


def _signoff(study: Study) -> Found:
    return study.status.state != "draft", study.status.sentence


def _marking(study: Study) -> Found:
    marking = study.problem.frame.marking
    return (True, marking) if marking else _judgement("marking", False)


def _robust(study: Study) -> Found:
    return bool(study.analysis.robust), words.seeded(study.settings.seed, study.settings.draws)


def _challenged(name: str) -> Callable[[Study], Found]:
    """Return a check that a part of the challenge was computed."""

    def check(study: Study) -> Found:
        part = words.told(f"parts_of_challenge.{name}")
        return _judgement(
            "challenged", study.analysis.challenge_result(name) is not None, name=part
        )

    return check


def _signposts(study: Study) -> Found:
    return _judgement("signposts", False)


def _since(study: Study) -> Found:
    return _logged("changes")(study) if study.since is None else _judgement("since", True)


def _challenge_record(study: Study) -> Found:
    logged = [
        entry
        for entry in study.origin.entries("decisions")
        if "challenge" in str(entry["subject"]).casefold()
    ]
    return _judgement("challenge_record", bool(logged))


CHECKS: dict[str, Callable[[Study], Found]] = {
    "frame": _frame,
    "baseline": _baseline,
    "roles": _roles,
    "criteria": _criteria,
    "anchors": _anchors,
    "left_out": _left_out,
    "floors": _floors,
    "dominance": _dominance,
    "sourced": _sourced,
    "graded": _graded,
    "assumptions": _logged("assumptions"),
    "decisions": _logged("decisions"),
    "changes": _logged("changes"),
    "frozen": _logged("changes"),
    "ai": _ai,
    "value_functions": _value_functions,
    "swings": _swings,
    "weights": _weights,
    "consistency": _consistency,
    "weight_ranges": _weight_ranges,
    "method_choice": _method_choice,
    "topsis": _topsis,
    "benchmark": _benchmark,
    "weakest": _weakest,
    "contributions": _contributions,
    "bands": _bands,
    "individuals": _individuals,
    "disagreement": _disagreement,
    "perspectives": _perspectives,
    "limits": _limits,
    "kinds": _kinds,
    "signoff": _signoff,
    "marking": _marking,
    "draws": _robust,
    "acceptability": _robust,
    "switching": _challenged("switching weights"),
    "multiverse": _challenged("multiverse"),
    "reversal": _challenged("rank reversal"),
    "drivers": _challenged("value of information"),
    "regret": _challenged("regret"),
    "discovery": _challenged("discovery"),
    "information": _challenged("value of information"),
    "signposts": _signposts,
    "since": _since,
    "challenge_record": _challenge_record,
}
