"""The catalogue of sentences, one file a language.

Functions choose a sentence by key and fill in computed fields.
"""

from __future__ import annotations

import numbers
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mcda.checks.faults import Fault, InputError, known
from mcda.checks.of_many import SHOWN
from mcda.checks.significant_digits import Signs, fixed, shown_as, write_with, written_with

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
ANCHORED = "anchored, p = "  # in the name of a method whose scales have fixed ends
EQUAL_WEIGHTS = "equal weights"  # the holder of weights that nobody stated
GLOSSARY = "glossary"  # its keys are words too
PLURAL = "plural"  # its texts are the forms of nouns
CATEGORIES = ("zero", "one", "two", "few", "many", "other")  # of plurals, in Unicode's order
ONE = "one"
OF = "of"  # {holders:of} is a counted noun as it stands behind "of": "3 of 11 holders"
FIVE = 5  # in languages with cases, numbers from it on take the form of many behind "of"
FRACTION = 1.5  # and fractions the form of one behind "of"
MINIMUM = "minimum"  # what sentences are written with; of another limit they have its word
_CHOSEN: ContextVar[str] = ContextVar("language", default=ENGLISH)
_LIMIT: ContextVar[str] = ContextVar("limit", default=MINIMUM)
_RECORD: ContextVar[list[Told] | None] = ContextVar("record", default=None)


@dataclass(frozen=True)
class Told:
    """A sentence as it was shown: its key, its fields and its text.

    The fields are the names and numbers, as they are shown.
    """

    key: str
    fields: Mapping[str, str]
    text: str


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, by their codes.

    >>> "en" in languages()
    True
    """
    folder = files("mcda.sentences") / "catalogue"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def catalogue(name: str) -> dict[str, Any]:
    """Return every sentence of a language by key.

    Raises InputError that lists the languages there are.

    >>> catalogue("en")["join"]["and"]
    ' and '
    """
    if name not in languages():
        raise InputError(
            Fault(
                "language",
                f"one of {known(languages())}",
                repr(name),
                "add a catalogue of this name",
            )
        )
    told = _read(name)
    return told if name == ENGLISH else _filled(told, catalogue(ENGLISH))


def _read(name: str) -> dict[str, Any]:
    path = files("mcda.sentences") / "catalogue" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _filled(translation: dict[str, Any], english: Mapping[str, Any]) -> dict[str, Any]:
    """Return a translation with the English sentences that it lacks, or has with other fields."""
    whole = dict(translation)
    for section, sentences in english.items():
        known_ones = translation.get(section, {})
        if section == GLOSSARY and known_ones:
            continue
        whole[section] = {
            key: known_ones[key] if _fits(known_ones.get(key), sentence) else sentence
            for key, sentence in sentences.items()
        }
    return whole


def _fits(translated: object, english: object) -> bool:
    """Return whether a translated sentence has the fields of the English one."""
    if isinstance(translated, str) and isinstance(english, str):
        return fields_of(translated) == fields_of(english)
    return isinstance(translated, list) and isinstance(english, list)


def fields_of(template: str) -> list[str]:
    """Return the names of the fields that a template has, in the order of the alphabet.

    >>> fields_of("{b} before {a:.0%}")
    ['a', 'b']
    """
    return sorted({field for _, field, _, _ in string.Formatter().parse(template) if field})


@contextmanager
def language(name: str, limit: str = "") -> Iterator[None]:
    """Tell every sentence inside in this language.

    limit: what limits are called, a key of the section "limit_word"; as before, if blank.

    >>> with language("en"):
    ...     told("leads.single")
    'There is one option, so nothing to compare.'
    >>> with language("en", "maximum"):
    ...     told("leads.behind")
    'with the maximum'
    """
    catalogue(name)
    before = _CHOSEN.set(name)
    limit_before = _LIMIT.set(limit or _LIMIT.get())
    try:
        with written_with(_signs(name)):
            yield
    finally:
        _CHOSEN.reset(before)
        _LIMIT.reset(limit_before)


def speak(name: str, limit: str = "") -> None:
    """Tell every sentence from here on in this language, as a notebook does.

    limit: as in `language`.

    >>> speak("en")
    """
    catalogue(name)
    _CHOSEN.set(name)
    _LIMIT.set(limit or _LIMIT.get())
    write_with(_signs(name))


@cache
def _signs(name: str) -> Signs:
    """Return the signs with which a language writes numbers, as Unicode's locale data have them."""
    if name == ENGLISH:
        return Signs()
    symbols = locale(name).number_symbols["latn"]
    percent = locale(name).percent_formats[None].pattern.lstrip("#,0")
    return Signs(symbols["decimal"], symbols["group"], percent)


@cache
def locale(name: str) -> Locale:
    """Return what Unicode's locale data say of a language; those of English where they know none.

    >>> locale("de").language_name
    'Deutsch'
    """
    from babel import Locale, UnknownLocaleError  # a tenth of a second that English does without

    try:
        return Locale.parse(name)
    except UnknownLocaleError:
        return Locale.parse(ENGLISH)


def spoken() -> str:
    """Return the present language of sentences."""
    return _CHOSEN.get()


def limits_called() -> str:
    """Return what limits are called at present, a key of the section "limit_word"."""
    return _LIMIT.get()


class Counted(str):
    """A number with its noun, which some languages write otherwise behind "of"."""

    of: str

    def __new__(cls, text: str, of: str) -> Counted:
        """Return the text with its other form."""
        made = super().__new__(cls, text)
        made.of = of
        return made


class _OneRule(string.Formatter):
    """Fills a template in: its numbers are rounded as all that is shown."""

    def format_field(self, value: Any, spec: str) -> str:
        """Return a field as its format says."""
        if spec == OF:
            return str(getattr(value, OF, value))
        return shown_as(value, spec) if isinstance(value, numbers.Real) else format(value, spec)


_ONE_RULE = _OneRule()


def told(key: str, /, **fields: object) -> str:
    """Return the sentence of a key ("section.name") with its fields filled in.

    What a field holds is never parsed.

    >>> told("dominance.pair", dominator="A", dominated="{B}")
    'A dominates {B}'
    """
    section, _, name = key.partition(".")
    template = with_limit_word(str(catalogue(spoken())[section][name]))
    if fields.get("holder") in _nobody():
        template = _of_nobody(template)
    text = _ONE_RULE.vformat(template, (), fields)
    record = _RECORD.get()
    if record is not None:
        record.append(Told(key, {name: str(value) for name, value in fields.items()}, text))
    return text


def with_limit_word(text: str) -> str:
    """Return a text of the catalogue with the word for the limits of the question at hand.

    >>> with language("en", "limits"):
    ...     with_limit_word("Minimums exclude; a minimum excludes.")
    'Limits exclude; a limit excludes.'
    """
    words = catalogue(spoken())["limit_word"]
    written = words[MINIMUM]
    own = words[_LIMIT.get()]
    if own == written:
        return text
    return text.replace(written, own).replace(written.capitalize(), own.capitalize())


def _nobody() -> tuple[str, str]:
    """Return what the holder of weights that nobody stated is called, in files and in the language."""
    return EQUAL_WEIGHTS, holder_name(EQUAL_WEIGHTS)


def _of_nobody(text: str) -> str:
    """Return a text that speaks of equal weights where it spoke of the weights of a holder."""
    phrases = catalogue(spoken())["of_nobody"]
    for held, equal in zip(phrases["held"], phrases["equal"], strict=True):
        text = text.replace(held, equal)
    return text


def first_told(section: str, *names: str) -> str:
    """Return the sentence of the first of some names that a section has; blank where it has none.

    >>> first_told("join", "nor", "and"), first_told("join", "nor")
    (' and ', '')
    """
    there = (name for name in names if name in catalogue(spoken())[section])
    return next((told(f"{section}.{name}") for name in there), "")


@contextmanager
def recorded() -> Iterator[list[Told]]:
    """Keep every sentence made inside, with its fields, in order.

    >>> with recorded() as record:
    ...     _ = told("dominance.pair", dominator="A", dominated="B")
    >>> record[0].key, record[0].fields
    ('dominance.pair', {'dominator': 'A', 'dominated': 'B'})
    """
    record: list[Told] = []
    before = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(before)


def columns(*keys: str) -> list[str]:
    """Return the headings of a table's columns.

    >>> columns("id", "what")
    ['Id', 'What']
    """
    return [told(f"column.{key}") for key in keys]


def counted(number: int, noun: str) -> Counted:
    """Return a number with its noun in the right form.

    >>> counted(1, "holder"), counted(100_000, "draw")
    ('1 holder', '100,000 draws')
    """
    shown = fixed(number, grouped=True)
    return Counted(f"{shown} {form_of(number, noun)}", f"{shown} {_form_behind_of(number, noun)}")


def form_of(number: float, noun: str) -> str:
    """Return the form of a noun that stands behind a number.

    The forms of the catalogue are in the order of `CATEGORIES`, as far as the language has them.

    >>> form_of(1, "point"), form_of(2, "point")
    ('point', 'points')
    """
    forms = forms_of(noun)
    if spoken() == ENGLISH:
        return forms["one" if number == 1 else "other"]
    return forms[locale(spoken()).plural_form(number)]


def forms_of(noun: str) -> dict[str, str]:
    """Return the forms of a noun by the category of number that asks for each.

    A language whose catalogue has no form for its last category uses the one before it.

    >>> forms_of("point")
    {'one': 'point', 'other': 'points'}
    """
    forms: list[str] = catalogue(spoken())[PLURAL][noun]
    there = ["one", "other"]
    if spoken() != ENGLISH:
        tags = locale(spoken()).plural_form.tags
        there = [name for name in CATEGORIES if name in tags or name == CATEGORIES[-1]]
    return {name: forms[min(at, len(forms) - 1)] for at, name in enumerate(there)}


def open_texts(keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return texts by section and name with their fields left open, for whoever fills them in.

    keys: "section.name", or "section" for all of it; a noun comes with its forms (`forms_of`).

    >>> open_texts(["dominance.pair", "plural.point"])["dominance"]
    {'pair': '{dominator} dominates {dominated}'}
    """
    found: dict[str, dict[str, Any]] = {}
    for key in keys:
        section, _, name = key.partition(".")
        there = catalogue(spoken())[section]
        names = [name] if name else list(there)
        texts = {one: forms_of(one) if section == PLURAL else _open(there[one]) for one in names}
        found[section] = {**found.get(section, {}), **texts}
    return found


def _open(text: Any) -> Any:
    return with_limit_word(text) if isinstance(text, str) else text


def _form_behind_of(number: int, noun: str) -> str:
    """Return the form of a noun behind "of" and a number: in Slavic languages the genitive."""
    if spoken() == ENGLISH or "few" not in locale(spoken()).plural_form.tags:
        return form_of(number, noun)
    if locale(spoken()).plural_form(number) == ONE:
        return form_of(FRACTION, noun)
    return form_of(FIVE, noun)


def method_name(method: str) -> str:
    """Return a method's name as prose has it.

    >>> method_name("topsis (anchored, p = 2)")
    'TOPSIS (anchored, p = 2)'
    """
    name, blank, settings = method.partition(" ")
    names: Mapping[str, str] = catalogue(spoken())["method"]
    return names.get(name, name) + blank + _settings(settings)


def method_asked(method: str) -> str:
    """Return a method's name as it is asked for; its settings are told in the language.

    >>> method_asked("topsis (anchored, p = 2)")
    'topsis (anchored, p = 2)'
    """
    name, blank, settings = method.partition(" ")
    return name + blank + _settings(settings)


def holder_name(holder: str) -> str:
    """Return whose weights they are; weights of nobody are told in the language.

    >>> holder_name("equal weights"), holder_name("Paris")
    ('equal weights', 'Paris')
    """
    nobodys: Mapping[str, str] = catalogue(spoken())["holder_name"]
    return nobodys.get(holder, holder)


def stated_by(method: str) -> str:
    """Return how weights were stated; the words of it that a language has are told in it.

    >>> stated_by("direct, judgement"), stated_by("AHP, eigenvector")
    ('direct, judgement', 'AHP, eigenvector')
    """
    here = catalogue(spoken())
    words: Mapping[str, str] = {**here["kinds"], **here["weighed_by"]}
    return told("join.comma").join(words.get(part, part) for part in method.split(", "))


def _settings(settings: str) -> str:
    """Return the settings behind a method's name, in brackets."""
    _, anchored, order = settings.strip("()").partition(ANCHORED)
    return f"({told('method.anchored', order=order)})" if anchored else settings


def listed(names: Iterable[object]) -> str:
    """Return names as a list in a sentence; of very many the first, and how many more there are.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    told_names = [str(name) for name in names]
    if len(told_names) > SHOWN:
        first = told("join.comma").join(told_names[:SHOWN])
        return told("many.names", names=first, count=len(told_names) - SHOWN)
    last = told("join.and")
    if len(told_names) > 2:
        told_names = [told("join.comma").join(told_names[:-1]), told_names[-1]]
    return last.join(told_names)


def first_of(rows: int, columns: int = 0, most: int = SHOWN) -> str:
    """Return how many rows and columns of very many are shown; blank where all are.

    >>> first_of(rows=500), first_of(rows=40)
    ('the first 40 of 500 rows', '')
    """
    parts = [("rows", rows, most), ("columns", columns, SHOWN)]
    return listed(
        told(f"many.{name}", shown=_grouped(few), count=_grouped(count))
        for name, count, few in parts
        if count > few
    )


def _grouped(count: int) -> str:
    return fixed(count, grouped=True)


def joined(parts: Iterable[str]) -> str:
    """Return parts of a sentence one after the other.

    >>> joined(["a to b", "c to d"])
    'a to b; c to d'
    """
    return told("join.semicolon").join(parts)


def glossary() -> dict[str, str]:
    """Return the words of the report with their meaning."""
    words = catalogue(spoken())["glossary"]
    return {with_limit_word(word): with_limit_word(meaning) for word, meaning in words.items()}
