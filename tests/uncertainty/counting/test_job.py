"""A job: cut anywhere it counts the same, and what is kept of the first draws is what they were."""

import numpy as np
import pytest

import mcda
from mcda.uncertainty.counting.count import count
from mcda.uncertainty.counting.job import Job

FIRST = 100  # draws, in chunks of 16 of which four are counted together


@pytest.fixture
def shelter_job(make_problem):
    """Give a way to make a job of facts and weights that are drawn, in chunks of 16."""
    problem = make_problem()
    keys = [leaf.key for leaf in problem.leaves]
    draws = mcda.sample(problem, 2 * FIRST, seed=3)

    def made():
        whose = (mcda.weight_space(keys), mcda.weights(dict.fromkeys(keys, 1), "all alike"))
        job = Job(draws, whose, "topsis", 2.0, {}, tuple(problem.options.index))
        job.performances.__dict__["chunk"] = 16
        return job

    return made


def test_chunks_that_are_counted_together_count_as_each_alone(shelter_job):
    together = count(shelter_job(), 0, FIRST)
    alone = sum((count(shelter_job(), at, 1) for at in range(1, FIRST)), count(shelter_job(), 0, 1))
    for name, sums in together.sums.items():
        assert (sums == alone.sums[name]).all(), name


def test_what_is_kept_of_the_first_draws_is_what_they_are_made_anew(shelter_job):
    job = shelter_job()
    count(job, 0, FIRST)
    for first, size in ((0, 16), (64, 36), (70, 5), (90, 30)):
        assert np.array_equal(job.seen(first, size), shelter_job().seen(first, size))
        assert np.array_equal(job.scores(first, size), shelter_job().scores(first, size))
    kept = [
        start
        for start, table in job._first_seen.items()
        if np.shares_memory(table, job.seen(70, 5))
    ]
    assert kept == [64]
