"""The page rounds as Python does: the same text for the same number, on random and on mischievous ones."""

from importlib import resources

import numpy as np
import pytest

from mcda.checks import significant_digits as rule

pytestmark = pytest.mark.browser
SOURCE = (resources.files("mcda.reporting.panels") / "static" / "digits.js").read_text(
    encoding="utf-8"
)
RUN = """async ([source, body, given]) => {
  const rule = await import('data:text/javascript;charset=utf-8,' + encodeURIComponent(source));
  return new Function('rule', 'given', body)(rule, given);
}"""


@pytest.fixture(scope="module")
def page_rule(browser):
    """Run JavaScript with the page's rule on data, and return what it returns."""
    page = browser.new_page()
    yield lambda body, given: page.evaluate(RUN, [SOURCE, body, given])
    page.close()


RANDOM = 1_000  # numbers of each sort: ten tests go through them all, of both signs


def mischievous():
    """Random numbers of every size, halves with wrong last bits, powers of ten and their neighbours, both signs."""
    numbers = np.random.default_rng(12)
    sized = numbers.uniform(0.1, 1, RANDOM) * 10.0 ** numbers.integers(-10, 17, RANDOM)
    halves = (numbers.integers(0, 10**5, RANDOM) + 0.5) / 10.0 ** numbers.integers(0, 5, RANDOM)
    wrong = halves * (1 + numbers.choice([-1e-9, -1.0000001e-9, -1e-15, 1e-15, 1e-9, 2e-9], RANDOM))
    tens = 10.0 ** np.arange(-8, 16)
    edges = [
        tens,
        np.nextafter(tens, 0),
        np.nextafter(tens, np.inf),
        tens * (1 - 1e-7),
        tens * (1 - 1e-10),
    ]
    found = np.concatenate(
        [[0.0, 1e-300, 2.0**53, 2.0**53 - 1, 1e22], sized, halves, wrong, *edges]
    )
    return [*found.tolist(), *(-found).tolist()]


@pytest.mark.parametrize("places", [0, 1, 2, 3, 9])
def test_places(page_rule, places):
    """So many places, grouped or signed or bare, and the rounded number itself."""
    given = mischievous()
    body = f"""return given.map((x) => [rule.fixed(x, {places}), rule.fixed(x, {places}, {{sign: true, grouped: true}}),
      rule.rounded(x, {places})]);"""
    expected = [
        [
            rule.fixed(x, places),
            rule.fixed(x, places, sign=True, grouped=True),
            rule.rounded(x, places),
        ]
        for x in given
    ]
    assert page_rule(body, given) == expected


@pytest.mark.parametrize("count", [1, 2, 3, 4, 6])
def test_digits_that_count(page_rule, count):
    """So many digits that count, nearest, down and up."""
    given = mischievous()
    body = f"""return given.map((x) => [rule.digits(x, {count}), rule.digits(x, {count}, {{down: true}}),
      rule.digits(x, {count}, {{up: true}})]);"""
    expected = [
        [rule.digits(x, count), rule.digits(x, count, down=True), rule.digits(x, count, up=True)]
        for x in given
    ]
    assert page_rule(body, given) == expected


def test_shares_and_parts(page_rule):
    """Shares alone and shares of a whole, with equal ones, tiny ones, wrong last bits, and parts of a difference."""
    numbers = np.random.default_rng(7)
    wholes = []
    for _ in range(2000):
        counts = numbers.integers(0, numbers.choice([3, 9, 1000]), numbers.integers(1, 12)) + 0.0
        counts[0] += numbers.choice([1, 1, 5000])
        wholes.append(
            (counts / counts.sum() * (1 + numbers.choice([0, 1e-16, 1e-15], len(counts)))).tolist()
        )
    body = """return given.map((shares) => [rule.percents(shares), rule.percents(shares, 1, ""),
      rule.parts(shares.map((s, k) => (k % 2 ? -10 : 10) * s), 1), shares.map((s) => rule.percent(s))]);"""
    expected = [
        [
            rule.percents(shares),
            rule.percents(shares, 1, ""),
            rule.parts([(-10 if k % 2 else 10) * share for k, share in enumerate(shares)], 1),
            [rule.percent(share) for share in shares],
        ]
        for shares in wholes
    ]
    assert page_rule(body, wholes) == expected
