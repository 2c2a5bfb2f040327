"""What is installed is what was tested: the wheel carries data and template, and works where there is no checkout."""

import json
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from the checkout with what is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
    ]
    subprocess.run([*build, ROOT], check=True, capture_output=True)
    return next(folder.glob("policy_mcda-*.whl"))


def test_it_carries_code_data_and_template_and_nothing_else(wheel):
    """Both packages, every data file, no tests."""
    names = zipfile.ZipFile(wheel).namelist()
    data = {
        str(path.relative_to(ROOT / "data"))
        for path in (ROOT / "data").rglob("*")
        if path.is_file()
    }
    assert {f"criteria/data/{name}" for name in data} <= set(names)
    assert {f"mcda/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")} <= set(
        names
    )
    assert "mcda/reporting/notebooks/jupyter/labconfig/page_config.json" in names
    assert "mcda/sentences/catalogue/en.toml" in names
    report = {
        "writers/templates/report.html.j2",
        "writers/templates/report.typ",
        "study/checklist.csv",
    }
    assert {"mcda/py.typed", *(f"mcda/reporting/{name}" for name in report)} <= set(names)
    static = {path.name for path in (ROOT / "mcda" / "reporting" / "panels" / "static").iterdir()}
    assert {f"mcda/reporting/panels/static/{name}" for name in static} <= set(names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "mcda",
        "criteria",
    }
    assert not any("__pycache__" in name for name in names)


def test_it_ranks_from_an_empty_folder(wheel, tmp_path):
    """In an environment of its own, with this one's libraries and no checkout in sight."""
    venv.create(tmp_path / "env", with_pip=False)
    home = next((tmp_path / "env").glob("[Ll]ib*/**/site-packages"))
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    zipfile.ZipFile(wheel).extractall(home)
    (tmp_path / "empty").mkdir()
    python = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    start = [python, "-I", "-c"]
    path = f"import sys; sys.path.append({libraries!r}); "
    code = "from mcda.cli import main; sys.exit(main(sys.argv[1:]))"
    run = [
        *start,
        path + code,
        "rank",
        "ukraine_force",
        "--holder",
        "Paris",
        "--method",
        "topsis",
        "--json",
    ]
    done = subprocess.run(run, cwd=tmp_path / "empty", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["rankings"][0]["without_floor"]["ranking"]) == 11
    where = [
        python,
        "-I",
        "-c",
        f"import sys; sys.path.append({libraries!r}); import criteria; print(criteria.__file__)",
    ]
    found = subprocess.run(
        where, cwd=tmp_path / "empty", capture_output=True, text=True, check=True
    ).stdout
    assert found.startswith(str(home))


def test_the_source_archive_is_the_checkout(tmp_path):
    """What is tracked and what tests, pages and releases need is in it, so that it can be built and tested anew."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory"]
    subprocess.run([*build, tmp_path], check=True, capture_output=True, cwd=ROOT)
    archive = next(tmp_path.glob("policy_mcda-*.tar.gz"))
    shutil.unpack_archive(archive, tmp_path / "out", filter="data")
    top = next((tmp_path / "out").iterdir())
    inside = {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    listed = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    tracked = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    needless = {".gitattributes", ".ci/run"}
    assert tracked - inside - needless == set()
    assert not any("__pycache__" in name or name.startswith("build/") for name in inside)
