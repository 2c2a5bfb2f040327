"""A report in another language: the same numbers in that language's signs, and no English left but names."""

import html
import json
import re
import shutil
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import mcda
from mcda.preferences.weighting.stated import MEANING
from mcda.reporting import language as words
from mcda.reporting.language.results import counted_points
from mcda.reporting.study.study import Settings, Study
from mcda.reporting.verification.said import FAILS
from mcda.reporting.verification.verify import verify
from mcda.reporting.writers.report import composed, report, write
from mcda.sentences import catalogue as place
from mcda.sentences.catalogue import CATEGORIES, catalogue, counted, fields_of, languages, locale

OTHERS = [name for name in languages() if name != "en"]
# what is called the same everywhere: methods, scales, people, files, and what the run is made of
NAMES = """
TOPSIS AHP ICD Saaty mcda report html inputs csv toml json judgements criteria options perspectives
question scores sources manifest topsis additive ahp draws seed methods scale icd203 language
CPython Linux x86 vikor promethee electre Dias Brans Vincke Hwang Yoon Belton
Stewart anchored method script values Keeney Raiffa Edwards Barron Lahdelma Salminen Hokkanen
"""


def texts(page):
    """The texts of a page that a reader sees or hears, without scripts and what stands for one."""
    page = re.sub(
        r"<script.*?</script>|<style.*?</style>|<noscript.*?</noscript>", "", page, flags=re.S
    )
    page = re.sub(r'src="data:[^"]*"', "", page)
    alternative = re.findall(r'(?:alt|aria-label|title)="([^"]*)"', page)
    return html.unescape("\n".join([re.sub(r"<[^>]+>", "\n", page), *alternative]))


@pytest.mark.slow
def test_no_english_is_left_but_names(masks, cooling, cooling_question):
    """Every word of the page is of the catalogue, of the question, or a name that no language changes."""
    problem, holders = cooling_question
    study = Study(problem, holders, Settings(draws=100, seed=1, language=masks), {}, cooling)
    page = composed(study).html().decode("utf-8")
    typed = [one.read_text(encoding="utf-8") for one in cooling.rglob("*.*")]
    packages = [one.metadata["Name"].lower() for one in metadata.distributions()]
    known = set(re.findall(r"[^\W\d_]{3,}", " ".join([*typed, *packages, NAMES, MEANING])))
    shown = re.sub(r"[0-9a-f]{40,}", "", texts(page.partition('id="run"')[0]))
    left = set(re.findall(r"(?<![\w./-])[A-Za-z]{3,}(?![\w/-]|\.\w)", shown)) - known
    assert not left, " ".join(sorted(left))


@pytest.mark.parametrize("name", OTHERS)
def test_a_catalogue_has_the_keys_and_the_fields_of_english(name):
    """And as many forms of every noun as its language counts with."""
    path = Path(place.__file__).with_name("catalogue") / f"{name}.toml"
    translation = tomllib.loads(path.read_text(encoding="utf-8"))
    told = [key for key in catalogue("en") if key != "glossary"]
    assert {key for key in translation if key != "glossary"} == set(told)
    tags = locale(name).plural_form.tags
    forms = [tag for tag in CATEGORIES if tag in tags or tag == "other"]
    for section in told:
        english = catalogue("en")[section]
        other = translation[section]
        assert set(other) == set(english), section
        for key, text in english.items():
            if section == "plural":
                assert len(other[key]) == len(forms), key
            elif isinstance(text, str):
                assert fields_of(other[key]) == fields_of(text), (section, key)


def test_what_a_translation_lacks_is_told_in_english(masks, tmp_path):
    """A sentence that is missing, or has other fields than the English one: never an error."""
    path = tmp_path / "catalogue" / "xx.toml"
    text = path.read_text(encoding="utf-8").replace('"and" = ', '"und" = ')
    path.write_text(text.replace("{dominator}", "{someone}"), encoding="utf-8")
    place.catalogue.cache_clear()
    with words.language(masks):
        assert words.listed(["a", "b"]) == "a and b"
        assert words.told("dominance.pair", dominator="A", dominated="B") == "A dominates B"


@pytest.mark.parametrize("name", OTHERS)
def test_a_report_of_another_language_verifies(
    name, cooling, cooling_question, cooling_report, tmp_path
):
    """Same numbers, other words and signs; `verify` makes it again in its language."""
    problem, holders = cooling_question
    study = Study(problem, holders, Settings(language=name), {}, cooling)
    made = composed(study)
    write(made, tmp_path / "out", ["html"])
    assert not [str(one) for one in verify(tmp_path / "out") if one.level == FAILS]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    rankings = [one["results"]["rankings"] for one in (manifest, cooling_report.manifest)]
    assert sorted(numbers_of(rankings[0])) == sorted(numbers_of(rankings[1]))
    assert f'lang="{name}"' in made.html().decode("utf-8")


def numbers_of(thing):
    if isinstance(thing, dict):
        return [number for one in thing.values() for number in numbers_of(one)]
    if isinstance(thing, list):
        return [number for one in thing for number in numbers_of(one)]
    return [thing] if isinstance(thing, float) else []


def test_a_counted_noun_behind_of_is_a_genitive():
    """As `{holders:of}` asks for; a field that isn't counted stays as it is."""
    with words.language("uk"):
        shown = [f"{counted(number, 'holder').of}" for number in (1, 3, 11, 21)]
        assert shown == ["1 сторони", "3 сторін", "11 сторін", "21 сторони"]
        assert counted_points(8.73) == "8,73 пункту"
        assert counted_points(11.997) == "12 пунктів"
    assert counted(1, "holder").of == "1 holder" and counted(3, "holder").of == "3 holders"


def test_a_template_asks_for_the_form_behind_of(masks, tmp_path):
    """The same field stands in the first form without it."""
    path = tmp_path / "catalogue" / "uk.toml"
    path.write_text(
        '[plural]\nholder = ["a", "b", "c", "d"]\n[dominance]\n'
        'pair = "{dominator:of} {dominated} {dominator}"\n',
        encoding="utf-8",
    )
    place.catalogue.cache_clear()
    with words.language("uk"):
        told = words.told("dominance.pair", dominator=counted(2, "holder"), dominated="x")
    assert told == "2 c x 2 b"


def test_numbers_and_nouns_of_other_languages():
    """Signs and forms are those of Unicode's locale data."""
    if "de" in languages():
        with words.language("de"):
            assert words.share(0.534) == "53\u00a0%" and words.figure(1234.5) == "1235"
            assert words.as_stated(1250.5) == "1.250,5"
    if "uk" in languages():
        with words.language("uk"):
            ends = [counted(number, "draw").split("\u00a0")[-1] for number in (1, 3, 5, 21)]
            assert ends[0].split()[-1] == ends[3].split()[-1] and len(set(ends)) == 4
    assert words.as_stated(1250.5) == "1,250.5"


def test_a_language_without_a_catalogue_is_refused(make_problem, tmp_path, cooling):
    """By the argument, and in the file of the question."""
    with pytest.raises(mcda.InputError, match="language: expected one of 'de', 'en', 'uk'"):
        report(make_problem(), to=tmp_path / "report.html", language="xx")
    text = (cooling / "question.toml").read_text(encoding="utf-8")
    folder = tmp_path / "q"
    shutil.copytree(cooling, folder)
    (folder / "question.toml").write_text(f'language = "Klingon"\n{text}', encoding="utf-8")
    with pytest.raises(mcda.InputError, match=r"language: expected one of .* found 'Klingon'"):
        mcda.read_problem(folder)
