"""Numbers as people write them: decimal commas, thousands, full-width digits; read where the meaning is certain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from mcda.checks import significant_digits
from mcda.checks.labels import NUMBER

SPACES = "\u0020\u00a0\u2009\u202f'’"
GROUPED = re.compile(rf"[+-]?\d{{1,3}}([{SPACES}]\d{{3}})+([.,]\d+)?")
DECIMAL_COMMA = re.compile(
    r"[+-]?(\d+,(\d{1,2}|\d{4,})|0,\d+|\d{4,},\d+|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})"
)
THOUSANDS_COMMA = re.compile(
    r"[+-]?(\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}|\d{1,2}(,\d{2})+,\d{3}(\.\d+)?)"
)  # the last as India writes them: 12,34,567
EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
POINT_OF_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
THOUSANDS_POINT = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}")
# a decimal comma is proven, and that points part thousands beside it
COMMA_AND_POINTS = ",."
ABSENT = {"", "na", "n/a", "nan", "null", "none", "-", "–", "—", "?", "nil", "tbd"}
LEFT = re.compile(r"#[A-Z/0_]+[!?]?|NaN|nan")
QUANTITY = r"[+-]?\d+([.,]\d+)?"
# what people write that is more or less than one number: its name, and the way to write it
WRITTEN = {
    "a number with its error": (
        re.compile(rf"{QUANTITY}\s*(±|\+/-|\+-)\s*{QUANTITY}"),
        "give the low end, the best estimate and the high end a column each",
    ),
    "a range": (
        re.compile(rf"{QUANTITY}\s*(-|–|—|\.\.|…|to|bis|à|až|до)\s*{QUANTITY}", re.IGNORECASE),
        "give its two ends a column each, low and high",
    ),
    "a date": (
        re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"),
        "if a program took a number for a date, format the cell as text and type it again; "
        "of a day, write how many days or years it is from a stated one",
    ),
    "a time": (
        re.compile(r"\d{1,3}:\d{2}(:\d{2})?"),
        "write one number in one unit, as 90 minutes for 1:30",
    ),
    "a fraction": (re.compile(r"[+-]?\d+\s*/\s*\d+"), "write the decimal number, as 0.5 for 1/2"),
    "a bound or a rough number": (
        re.compile(rf"(<|>|≤|≥|<=|>=|~|≈|ca\.?|about|approx\.?)\s*{QUANTITY}", re.IGNORECASE),
        "write the one number that it stands for",
    ),
    "a number in brackets": (
        re.compile(rf"\({QUANTITY}\)"),
        "write it without them, with a minus if it is below 0",
    ),
}
LONGEST = 400  # characters that are looked at: no number that somebody wrote is longer
QUOTED = 60  # characters of a text that a fault quotes
PLAIN_DIGITS = "write plain digits and a point"


def plain(text: str) -> str:
    """Return a text with compatible digits and signs as ASCII ones and without spaces around it.

    >>> plain("１２ "), plain("−٣")
    ('12', '-3')
    """
    if text.isascii():
        return text.strip()
    normal = unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()
    return "".join(map(_plain_digit, normal))


def _plain_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def convention(texts: Iterable[str]) -> str:
    """Return the decimal sign that texts prove: "," or "."; blank where none does, "mixed" where both are proven.

    >>> convention(["17537", "28,3"]), convention(["1,250,000"]), convention(["1,234"])
    (',', '.', '')
    >>> convention(["12,34,567"])
    '.'
    """
    proven = set[str]()
    for text in texts:
        if "," in text or text.count(".") > 1:  # one point alone proves nothing
            number = plain(text)
            if DECIMAL_COMMA.fullmatch(number):
                proven.add(",")
            elif THOUSANDS_COMMA.fullmatch(number):
                proven.add(".")
    return "mixed" if len(proven) > 1 else "".join(proven)


def parts_by_points(texts: Iterable[str]) -> bool:
    """Return whether the numbers of a column part thousands by points: one proves it, none has a decimal point.

    >>> parts_by_points(["31.450,50", "29.900"]), parts_by_points(["31.450,50", "29.9"])
    (True, False)
    """
    numbers = [plain(text) for text in texts if "." in text]
    has_decimal_point = any(
        NUMBER.fullmatch(number) and not POINT_OF_EITHER.fullmatch(number) for number in numbers
    )
    return not has_decimal_point and any(THOUSANDS_POINT.fullmatch(number) for number in numbers)


def points_of_either(texts: Iterable[str]) -> list[str]:
    """Return numbers such as "1.200" whose point may part thousands, where no text proves what a point is.

    >>> points_of_either(["1.200", "12.500"]), points_of_either(["1.200", "12.5"])
    (['1.200', '12.500'], [])
    """
    listed = list(texts)
    pointed = [text for text in listed if "." in text and NUMBER.fullmatch(plain(text))]
    if convention(listed) or not all(POINT_OF_EITHER.fullmatch(plain(text)) for text in pointed):
        return []
    return pointed


def as_plain(text: str, decimal: str = "") -> str | None:
    """Return the number a text means, written plainly; None where it is no number or could be two.

    `decimal` is the decimal sign that the file has proven (`convention`); without proof "1,234" has no one meaning.
    ",." is a comma in a column that parts thousands by points.

    >>> as_plain("1.250.000,5", ","), as_plain("12 000"), as_plain("1,234"), as_plain("1,234", ",")
    ('1250000.5', '12000', None, '1.234')
    >>> as_plain("1.234", ","), as_plain("1.234", ",.")
    (None, '1234')
    """
    if len(text) > LONGEST:
        return None
    number = plain(text)
    if decimal == COMMA_AND_POINTS and POINT_OF_EITHER.fullmatch(number):
        return number.replace(".", "")
    if NUMBER.fullmatch(number):
        return None if decimal == "," and POINT_OF_EITHER.fullmatch(number) else number
    decimal = decimal[:1]
    if GROUPED.fullmatch(number):
        number = re.sub(f"[{SPACES}]", "", number)
        return _joined(number, decimal) if "," in number else number
    return _joined(number, decimal)


def has_two_readings(text: str) -> bool:
    """Return whether a point or a comma before three digits may be decimal or part thousands.

    >>> has_two_readings("1,200"), has_two_readings("0.125"), has_two_readings("1.25")
    (True, False, False)
    """
    number = plain(text[:LONGEST])
    return bool(EITHER.fullmatch(number) or POINT_OF_EITHER.fullmatch(number))


def with_decimal(text: str, decimal: str) -> str:
    """Return a number of two readings written plainly, by the sign that is told to be decimal; others as they are.

    >>> with_decimal("1,200", ","), with_decimal("1.200", ","), with_decimal("1.25", ",")
    ('1.200', '1200', '1.25')
    """
    if not has_two_readings(text):
        return text
    number = plain(text)
    return number.replace(decimal, ".") if decimal in number else re.sub("[.,]", "", number)


def _joined(number: str, decimal: str) -> str | None:
    """Return a number with commas, or with points between thousands, written plainly."""
    if EITHER.fullmatch(number):
        return {",": number.replace(",", "."), ".": number.replace(",", "")}.get(decimal)
    if decimal in ("", ",") and DECIMAL_COMMA.fullmatch(number):
        return number.replace(".", "").replace(",", ".")
    if decimal in ("", ".") and THOUSANDS_COMMA.fullmatch(number):
        return number.replace(",", "")
    return None


def holds_digit(text: str) -> bool:
    """Return whether a text may hold a number.

    >>> holds_digit("about 12"), holds_digit("twelve")
    (True, False)
    """
    return any(sign.isdigit() for sign in text)


def left_by_program(text: str) -> bool:
    """Return whether a text is what a program writes where it has nothing: a formula's error, or no number.

    >>> left_by_program("#N/A"), left_by_program("NaN"), left_by_program("#1 choice")
    (True, True, False)
    """
    return bool(LEFT.fullmatch(text.strip()))


def written_as(text: str) -> tuple[str, str] | None:
    """Return what a text is that holds more or less than one number, and how to write it; None for another.

    >>> written_as("10-12"), written_as("<5")[0], written_as("good")
    (('a range', 'give its two ends a column each, low and high'), 'a bound or a rough number', None)
    """
    number = plain(text[:LONGEST])
    for name, (form, remedy) in WRITTEN.items():
        if form.fullmatch(number):
            return name, remedy
    return None


def _without_percent(percentage: str) -> str:
    """Return the way out of a percentage: its number, and the share that it is."""
    points = as_plain(percentage.removesuffix("%"))
    if points is None:
        return f"{PLAIN_DIGITS}, without %"
    share = significant_digits.plain(float(points) / 100)
    return f"write {points} where the unit is percent and {share} where it is a share, without %"


def unreadable(text: str) -> tuple[str, str]:
    """Return, for a text that is no plain number, the words for what was found and the way out.

    >>> unreadable("1,234")
    ("'1,234', which is 1.234 or 1234", 'write 1.234 or 1234')
    """
    if not text.strip():
        return "an empty cell", "write the number"
    number = plain(text[:LONGEST])
    kind, remedy = _kind_of(number)
    shown = text if len(text) <= QUOTED else f"{text[:QUOTED]}..."
    quoted = repr(shown)
    return f"{quoted}, {kind}" if kind else quoted, remedy


def _kind_of(number: str) -> tuple[str, str]:
    """Return what a text is instead of a plain number, blank where it is nothing known, and the way out."""
    if has_two_readings(number):
        with_point = number.replace(",", ".")
        without_sign = number.replace(",", "").replace(".", "")
        readings = f"{with_point} or {without_sign}"
        return f"which is {readings}", f"write {readings}"
    if number.endswith("%"):
        return "a percentage", _without_percent(number)
    if number.startswith("#"):
        return "a formula's error", "mend the formula, or write the number"
    if number.lower() in ABSENT:
        return "a missing number", "nothing is filled in for you: write the number"
    return written_as(number) or ("", PLAIN_DIGITS)
