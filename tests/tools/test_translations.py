"""The catalogues hold what the sources say, and the check finds what they lost."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from tools import translations

TEMPLATE = """{% load i18n %}
   <p>{% translate "Good morning" %} {% translate "May" context "month" %}</p>
{% blocktranslate trimmed count n=days %}
    in {{ n }} day
{% plural %}
    in {{ n }} days
{% endblocktranslate %}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A package with a nested package, each with a catalogue of its own."""
    for folder, text in {"web": "Outer", "web/desk": "Inner"}.items():
        (tmp_path / folder / "locale").mkdir(parents=True)
        (tmp_path / folder / "page.py").write_text(
            f'TITLE = gettext_lazy("{text}")\n', encoding="utf-8"
        )
    templates = tmp_path / "web/desk/templates"
    templates.mkdir()
    (templates / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def catalogue(source: Path, folder: str) -> set[str]:
    found, _ = translations.gather(source)
    return {translations.key_of(m)[0] for m in translations.live(found[source / folder])}


def test_a_nested_catalogue_takes_its_own_strings(source: Path) -> None:
    assert catalogue(source, "web") == {"Outer"}
    assert catalogue(source, "web/desk") == {"Inner", "Good morning", "May", "in %(n)s day"}


def test_a_string_without_a_home_is_reported(source: Path) -> None:
    (source / "lost.py").write_text('_("Nobody owns me")\n', encoding="utf-8")
    _, homeless = translations.gather(source)
    assert homeless == ["lost.py: has strings but no locale/ folder above it"]


def test_update_keeps_what_was_translated_and_writes_the_same_bytes_twice(source: Path) -> None:
    owner = source / "web"
    found, _ = translations.gather(source)
    translations.update(owner, found[owner], "es", prune=False)
    path = translations.catalogue_path(owner, "es")
    path.write_text(
        path.read_text().replace('msgid "Outer"\nmsgstr ""', 'msgid "Outer"\nmsgstr "Fuera"')
    )
    once = path.read_bytes()
    translations.update(owner, found[owner], "es", prune=False)
    assert path.read_bytes() == once
    assert list(translations.complaints(owner, found[owner], "es", source)) == []


def test_a_string_that_disappears_is_kept_aside_comes_back_and_can_be_pruned(source: Path) -> None:
    owner = source / "web"
    found, _ = translations.gather(source)
    translations.update(owner, found[owner], "es", prune=False)
    path = translations.catalogue_path(owner, "es")
    path.write_text(
        path.read_text().replace('msgid "Outer"\nmsgstr ""', 'msgid "Outer"\nmsgstr "Fuera"')
    )
    (owner / "page.py").write_text("", encoding="utf-8")
    gone, _ = translations.gather(source)
    translations.update(owner, gone[owner], "es", prune=False)
    assert len(list(translations.complaints(owner, gone[owner], "es", source))) == 1
    translations.update(owner, found[owner], "es", prune=False)
    assert list(translations.complaints(owner, found[owner], "es", source)) == []
    translations.update(owner, gone[owner], "es", prune=True)
    assert list(translations.complaints(owner, gone[owner], "es", source)) == []


def test_the_compiled_catalogue_speaks_and_leaves_gaps_to_the_source(source: Path) -> None:
    owner = source / "web/desk"
    found, _ = translations.gather(source)
    translations.update(owner, found[owner], "it", prune=False)
    path = translations.catalogue_path(owner, "it")
    path.write_text(
        path.read_text().replace('msgid "Inner"\nmsgstr ""', 'msgid "Inner"\nmsgstr "Dentro"')
    )
    assert translations.compile_catalogue(owner, "it", force=True)
    with path.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Inner") == "Dentro"
    assert spoken.ngettext("in %(n)s day", "in %(n)s days", 2) == "in %(n)s days"


@pytest.mark.parametrize(
    ("english", "spanish", "fault"),
    [
        ("Hello %(name)s", "Hola", "lost %(name)s"),
        ("Hello", "Hola %(name)s", "invented %(name)s"),
        ("A <b>bold</b> word", "Una palabra", "lost </b <b"),
        ("{count} left", "quedan", "lost {count}"),
        ("Hello ", "Hola", "blank at the edge differs"),
        ("Hello", "", "not translated"),
    ],
)
def test_what_was_lost_in_translation_is_found(english: str, spanish: str, fault: str) -> None:
    assert list(translations.faults(Message(english, spanish))) == [fault]


def test_a_fair_translation_is_not_complained_of() -> None:
    plural = Message(
        ("%(n)s day of %(all)s", "%(n)s days of %(all)s"),
        ("%(n)s día de %(all)s", "%(n)s días de %(all)s"),
    )
    assert list(translations.faults(plural)) == []
    assert list(translations.faults(Message("100%% sure", "100%% de certeza"))) == []


def test_one_string_translated_in_two_ways_is_found(source: Path) -> None:
    for folder, word in {"web": "Reservar", "web/desk": "Reserva"}.items():
        path = translations.catalogue_path(source / folder, "es")
        path.parent.mkdir(parents=True)
        path.write_text(
            f'{translations.HEADER.format(language="es")}msgid "Book"\nmsgstr "{word}"\n'
        )
    assert len(list(translations.contradictions(source))) == 1
