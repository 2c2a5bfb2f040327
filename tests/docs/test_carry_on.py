"""What those who carry on are told is so: the picture of the rooms, the recipes, versions in step, the forms."""

import re
import tomllib
from pathlib import Path

import pytest
import rooms_picture
import yaml

ROOT = Path(__file__).parents[2]
PAGES = ["CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "docs/about/architecture.md"]


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_picture_of_the_rooms_is_todays():
    """`python docs/rooms_picture.py` draws it anew where a room, its purpose or an import changed."""
    assert rooms_picture.TARGET.read_text(encoding="utf-8") == rooms_picture.picture()


def test_every_dot_lies_below():
    """The rule that the picture shows, on what it is drawn from."""
    every = rooms_picture.rooms()
    below = rooms_picture.uses(every)
    up = {
        room: [other for other in others if every.index(other) > every.index(room)]
        for room, others in below.items()
    }
    assert {room: others for room, others in up.items() if others} == {}
    assert sum(map(len, below.values())) > 50


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_is_named_exists(page):
    """Files and folders in code marks; words in capitals stand for a name of one's own."""
    named = re.findall(r"`((?:mcda|tests|docs|criteria|data)/[\w./-]+)`", read(page))
    missing = [
        name for name in named if not (ROOT / name).exists() and not re.search(r"[A-Z]{4,}", name)
    ]
    assert missing == []
    linked = re.findall(r"\]\(([^)#\s]+)\)", read(page))
    beside = (ROOT / page).parent
    assert [link for link in linked if "://" not in link and not (beside / link).exists()] == []


def test_recipes_name_what_is_in_the_code():
    """Names of tables and functions that a recipe sends its reader to."""
    method = read("mcda/methods/method.py")
    assert all(f"{name} = " in method for name in ("OF_ANCHORS", "OF_TEXTBOOKS"))
    assert "def own_methods(" in method
    assert "OUTLINE: " in read("mcda/reporting/document/outline.py")
    told = set(tomllib.loads(read("mcda/sentences/catalogue/en.toml")))
    assert {"method", "statement", "title"} <= told


def test_versions_are_in_step():
    """The package, the citation and the newest part of the changelog have one version."""
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert yaml.safe_load(read("CITATION.cff"))["version"] == version
    assert re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE).group(1) == version


def test_forms_of_a_host_can_be_read():
    """Templates and workflow are YAML, and run what the Makefile and the repository have."""
    for path in sorted((ROOT / ".github").rglob("*.yml")):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
    jobs = yaml.safe_load(read(".github/workflows/tests.yml"))["jobs"]
    lines = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    targets = [line.split()[1] for line in lines if line.startswith("make ")]
    assert targets and all(
        re.search(rf"^{one}:", read("Makefile"), re.MULTILINE) for one in targets
    )
    desks = jobs["desks"]["strategy"]["matrix"]["system"]
    assert {name.split("-")[0] for name in desks} == {"ubuntu", "windows", "macos"}


def test_hooks_run_what_the_environment_has():
    """Nothing is fetched: each hook is local and of this Python."""
    repositories = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    assert {one["repo"] for one in repositories} == {"local"}
    hooks = [hook for one in repositories for hook in one["hooks"]]
    assert all(hook["language"] == "system" for hook in hooks)
    assert all(hook["entry"].startswith("python -m ") for hook in hooks)
