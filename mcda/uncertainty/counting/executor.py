"""Count many draws with any executor.

The draws are cut into tasks whose sums are added in any order. Sums are kept on disk, so that a run
that was killed goes on.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from mcda.checks.faults import AssumptionWarning
from mcda.uncertainty.counting.checkpoint import resume, save
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.progress import Progress
from mcda.uncertainty.counting.tally import BLOCK, Tally

LONGEST_TASK = 2**16  # at most a few seconds of work: an interrupt waits for the tasks that run
TASKS_FOR_EACH = 8  # of the processors: none waits long for the last task
KEEP_EVERY = 2.0  # seconds: so much is lost at most where a run is stopped


def counted(job: Job, executor: Executor | None = None, state: Path | None = None) -> Tally:
    """Return each holder's sums over all draws of a job.

    They are the same whatever the executor and the tasks. With a `state` file, what it holds isn't
    counted again, and it is written about every two seconds. After an interrupt the sums are those
    counted so far.
    """
    _ = job.score_units  # settled once, before the job is sent out
    counts = resume(state, job) if state else None
    if counts and counts.draws == job.draws.n:
        return counts
    done = counts.draws if counts else 0
    progress = Progress(job.draws.n, done)
    with _started(executor) as pool:
        runs = list(tasks(job, progress.done))
        futures = [pool.submit(count, job, *run) for run in runs]
        try:
            return _gathered(zip(futures, runs, strict=True), job, counts, state, progress)
        finally:
            for future in futures:
                future.cancel()
            progress.end()


def _gathered(
    work: Iterable[tuple[Future[Tally], tuple[int, int]]],
    job: Job,
    counts: Tally | None,
    state: Path | None,
    progress: Progress,
) -> Tally:
    """Add results in order, so that what is done is always the first draws; keep them on disk."""
    saved_at = monotonic()
    try:
        for future, run in work:
            part = _result(future, job, run)
            counts = counts + part if counts else part
            progress.add(part.draws)
            if state and (monotonic() - saved_at > KEEP_EVERY or counts.draws == job.draws.n):
                save(state, job, counts)
                saved_at = monotonic()
    except KeyboardInterrupt:
        if counts is None:
            raise
        warnings.warn(
            f"interrupted after {counts.draws:,} of {job.draws.n:,} draws",
            AssumptionWarning,
            stacklevel=4,
        )
    return counts or Tally(0, {})


def tasks(job: Job, first: int = 0) -> Iterator[tuple[int, int]]:
    """Cut a job into runs of draws.

    There are some for each core, and none is so long that progress or an interrupt waits for it.
    """
    n = job.draws.n
    size = min(LONGEST_TASK, -(-n // (TASKS_FOR_EACH * (os.cpu_count() or 1))))
    step = max(job.chunk, BLOCK)
    size = max(step, -(-size // step) * step)
    for at in range(first, n, size):
        yield at, min(size, n - at)


@contextmanager
def _started(executor: Executor | None) -> Iterator[Executor]:
    """Give the executor, or threads that end with the work.

    Numpy and the kernels let other threads run.
    """
    if executor is not None:
        yield executor
        return
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        yield threads


def _result(future: Future[Tally], job: Job, run: tuple[int, int]) -> Tally:
    """Return what a worker counted; where the worker died, count the same draws here."""
    try:
        return future.result()
    except BrokenExecutor:
        warnings.warn(
            "a worker ended early; its draws are counted again here",
            AssumptionWarning,
            stacklevel=2,
        )
        return count(job, *run)
