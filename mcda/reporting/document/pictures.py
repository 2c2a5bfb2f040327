"""The pictures of a report, each drawn from a study under the name that its sections use."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from mcda.checks.faults import Fault, NotApplicable
from mcda.reporting import figures
from mcda.reporting.document.opening import exhibits
from mcda.reporting.figures.drawing.lettering import lettering
from mcda.reporting.panels.explorer import METHODS, Explorer, explore
from mcda.reporting.study.answer_tables import rank_tables
from mcda.reporting.study.study import Study
from mcda.reporting.writers.pdf import compiler, put_fonts
from mcda.uncertainty.counting.second_process import shared

PAGES = b"""#set page(width: auto, height: auto, margin: 0pt)
#for name in json(bytes(sys.inputs.names)) { page(image(name + ".svg")) }"""
DOTS = 150  # an inch: enough for print, and a Word file stays small
Found = TypeVar("Found")


def ranks(study: Study) -> Any:
    """Draw the ranks for all holders by the leading method, without the floor and with it."""
    tables = rank_tables(study.problem, study.analysis.leading_answers)
    options = study.analysis.shown.options.index
    shown = [None if table is None else table.loc[options] for table in tables]
    return figures.ranks_by_holder(study.problem, *shown)


def values(study: Study) -> Any:
    """Draw the values of every option on every leaf."""
    return figures.value_strip(study.analysis.shown)


def evidence(study: Study) -> Any:
    """Draw what every cell of the performance table rests on."""
    return figures.evidence_map(study.analysis.shown)


def contributions(study: Study) -> Any:
    """Draw what each head adds to every option's additive score, for the reference holder."""
    by_sum = study.analysis.weighted_sum
    return figures.contribution_bars(study.problem, by_sum.without, by_sum.behind)


def acceptability(study: Study) -> Any:
    """Draw how often each option takes each rank, for the reference holder."""
    return figures.rank_acceptability(
        study.problem, study.analysis.robust[study.analysis.reference.holder].without
    )


def switching(study: Study) -> Any:
    """Draw the weights between which the leader stays."""
    return figures.switching_intervals(
        study.problem, study.analysis.challenge_result("switching weights")
    )


def tornado(study: Study) -> Any:
    """Draw how far each estimate moves the lead."""
    return figures.tornado(study.problem, study.analysis.challenge_result("switching estimates"))


def regret(study: Study) -> Any:
    """Draw the regret of every option in every state."""
    return figures.regret_by_scenario(study.problem, study.analysis.challenge_result("regret"))


def structures(study: Study) -> Any:
    """Draw who leads under each shape of the question; placed only where it states some."""
    audit = study.analysis.shape
    if audit is None:
        raise NotApplicable(Fault("shapes", "several options and measures", "one"))
    return figures.shapes_led(study.problem, audit.structures)


def risk_profiles(study: Study) -> Any:
    """Draw with what chance each bill is over an amount; placed only where there are events."""
    return figures.risk_profiles(_present(study.analysis.consequences, "events in money"))


def bills_by_loss(study: Study) -> Any:
    """Draw the bills over the size of a loss; placed only where there is such an event."""
    return figures.bills_by_loss(_present(study.analysis.consequences, "events in money"))


def frontier_steps(study: Study) -> Any:
    """Draw the packages that no other beats, on two aims; placed only where there are such."""
    return figures.frontier_steps(_present(study.analysis.packages, "parts"))


def core_index(study: Study) -> Any:
    """Draw how many of the packages hold each part; placed only where there are packages."""
    return figures.core_index(_present(study.analysis.packages, "parts"))


def _present(found: Found | None, needed: str) -> Found:
    """Return a result that a picture shows; raises NotApplicable where the question has none."""
    if found is None:
        raise NotApplicable(Fault("picture", f"a question with {needed}", "none"))
    return found


def explorer(study: Study) -> Explorer:
    """Return the weight explorer as it starts: the picture that a reader can move.

    It shows the reference holder, and the leading method if it has it.
    """
    settings = study.settings
    method = settings.method if settings.method in METHODS else "additive"
    first = study.analysis.reference
    holders = {stated.holder: stated for stated in (first, *study.analysis.weights)}
    spoken = settings.language
    return explore(study.problem, holders, method=method, p=settings.p, language=spoken)


PICTURES: dict[str, Callable[[Study], Any]] = {
    "first_places": exhibits.first_places,
    "minimum": exhibits.minimum,
    "shapes": exhibits.shapes,
    "ranks": ranks,
    "values": values,
    "evidence": evidence,
    "contributions": contributions,
    "acceptability": acceptability,
    "switching": switching,
    "tornado": tornado,
    "regret": regret,
    "structures": structures,
    "risk_profiles": risk_profiles,
    "bills_by_loss": bills_by_loss,
    "frontier_steps": frontier_steps,
    "core_index": core_index,
}


@dataclass(frozen=True)
class Picture:
    """A picture as a report has it: SVG text, and in words what it shows.

    The bytes are the same whenever it is drawn from the same numbers.
    """

    svg: str
    alternative: str


def drawn(study: Study, placed: list[str], executor: Executor | None = None) -> dict[str, Picture]:
    """Return the pictures that a report places, by name; every second one is drawn elsewhere."""
    jobs = {"first": partial(_drawn, study, placed[::2])}
    jobs["second"] = partial(_drawn, study, placed[1::2])
    halves = shared(jobs, executor)
    found = {**halves["first"], **halves["second"]}
    return {name: found[name] for name in placed}


def _drawn(study: Study, names: list[str]) -> dict[str, Picture]:
    """Return pictures by name."""
    pictures = {}
    for name in names:
        axes = PICTURES[name](study)
        pictures[name] = Picture(figures.svg(axes), figures.alternative(axes))
    return pictures


def as_png(pictures: Mapping[str, str]) -> dict[str, bytes]:
    """Return pictures given as SVG text as PNG, by the compiler of the PDF: none is drawn twice.

    They are the pages of one document, for which the compiler reads its fonts once.
    """
    if not pictures:
        return {}
    with TemporaryDirectory() as room:
        fonts = put_fonts(Path(room), lettering(pictures.values()))
        for name, drawn in pictures.items():
            (Path(room) / f"{name}.svg").write_text(drawn, encoding="utf-8", newline="\n")
        pages = compiler().compile(
            PAGES,
            root=room,
            sys_inputs={"names": json.dumps([*pictures])},
            ignore_system_fonts=True,
            font_paths=fonts,
            format="png",
            ppi=DOTS,
        )
    every = pages if isinstance(pages, list) else [pages]  # a page alone comes as it is
    return dict(zip(pictures, every, strict=True))
