"""The house keeps its own rules: imports go down only, public names are shown, files have a purpose, nothing leaks."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mcda

ROOT = Path(__file__).parents[1]
ROOMS = ("problem", "preferences", "methods", "robustness", "report", "commands", "cli")
SOURCES = sorted((ROOT / "mcda").rglob("*.py")) + sorted((ROOT / "criteria").rglob("*.py"))
PLOTTING = {"matplotlib", "seaborn", "plotly", "altair", "bokeh"}
HEAVY = {"numpy", "pandas", "matplotlib", "scipy", "pymcdm", "jinja2", "nbclient", "nbconvert", "IPython", "hypothesis"}


def modules(path):
    """The names of all modules that a file imports, also inside functions and for types alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            found.update([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
    return found


def room(module):
    """The height of a module of the engine, or None for others and for the face."""
    parts = module.split(".")
    return ROOMS.index(parts[1]) if parts[0] == "mcda" and len(parts) > 1 and parts[1] in ROOMS else None


def own_room(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return room(name)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path):
    """A room knows itself and those below; a question knows the face alone; the engine knows no question."""
    imported, height = modules(path), own_room(path)
    if path.is_relative_to(ROOT / "criteria"):
        assert {name for name in imported if name.startswith("mcda.")} == set()
    else:
        assert {name for name in imported if name.split(".")[0] == "criteria"} == set()
    if height is not None:
        assert {name for name in imported if (room(name) or 0) > height or name == "mcda"} == set()
        below = height < ROOMS.index("report")
        assert not (below and {name.split(".")[0] for name in imported} & PLOTTING)


def test_the_import_rule_can_fail():
    """The check sees an import that goes up, also one inside a function or from the face."""
    assert room("mcda.report.words") > room("mcda.methods.ranking") > room("mcda.problem.model")
    assert own_room(ROOT / "mcda" / "cli.py") == len(ROOMS) - 1
    assert "mcda.report.document" in modules(ROOT / "mcda" / "commands" / "report.py")


def test_the_face_is_light():
    """Importing the toolkit or its command brings in no numbers, no plotting, no templates and no notebook."""
    code = "import sys, mcda, mcda.cli; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert HEAVY & set(done.stdout.split()) == set()


def test_every_public_name_is_listed_documented_and_shown():
    """The face is sorted and complete; each name says what it is, each function with an example that runs."""
    assert mcda.__all__ == sorted(mcda.__all__, key=lambda name: (name[0].islower(), name))
    for name in mcda.__all__:
        thing = getattr(mcda, name)
        if inspect.isfunction(thing) or inspect.isclass(thing):
            assert thing.__doc__, name
            assert ">>>" in thing.__doc__ or inspect.isclass(thing), name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_have_a_purpose(path):
    """A file says what it is for, and none is called after nothing in particular."""
    assert path.stem not in ("utils", "util", "common", "base", "helpers", "misc")
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_equals_keep_their_order(path):
    """A sort of one column is stable: else the order of equals would be the processor's."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call)
             and getattr(node.func, "attr", "") in ("sort_values", "argsort")]  # fmt: skip
    unstable = [ast.unparse(call) for call in calls
                if not any(word.arg == "kind" for word in call.keywords)
                and not (call.args and isinstance(call.args[0], ast.List))]  # fmt: skip
    assert unstable == []


def test_a_room_never_hides_a_public_function():
    """A public name keeps meaning what it means when a room of that name is imported later."""
    code = "import mcda, types; mcda.rank = types.ModuleType('rank'); print(callable(mcda.rank), 'rank' in dir(mcda))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["True", "True"]


def tracked():
    """The files under version control, or every file of the checkout where there is none."""
    done = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False)
    names = done.stdout.split("\0") if done.returncode == 0 else []
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_nothing_of_a_machine_or_a_registry_is_tracked():
    """No path of the machine it was made on, and no host of a package registry, in any file."""
    halves = (
        ("py", "pi.org"),
        ("python", "hosted"),
        ("npm", "js.org"),
        ("file:", "///"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
    )
    leak = re.compile("|".join(re.escape(first + second) for first, second in halves))
    files = tracked()
    found = [path.name for path in files if leak.search(path.read_text(encoding="utf-8", errors="replace"))]
    assert found == []
    assert not any(
        part in {".venv", "__pycache__", "reports", ".pytest_cache"} for path in files for part in path.parts
    )
