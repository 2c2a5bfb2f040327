"""Settings of every test (properties drawn alike and never timed, lines of 80 characters), and small questions."""

import csv
import gc
import io
import json
import os
import pickle
import shutil
import string
from functools import partial
from pathlib import Path

# as the command does, before numpy is imported: there is a worker a core, and none to spare for threads that wait
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pandas as pd
import pytest
from hypothesis import settings

from mcda import (
    Criterion,
    Estimate,
    Frame,
    Problem,
    Scale,
    new_question,
    read_perspectives,
    read_problem,
)
from mcda.sentences import catalogue as place_of_sentences

# Examples are the same in every run: a property that holds for its first thirty is as well guarded from a change as by
# a hundred, in a third of the time. `--hypothesis-profile=thorough` looks further, and `make anywhere` asks for it.
settings.register_profile("mcda", max_examples=30, deadline=None, derandomize=True, database=None)
settings.register_profile("thorough", settings.get_profile("mcda"), max_examples=100)
settings.load_profile("mcda")
os.environ["COLUMNS"] = "80"
QUESTIONS = Path(__file__).parent / "questions"


def pytest_collection_modifyitems(items):
    """Put files with a slow test first: workers that begin with them end together."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish():
    """Leave what was imported and collected out of the search for garbage: it lives to the end.

    Going through it again and again took some three percent of the time.
    """
    gc.freeze()


CELLS = {"A": (10, 30, 20), "B": (40, 90, 80), "C": (70, 60, 10)}


def make_shelter(cells=CELLS, **changes):
    leaves = (
        Criterion(
            "cost",
            "money",
            "Cost",
            "EUR m",
            "min",
            scale=Scale((100.0, 50.0, 0.0), (0.0, 0.5, 1.0)),
        ),
        Criterion(
            "places",
            "people",
            "Places",
            "beds",
            "max",
            scale=Scale((0.0, 100.0), (0.0, 1.0)),
            floor=50.0,
        ),
        Criterion(
            "noise", "people", "Noise", "points", "min", scale=Scale((100.0, 0.0), (0.0, 1.0))
        ),
    )
    criteria = (
        Criterion("money", label="Money"),
        leaves[0],
        Criterion("people", label="People"),
        *leaves[1:],
    )
    estimates = {
        f"{leaf.key}/{option}": Estimate(
            f"{leaf.key}/{option}", number - 5, number, number + 10, leaf.unit
        )
        for option, numbers in cells.items()
        for leaf, number in zip(leaves, numbers, strict=True)
    }
    local = pd.DataFrame({"local_weight": {"cost": 1.0, "places": 3.0, "noise": 1.0}})
    given = {
        "name": "shelter",
        "frame": Frame(title="Shelter", baseline="A"),
        "options": pd.DataFrame(
            {"label": [f"Option {option}" for option in cells]}, index=list(cells)
        ),
        "criteria": criteria,
        "estimates": estimates,
        "tables": {"criteria": local},
    }
    return Problem(**(given | changes))


@pytest.fixture(scope="session")
def make_problem():
    """Make the question of three options on cost, places and noise, with changes."""
    return make_shelter


@pytest.fixture(scope="session")
def ukraine_question():
    """The Ukraine question and its holders, read once: neither is changed, and what is remembered of it is shared."""
    from criteria import ukraine_force

    problem = ukraine_force.problem()
    return problem, ukraine_force.perspectives(problem)


@pytest.fixture(scope="session")
def blank_book(tmp_path_factory):
    """The blank workbook, written once: who changes it saves it elsewhere."""
    return new_question(tmp_path_factory.mktemp("blank") / "question.xlsx")


@pytest.fixture(scope="session")
def open_blank(blank_book):
    """Open the blank workbook to type into it: read once, and copied in a third of the time that reading takes."""
    import openpyxl

    return partial(pickle.loads, pickle.dumps(openpyxl.load_workbook(blank_book)))


EVENTS = "event,label,option,chance,years,low,mode,high,unit,criterion,kind,rationale"


def write_events(place, rows):
    """Write the blank question with events, and with a cost that makes a bill of them."""
    new_question(place)
    (place / "events.csv").write_text(f"{EVENTS}\n{rows.strip()}\n", encoding="utf-8")
    path = place / "criteria.csv"
    criteria = pd.read_csv(path, dtype=str, keep_default_na=False)
    criteria["bill"] = ["yearly" if key == "cost" else "" for key in criteria["id"]]
    criteria.to_csv(path, index=False)
    return place


@pytest.fixture(scope="session")
def make_events():
    """Write the blank question with the rows of a sheet of events into a folder, which is returned."""
    return write_events


@pytest.fixture
def shelter():
    """Three options on a head 'money' (cost) and a head 'people' (places, noise), each cell judged."""
    return make_shelter()


@pytest.fixture
def cooling():
    """The folder of the invented second question."""
    return QUESTIONS / "cooling_centre"


CHANCE = (
    "key,unit,low,mode,high,sources,kind,rationale\npermit,percent,40,60,80,,judgement,A board\n"
)


@pytest.fixture(scope="session")
def uncertain_cooling(tmp_path_factory):
    """The invented second question, in which the café needs a permit; else nothing is done."""
    place = tmp_path_factory.mktemp("chances") / "cooling_centre"
    shutil.copytree(QUESTIONS / "cooling_centre", place, ignore=shutil.ignore_patterns("logs"))
    given = (place / "options.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(given, newline="")))
    for row in rows:
        needs = row["id"] == "C"
        row |= {"chance": "permit" if needs else "", "fallback": "N" if needs else ""}
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    (place / "options.csv").write_text(written.getvalue(), encoding="utf-8")
    (place / "estimates.csv").write_text(CHANCE, encoding="utf-8")
    return place


@pytest.fixture
def cooling_question():
    """The invented question of CSV files, with its holders."""
    problem = read_problem(QUESTIONS / "cooling_centre")
    return problem, read_perspectives(QUESTIONS / "cooling_centre", problem)


@pytest.fixture(scope="session")
def ukraine_report(tmp_path_factory):
    """The folder of a report of the Ukraine question with draws, as page and PDF: made once for all workers."""
    from criteria import ukraine_force
    from mcda.reporting.study.study import Settings, Study
    from mcda.reporting.writers.report import composed, write

    own = tmp_path_factory.mktemp("report") / "ukraine_force"
    whole_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        whole_run = whole_run.parent
    shared = whole_run / "ukraine_force"
    if not shared.exists():
        problem = ukraine_force.problem()
        holders = ukraine_force.perspectives(problem)
        study = Study(problem, holders, Settings(draws=100, seed=0), folder=ukraine_force.DATA)
        write(composed(study), own, ("html", "pdf"))
        try:
            own.rename(shared)
        except OSError:  # another worker was first
            return own
    return shared


def masked(text):
    """A template whose every letter is a Cyrillic one, its fields as they are."""
    parts = []
    for literal, field, spec, turned in string.Formatter().parse(text):
        letters = "".join("\u0436" if sign.isalpha() else sign for sign in literal)
        parts.append(letters.replace("{", "{{").replace("}", "}}"))
        if field is not None:
            parts.append(f"{{{field}{'!' + turned if turned else ''}{':' + spec if spec else ''}}}")
    return "".join(parts)


def masks_of(thing):
    if isinstance(thing, dict):
        return {key: masks_of(one) for key, one in thing.items()}
    return [masked(one) for one in thing] if isinstance(thing, list) else masked(thing)


@pytest.fixture
def masks(tmp_path, monkeypatch):
    """A language whose every word is a mask."""
    english = dict(place_of_sentences.catalogue("en"))
    english["glossary"] = {masked(word): told for word, told in english["glossary"].items()}
    lines = [
        f"[{section}]\n"
        + "".join(f"{json.dumps(key)} = {json.dumps(text)}\n" for key, text in told.items())
        for section, told in masks_of(english).items()
    ]
    room = tmp_path / "catalogue"
    room.mkdir()
    (room / "xx.toml").write_text("\n".join(lines), encoding="utf-8")
    shutil.copy(Path(place_of_sentences.__file__).with_name("catalogue") / "en.toml", room)
    monkeypatch.setattr(place_of_sentences, "files", lambda _: tmp_path)
    yield "xx"
    place_of_sentences.catalogue.cache_clear()
