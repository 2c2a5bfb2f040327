"""What the tests of verification share: a report is made again once from the same files and the same manifest."""

import importlib

import pytest

from mcda.reporting.study.hashes import digest, hashed_inputs

verification = importlib.import_module("mcda.reporting.verification.made_again")
made_again = verification._made_again
REPORTS = {}  # by manifest and inputs
FORMS = {}  # by report and kind


@pytest.fixture(autouse=True)
def made_once(monkeypatch):
    """Keep a report that was made again, and each form of it: most tests alter a file that neither rests on."""

    def made(run, question):
        asked = (digest(run.manifest), digest(hashed_inputs(question)), run.limits)
        if asked not in REPORTS:
            REPORTS[asked] = made_again(run, question)
        return REPORTS[asked]

    def once(kind, write):
        def written(report):
            asked = (report.run["seal"], report.manifest["seal"], kind)
            if asked not in FORMS:
                FORMS[asked] = write(report)
            return FORMS[asked]

        return written

    monkeypatch.setattr(verification, "_made_again", made)
    writers = {kind: once(kind, write) for kind, write in verification.WRITERS.items()}
    monkeypatch.setattr(verification, "WRITERS", writers)
