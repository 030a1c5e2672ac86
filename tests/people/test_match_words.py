"""Each reason has words in each language."""

from __future__ import annotations

import pytest
from django.utils import translation

from clientela.people.match_words import because, sentence
from clientela.rules.match_evidence import Evidence, Field, Reason

pytestmark = pytest.mark.nodb


def line(reason: Reason, millibits: int = 1500) -> Evidence:
    return Evidence(Field.NAME, reason, millibits, ("Paco", "Francisco"))


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_is_said_in_each_language(reason):
    said = set()
    for language in ("en", "es", "it"):
        with translation.override(language):
            said.add(sentence(line(reason)))
    assert len(said) == 3
    assert not any("%(" in one for one in said)


def test_an_explanation_has_each_phrase_with_its_weight():
    lines = [line(Reason.FAMILIAR_FORM, 6460), line(Reason.EMAILS_DIFFER, -800)]
    with translation.override("es"):
        assert because(lines) == (
            "«Paco» y «Francisco» son formas de un mismo nombre (+6,5); "
            "correos distintos: Paco y Francisco (\u22120,8)"
        )


@pytest.mark.parametrize("reason", [Reason.SAME_SURNAME, Reason.BIRTHDAY_PLACEHOLDER])
def test_what_both_cards_say_alike_is_said_once(reason):
    for language in ("en", "es", "it"):
        with translation.override(language):
            words = sentence(Evidence(Field.SURNAME, reason, 1500, ("Gil", "GIL")))
        assert words.casefold().count("gil") == 1
