"""Count many draws: cut into tasks for any executor, added in any order, kept on disk so that a killed run goes on."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager

from mcda.problem.faults import AssumptionWarning
from mcda.robustness.job import Job, sum_of
from mcda.robustness.tally import Tally

LONGEST_TASK = 2**21
TASKS_FOR_EACH = 8


def counted(job: Job, executor: Executor | None = None) -> Tally:
    """Return the sums over all draws of a job; whoever counts, and however they are cut, the sums are the same."""
    _ = job.score_unit  # settled once, before the job is sent out
    with _started(executor) as pool:
        runs = list(tasks(job))
        futures = [pool.submit(job.counted, *run) for run in runs]
        return sum_of(_result(future, job, run) for future, run in zip(futures, runs, strict=True))


def tasks(job: Job) -> Iterator[tuple[int, int]]:
    """Cut a job into runs of draws: some for each core, none so long that nothing is seen for minutes."""
    n = job.draws.n
    size = min(LONGEST_TASK, -(-n // (TASKS_FOR_EACH * (os.cpu_count() or 1))))
    size = max(job.chunk, -(-size // job.chunk) * job.chunk)
    for first in range(0, n, size):
        yield first, min(size, n - first)


@contextmanager
def _started(executor: Executor | None) -> Iterator[Executor]:
    """Give the executor, or threads that end with the work: numpy and the kernels let other threads run."""
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
        warnings.warn("a worker ended early; its draws are counted again here", AssumptionWarning, stacklevel=2)
        return job.counted(*run)
