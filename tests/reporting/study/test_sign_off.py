"""Draft, assured, approved: by sign-offs of exactly these inputs and results, by somebody who isn't the analyst."""

import shutil

import pytest

import mcda
from mcda.files.question.logs import append, read_logs
from mcda.reporting.study.hashes import digest
from mcda.reporting.study.self_audit import audit
from mcda.reporting.study.sign_off import status
from mcda.reporting.study.study import Settings, Study

FRAME = mcda.Frame(analyst="Ann")


def entry(state, who, inputs="i", results="r", date="2026-01-01"):
    """A sign-off."""
    return {"state": state, "who": who, "inputs": inputs, "results": results, "date": date}


def test_without_a_signoff_it_is_a_draft():
    """And says so on every page."""
    found = status(FRAME, [], "i", "r")
    assert (
        found.state == "draft"
        and found.stamp == "DRAFT, NOT ASSURED"
        and "Nobody has assured" in found.sentence
    )


def test_assured_then_approved():
    """Names and dates are told; approval without assurance counts for nothing."""
    assured = status(FRAME, [entry("assured", "Bob")], "i", "r")
    assert assured.sentence == "Status: assured by Bob on 1 January 2026; not approved."
    both = status(
        FRAME, [entry("assured", "Bob"), entry("approved", "Minister", date="2026-02-01")], "i", "r"
    )
    assert (
        both.sentence
        == "Status: assured by Bob on 1 January 2026, approved by Minister on 1 February 2026."
    )
    assert status(FRAME, [entry("approved", "Minister")], "i", "r").state == "draft"


@pytest.mark.parametrize(
    ("inputs", "results", "what"), [("x", "r", "inputs"), ("i", "x", "results")]
)
def test_what_changed_since_is_no_longer_signed(inputs, results, what):
    """The sign-off was for other inputs, or other results."""
    found = status(FRAME, [entry("assured", "Bob")], inputs, results)
    assert found.state == "draft" and found.notes == (
        f"What was signed has changed since: {what}.",
    )


def test_a_superseded_signoff_does_not_taint_the_valid_one():
    """Before it or after it; an approval of something else is still told beside a valid assurance."""
    old, valid = entry("assured", "Bob", results="old"), entry("assured", "Bob", date="2026-02-01")
    for signoffs in ([old, valid], [valid, old]):
        found = status(FRAME, signoffs, "i", "r")
        assert (
            found.sentence == "Status: assured by Bob on 1 February 2026; not approved."
            and found.notes == ()
        )
    approved = status(FRAME, [old, valid, entry("approved", "Minister", inputs="x")], "i", "r")
    assert approved.state == "assured" and approved.notes == (
        "What was signed has changed since: inputs.",
    )


def test_the_analyst_cannot_assure():
    """Whatever the case of the letters."""
    found = status(FRAME, [entry("assured", " ann ")], "i", "r")
    assert found.state == "draft" and "must not be the analyst" in found.notes[0]


def test_a_study_reads_its_signoffs_and_the_audit_follows(cooling, tmp_path):
    """Signing changes the status, no input: the log of sign-offs is no part of what is signed."""
    folder = shutil.copytree(cooling, tmp_path / "question")
    problem = mcda.read_problem(folder)
    holders = mcda.read_perspectives(folder, problem)

    def study():
        return Study(problem, holders, Settings(), read_logs(folder), folder)

    before = study()
    append(
        folder,
        "signoffs",
        "2026-03-01",
        state="assured",
        who="Bob",
        inputs=before.origin.inputs_hash,
        results=digest(before.analysis.results),
    )
    after = study()
    assert (before.status.state, after.status.state) == ("draft", "assured")
    assert before.origin.inputs_hash == after.origin.inputs_hash
    states = [{one.id: one.state for one in audit(found)} for found in (before, after)]
    assert (states[0]["R59"], states[1]["R59"]) == ("open", "automatic")


def test_the_audit_has_sixty_requirements_with_evidence_each(make_problem):
    """R01 to R60 once each, under four characteristics, none without evidence; proofs named are there."""
    import re
    from pathlib import Path

    found = audit(Study(make_problem(), {}))
    assert [one.id for one in found] == [f"R{number:02d}" for number in range(1, 61)]
    assert {one.characteristic for one in found} == {
        "Well-documented",
        "Comprehensive",
        "Unbiased",
        "Credible",
    }
    assert all(one.evidence for one in found)
    assert {one.state for one in found} <= {"automatic", "attested", "explained", "open"}
    root = Path(__file__).parents[3]
    named = {
        path for one in found for path in re.findall(r"(?:tests|mcda)/[\w/]+\.py", one.evidence)
    }
    assert [path for path in named if not (root / path).is_file()] == []


def test_the_log_of_decisions_explains_what_is_not_met(make_problem):
    """An open requirement with an entry under its id is explained, with that text."""
    from mcda.files.question.logs import Log

    log = Log(
        "decisions",
        ({"subject": "R24", "text": "no elicitation took place", "date": "", "who": "me"},),
    )
    found = {
        one.id: one for one in audit(Study(make_problem(), {}, Settings(), {"decisions": log}))
    }
    assert (found["R24"].state, found["R24"].evidence) == ("explained", "no elicitation took place")
