"""Count many draws with any executor.

The draws are cut into tasks whose sums are added in any order. Sums are kept on disk, so that a run
that was killed goes on.
"""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

from mcda.checks.faults import AssumptionWarning
from mcda.uncertainty.counting.checkpoint import resume, save
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.job import Job
from mcda.uncertainty.counting.processors import processors
from mcda.uncertainty.counting.progress import Progress
from mcda.uncertainty.counting.tally import BLOCK, Tally

Run = tuple[int, int]
LONGEST_TASK = 2**16  # at most a few seconds of work: an interrupt waits for the tasks that run
CELLS_OF_TASK = 2**30  # scored in one task: of many options and holders that takes seconds too
WAITING = 2**29  # bytes of sums that may wait to be added, beyond those that are just counted
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
    with (
        _started(executor) as pool,
        closing(_submitted(pool, job, tasks(job, progress.done))) as work,
    ):
        try:
            return _gathered(work, job, counts, state, progress)
        finally:
            progress.end()


def _submitted(
    pool: Executor, job: Job, runs: Iterable[Run]
) -> Generator[tuple[Future[Tally], Run]]:
    """Go through the tasks in order, with others handed out ahead of each.

    No more are ahead than have room for their sums. Those that nobody waits for any more are
    cancelled.
    """
    most = max(processors(), WAITING // job.bytes_of_sums)
    ahead: deque[tuple[Future[Tally], Run]] = deque()
    try:
        for run in runs:
            ahead.append((pool.submit(count, job, *run), run))
            if len(ahead) > most:
                yield ahead.popleft()
        while ahead:
            yield ahead.popleft()
    finally:
        for future, _ in ahead:
            future.cancel()


def _gathered(
    work: Iterable[tuple[Future[Tally], Run]],
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
            # all sums at once: an interrupt between two would leave them of unlike draws
            counts = part if counts is None else counts + part
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


def tasks(job: Job, first: int = 0) -> Iterator[Run]:
    """Cut a job into runs of draws.

    There are some for each core, and none is so long that progress or an interrupt waits for it.
    """
    n = job.draws.n
    longest = min(LONGEST_TASK, CELLS_OF_TASK // job.cells_of_draw)
    # a task is so many whole blocks of the kernels, or chunks where a block is longer than a task
    step = max(job.chunk, min(BLOCK, longest // job.chunk * job.chunk))
    size = min(longest // step * step, -(-n // (TASKS_FOR_EACH * processors() * step)) * step)
    size = max(step, size)
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
    with ThreadPoolExecutor(processors()) as threads:
        yield threads


def _result(future: Future[Tally], job: Job, run: Run) -> Tally:
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
