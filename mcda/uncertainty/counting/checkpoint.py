"""The sums counted so far, on disk: a run that was killed goes on to the same bits."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from mcda.checks.faults import Fault, InputError
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.tally import Tally


def fingerprint(job: Job) -> str:
    """Return a hash of everything that the sums depend on, except the number of draws.

    These are the evidence, the weights, the method and the seed.
    """
    draws = job.draws
    weights = job.weights
    told = (
        draws.seed,
        draws.varying,
        sorted(draws.drawing.estimates.items()),
        draws.problem.values.to_csv(),
        [(rows.tolist(), factor.tolist()) for rows, factor in draws.drawing.correlations.groups],
        repr(weights),
        [one.tolist() for one in job.weights_of(0, 8)],
        getattr(job.method, "__qualname__", str(job.method)),
        job.p,
        dict(job.floors),
        job.kept,
        job.ties,
        job.score_units,
    )
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def save(path: Path, job: Job, found: Tally) -> None:
    """Write the sums of draws 0 to found.draws - 1 in one step.

    If the process is killed, the file has the former state or this one.
    """
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        draws = np.array(found.draws)
        of = np.array(fingerprint(job))
        np.savez(file, draws=draws, of=of, **found.sums)  # type: ignore[arg-type]
    os.replace(part, path)


def resume(path: Path, job: Job) -> Tally | None:
    """Return the sums that a file holds, or None where there is no file.

    Raises InputError if the file belongs to another run.
    """
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as file:
            held = dict(file)
    except (ValueError, OSError, BadZipFile) as error:
        raise InputError(
            Fault(str(path), "the state of a run", str(error), "remove the file to begin anew")
        ) from None
    draws = int(held.pop("draws"))
    of = str(held.pop("of"))
    if of != fingerprint(job) or draws > job.draws.n:
        found = "another's" if of != fingerprint(job) else f"one of {draws:,} draws already"
        raise InputError(
            Fault(str(path), "the state of this run", found, "name another file, or remove it")
        )
    return Tally(draws, held)
