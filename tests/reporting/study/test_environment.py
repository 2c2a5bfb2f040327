"""What a run was made with: the hash of the code moves with every file that makes a result, and with nothing else."""

import shutil
from pathlib import Path

import pytest

import mcda
from mcda.reporting.study.environment import package_hashes

ENGINE = Path(mcda.__file__).parent
MADE_BY = [
    "sentences/catalogue/en.toml",
    "reporting/writers/templates/report.html.j2",
    "reporting/writers/templates/report.typ",
    "reporting/panels/static/words.js",
    "reporting/panels/static/panel.css",
    "reporting/study/checklist.csv",
    "methods/compromise/topsis.py",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """A copy of the engine."""
    return shutil.copytree(ENGINE, tmp_path_factory.mktemp("copy") / "mcda")


@pytest.mark.parametrize("name", MADE_BY)
def test_a_changed_word_changes_the_hash(engine, name):
    """A sentence, a template, a script, a style, the checklist, a formula: each counts."""
    before, path = package_hashes(engine), engine / name
    kept = path.read_bytes()
    path.write_bytes(kept + b"x")
    changed = package_hashes(engine)
    path.write_bytes(kept)
    assert {file for file in before if before[file] != changed[file]} == {f"mcda/{name}"}
    assert package_hashes(engine) == before


def test_every_file_of_the_package_counts():
    """Whatever is under version control in the package is in the hash: a new kind of file is not forgotten."""
    kinds = {Path(name).suffix for name in package_hashes(ENGINE)}
    assert {".py", ".pyi", ".toml", ".j2", ".typ", ".js", ".css", ".csv"} <= kinds
    assert set(package_hashes(ENGINE)) >= {f"mcda/{name}" for name in MADE_BY}


def test_where_the_code_lies_does_not_count(engine):
    """Line ends of Windows, caches and a wheel's notebooks leave the hash as it is."""
    before, path = (
        package_hashes(engine),
        engine / "sentences" / "catalogue" / "en.toml",
    )
    kept = path.read_bytes()
    path.write_bytes(kept.replace(b"\n", b"\r\n"))
    for stray in ("methods/__pycache__/topsis.nbi", "notebooks/01.ipynb", ".hidden"):
        (engine / stray).parent.mkdir(exist_ok=True)
        (engine / stray).write_bytes(b"x")
    assert package_hashes(engine) == before == package_hashes(ENGINE)
    path.write_bytes(kept)
