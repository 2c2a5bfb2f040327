"""The sums counted so far, on disk: a run that was killed goes on to the same bits."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from mcda.checks.faults import Fault, InputError
from mcda.files.disk.reading import read_bytes
from mcda.files.disk.writing import write_bytes
from mcda.uncertainty.counting.doubts import first_doubt
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.tally import Tally

# fields of a state beside the sums
DRAWS = "draws"
OF = "of"


def fingerprint(job: Job) -> str:
    """Return a hash of everything that the sums depend on, except the number of draws.

    These are the evidence, the weights, the method and the seed.
    """
    draws = job.draws
    weights = job.weights
    parts = (
        draws.seed,
        draws.varying,
        sorted(draws.drawing.estimates.items()),
        draws.problem.values.to_csv(),
        [(rows.tolist(), factor.tolist()) for rows, factor in draws.drawing.correlations.groups],
        repr(weights),
        [one.tolist() for one in job.weights_of(0, 8)],
        getattr(job.method, "__qualname__", str(job.method)),
        job.order,
        dict(job.floors),
        job.kept,
        job.ties,
        job.score_units,
    )
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def save(path: Path, job: Job, counts: Tally) -> None:
    """Write the sums of draws 0 to found.draws - 1 in one step, with a digest over all of them.

    If the process is killed, the file has the former state or this one. Of several runs that write
    to one file each leaves a whole state.
    """
    arrays = {DRAWS: np.array(counts.draws), OF: np.array(fingerprint(job)), **counts.sums}
    content = io.BytesIO()
    np.savez(content, **arrays, digest=np.array(_digest(arrays)))  # type: ignore[arg-type]
    write_bytes(path, content.getvalue())


def resume(path: Path, job: Job) -> Tally | None:
    """Return the sums that a file holds, or None where there is no file.

    Raises InputError if the file belongs to another run, or holds sums that no run can have.
    """
    if not path.exists():
        return None
    arrays = _loaded(path)
    draws = arrays[DRAWS]
    of = str(arrays[OF])
    if of != fingerprint(job) or int(draws) > job.draws.n:
        found = "another's" if of != fingerprint(job) else f"one of {int(draws):,} draws already"
        raise InputError(
            Fault(str(path), "the state of this run", found, "name another file, or remove it")
        )
    found_sums = Tally(
        int(draws), {name: arrays[name] for name in arrays if name not in (DRAWS, OF)}
    )
    problem = first_doubt(found_sums, job)
    if problem:
        raise _damaged(path, problem)
    return found_sums


def _loaded(path: Path) -> dict[str, np.ndarray]:
    """Return what a state holds once its digest is found right, without the digest."""
    content = io.BytesIO(read_bytes(path))
    try:
        with np.load(content, allow_pickle=False) as file:
            arrays = dict(file)
    except (ValueError, TypeError, OSError, EOFError, MemoryError, BadZipFile, zlib.error):
        raise _damaged(path, "something else, or a part of one") from None
    digest = arrays.pop("digest", None)
    if digest is None or not {DRAWS, OF} <= set(arrays):
        raise _damaged(path, "one without its digest: of an earlier version, or altered")
    if str(digest) != _digest(arrays):
        raise _damaged(path, "numbers that were changed after they were written")
    if arrays[DRAWS].shape != () or arrays[DRAWS].dtype.kind not in "iu" or arrays[DRAWS] < 0:
        raise _damaged(path, "a number of draws that is no count")
    return arrays


def _digest(arrays: Mapping[str, np.ndarray]) -> str:
    """Return a hash over every array: its name, its type, its shape and its numbers."""
    seen = blake2b(digest_size=16)
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        seen.update(f"{name} {array.dtype.str} {np.shape(arrays[name])} ".encode())
        seen.update(array.tobytes())
    return seen.hexdigest()


def _damaged(path: Path, what: str) -> InputError:
    return InputError(Fault(str(path), "the state of a run", what, "remove the file to begin anew"))
