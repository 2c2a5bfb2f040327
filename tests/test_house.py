"""The house keeps its own rules: imports go down only, public names are shown, files have a purpose, nothing leaks."""

import ast
import functools
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import mcda

ROOT = Path(__file__).parents[1]
# from the bottom up; tables are read by rooms that lie below what else is read and written
ROOMS = (
    "checks",
    "display",
    "sentences",
    "sampling",
    "files.disk",
    "files.tables",
    "problem",
    "preferences",
    "methods",
    "files",
    "holders",
    "uncertainty",
    "portfolios",
    "sensitivity",
    "reporting",
    "commands",
    "cli",
)
BESIDES = (
    "published",
    "questions",
    "notebooks",
    "browser",
    "anywhere",
    "hostile",
    "docs",
)  # tests of the whole house
MOST_FILES = 15  # of one folder: more of them are two ideas
SOURCES = sorted((ROOT / "mcda").rglob("*.py")) + sorted((ROOT / "criteria").rglob("*.py"))
PLOTTING = {"matplotlib", "seaborn", "plotly", "altair", "bokeh"}
HEAVY = {
    "numpy",
    "pandas",
    "matplotlib",
    "scipy",
    "pymcdm",
    "jinja2",
    "nbclient",
    "nbconvert",
    "IPython",
    "hypothesis",
}


@functools.cache
def tree_of(path):
    """The code of a file, parsed once for all rules; no rule changes it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(path):
    """The names of all modules that a file imports, also inside functions and for types alone."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            found.update([node.module, *(f"{node.module}.{alias.name}" for alias in node.names)])
    return found


def room(module):
    """The height of a module of the engine, or None for others and for the face."""
    inside = module.removeprefix("mcda.")
    found = [name for name in ROOMS if f"{inside}.".startswith(f"{name}.")]
    return ROOMS.index(max(found, key=len)) if found and module.startswith("mcda.") else None


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
        below = height < ROOMS.index("reporting")
        assert not (below and {name.split(".")[0] for name in imported} & PLOTTING)


def test_the_import_rule_can_fail():
    """The check sees an import that goes up, also one inside a function or from the face."""
    assert (
        room("mcda.reporting.language") > room("mcda.methods.ranking") > room("mcda.problem.model")
    )
    assert own_room(ROOT / "mcda" / "cli.py") == len(ROOMS) - 1
    assert "mcda.reporting.writers.report" in modules(ROOT / "mcda" / "commands" / "report.py")


def test_the_face_is_light():
    """Importing the toolkit or its command brings in no numbers, no plotting, no templates and no notebook."""
    code = "import sys, mcda, mcda.cli; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
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
    assert ast.get_docstring(tree_of(path))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_formatter_decides_the_look(path):
    """It is switched off nowhere."""
    assert not re.search(r"#\s*(fmt: (skip|off)|yapf: disable)", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_equals_keep_their_order(path):
    """A sort of one column is stable: else the order of equals would be the processor's."""
    calls = [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("sort_values", "argsort")
    ]
    unstable = [
        ast.unparse(call)
        for call in calls
        if not any(word.arg == "kind" for word in call.keywords)
        and not (call.args and isinstance(call.args[0], ast.List))
    ]
    assert unstable == []


COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def parts_of(node):
    """The pieces of code inside another one."""
    return [inner for inner in ast.walk(node) if inner is not node]


def is_compressed(node):
    """Whether a piece of code says several things at once that statements would say one by one."""
    if isinstance(node, COMPREHENSIONS):
        return any(isinstance(inner, COMPREHENSIONS) for inner in parts_of(node))
    if isinstance(node, ast.Assign):
        several = isinstance(node.value, ast.Tuple)
        return several and any(isinstance(target, ast.Tuple) for target in node.targets)
    if isinstance(node, ast.Call):
        given = [*node.args, *(word.value for word in node.keywords)]
        inside = [inner for argument in given for inner in ast.walk(argument)]
        later = [inner for one in inside if isinstance(one, ast.Lambda) for inner in parts_of(one)]
        return any(isinstance(inner, ast.IfExp) and inner not in later for inner in inside)
    return False


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_statements_say_one_thing(path):
    """No comprehension within another, no several values in one assignment, no choice inside a call."""
    compressed = [ast.unparse(node) for node in ast.walk(tree_of(path)) if is_compressed(node)]
    assert compressed == []


@pytest.mark.parametrize(
    "code",
    [
        "[[cell for cell in row] for row in table]",
        "{key: sum(x for x in row) for key, row in rows}",
        "low, high = 0, 1",
        "f(a if b else c)",
        "f(name=a if b else c)",
        "f(1 + (a if b else c))",
        "f('x' if one else 'y' for one in many)",
    ],
)
def test_the_rule_of_plain_statements_can_fail(code):
    """The check sees each form, and leaves alone what is written out."""
    assert any(map(is_compressed, ast.walk(ast.parse(code))))
    fine = "low, high = ends(); x = a if b else c; f(x, key=lambda one: 1 if one else 0); [g(y) for y in z]"
    assert not any(map(is_compressed, ast.walk(ast.parse(fine))))


FOLDERS = sorted({path.parent for path in SOURCES if path.is_relative_to(ROOT / "mcda")})


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_folder_is_one_idea(folder):
    """It says in two sentences what lives there and which way data flow, holds few files, and hides no public name."""
    told = ast.get_docstring(tree_of(folder / "__init__.py"))
    assert told.count(".") >= 2
    assert len([path for path in folder.glob("*.py") if path.stem != "__init__"]) <= MOST_FILES
    assert folder.name not in mcda.__all__


def needed(path, names):
    """The files that a file imports: of a package that it takes files from alone, those files."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(name if name in names else node.module for name in whole)
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found & set(names)


def test_files_have_no_circle():
    """Following imports from file to file never leads back."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in SOURCES
    }
    below = {name: needed(path, names) - {name} for name, path in names.items()}
    while below:
        free = [name for name, others in below.items() if not others & set(below)]
        assert free, sorted(below)
        for name in free:
            del below[name]


TESTED = sorted(
    path for path in (ROOT / "tests").rglob("test_*.py") if path.parent.name not in BESIDES
)


@pytest.mark.parametrize("path", TESTED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_test_lies_in_the_room_of_what_it_tests(path):
    """The tests' tree is the rooms' tree."""
    assert (ROOT / "mcda" / path.parent.relative_to(ROOT / "tests")).is_dir()


def tracked():
    """The files under version control, or every file of the checkout where there is none."""
    done = subprocess.run(
        ["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT, check=False
    )
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
    found = [
        path.name
        for path in files
        if leak.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
    assert not any(
        part in {".venv", "__pycache__", "reports", ".pytest_cache"}
        for path in files
        for part in path.parts
    )


HOME = ROOT / "mcda" / "checks" / "significant_digits.py"
SCRIPTS = sorted((ROOT / "mcda" / "reporting" / "panels" / "static").glob("*.js"))
ROUNDED = re.compile(
    r"[eEgGn%]$|\.\d"
)  # a format that rounds; ten digits or more are data that are read back
DATA = re.compile(r"\.1\dg$")
COMPARED = 6  # so many places and more, or a named number of them: rounded to compare, not to show
BY_HAND = re.compile(
    r"\.to(Fixed|Precision|LocaleString)\(|Intl\.NumberFormat|Math\.round\([^)]*\*\s*10+\b"
)


def rounds(node):
    """Whether a piece of code rounds a number in order to show it."""
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        spec = "".join(
            str(part.value) if isinstance(part, ast.Constant) else "0"
            for part in node.format_spec.values
        )
        return bool(ROUNDED.search(spec)) and not DATA.search(spec)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return bool(re.search(r"\{[\w.]*:[^{}]*[fFeEgG%]\}|%\.\d+[fFeEgG]", node.value))
    if isinstance(node, ast.keyword):
        return node.arg == "float_format" and not isinstance(node.value, ast.Lambda)
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    places = node.args[-1] if node.args else ast.Constant(0)
    coarse = (
        isinstance(places, ast.Constant)
        and isinstance(places.value, int)
        and places.value < COMPARED
    )
    whole = name == "round" and isinstance(node.func, ast.Name) and len(node.args) == 1
    return name in ("round", "around") and (coarse or whole)


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path != HOME], ids=lambda path: str(path.relative_to(ROOT))
)
def test_numbers_are_rounded_in_one_place(path):
    """What is shown is rounded by the one rule; a format or a round of one's own would show last bits."""
    tree = tree_of(path)
    told = [
        ast.unparse(node) for node in ast.walk(tree) if rounds(node) and not documents(tree, node)
    ]
    assert told == []


def documents(tree, node):
    """Whether a text is a docstring: its examples round as they like."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef)
    firsts = [owner.body[0] for owner in ast.walk(tree) if isinstance(owner, owners) and owner.body]
    return any(isinstance(first, ast.Expr) and first.value is node for first in firsts)


BAD = (
    "f'{x:.2f}'",
    "f'{x:.{n}f}'",
    "f'{x:g}'",
    "f'{x:,.0f}'",
    "f'{x:.0%}'",
    "round(x)",
    "round(x, 2)",
    "table.round(3)",
    "table.round()",
    "'{:.1f}'.format",
    "'%.0f' % x",
    "t.to_html(float_format='{}'.format)",
)


@pytest.mark.parametrize("code", BAD)
def test_the_rule_of_rounding_can_fail(code):
    """The check sees each way to round by hand, and leaves counts, data and comparisons alone."""
    assert any(map(rounds, ast.walk(ast.parse(code))))
    fine = "f'{n:,}', f'{x:.12g}', at.round(9), at.round(SAME), round(x, 9), f'{name:>4}', 'C1: 40% of {cost}'"
    assert not any(map(rounds, ast.walk(ast.parse(fine))))


@pytest.mark.parametrize(
    "path", [path for path in SCRIPTS if path.name != "digits.js"], ids=lambda path: path.name
)
def test_the_page_rounds_in_one_place(path):
    """The page's scripts leave rounding to static/digits.js too."""
    assert BY_HAND.findall(path.read_text(encoding="utf-8")) == []
