"""What the tests of verification share: a report is made again once from the same files and the same manifest."""

import importlib

import pytest

from mcda.reporting.study.hashes import digest, hashed_inputs

verification = importlib.import_module("mcda.reporting.verification.made_again")
composed = verification.composed
REPORTS = {}  # by manifest and inputs
FORMS = {}  # by report and kind


@pytest.fixture(autouse=True)
def made_once(monkeypatch):
    """Keep a report that was made again, and each form of it: most tests alter a file that neither rests on."""

    def made(study, manifest, executor):
        asked = (digest(manifest), digest(hashed_inputs(study.folder)))
        if asked not in REPORTS:
            REPORTS[asked] = composed(study, manifest, executor)
        return REPORTS[asked]

    def once(kind, write):
        def written(report):
            asked = (report.run["seal"], report.manifest["seal"], kind)
            if asked not in FORMS:
                FORMS[asked] = write(report)
            return FORMS[asked]

        return written

    monkeypatch.setattr(verification, "composed", made)
    writers = {kind: once(kind, write) for kind, write in verification.WRITERS.items()}
    monkeypatch.setattr(verification, "WRITERS", writers)
