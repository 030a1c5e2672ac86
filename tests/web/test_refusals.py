"""Every reason a person may meet has a sentence, in every language."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override
from tools import translations

from clientela.booking import errors
from clientela.people import errors as people_errors
from clientela.platform.refusal import Refusal
from clientela.rules.change_policy import ChangeReason
from clientela.rules.lifecycle import Status
from clientela.rules.unavailability import Unavailable
from clientela.web import refusals
from clientela.web.states import Audience, badge_of
from tests.factories import NOW, at

REFUSED = [one for one in ChangeReason if one not in {ChangeReason.STAFF, ChangeReason.IN_TIME}]
GENERAL = {"en": "That is not possible.", "es": "No es posible.", "it": "Non è possibile."}


@pytest.fixture(scope="module", autouse=True)
def catalogues() -> None:
    """Spanish and Italian, compiled as every installation has them."""
    assert translations.main(["compile"]) == 0


@pytest.mark.parametrize("language", ["en", "es", "it"])
@pytest.mark.parametrize("word", [*Unavailable, *REFUSED, "slot-taken", "idempotency-key-reused"])
def test_every_reason_has_a_sentence_of_its_own(language: str, word: str) -> None:
    with override(language):
        said = refusals.sentence(str(word), zone="Europe/Madrid")
        assert said != GENERAL[language]
        assert said.endswith(".")
        assert said.count(" ") > 1  # a sentence, not the word
    if language != "en":
        with override("en"):
            assert refusals.sentence(str(word), zone="Europe/Madrid") != said


def test_a_word_without_a_sentence_is_never_printed_raw() -> None:
    with override("en"):
        assert refusals.sentence("some-new-word") == GENERAL["en"]


def test_a_lost_race_names_the_time_and_its_place() -> None:
    with override("es"):
        said = refusals.sentence(
            "slot-taken", facts={"starts_at": at("2026-11-24 17:30")}, zone="Europe/Madrid"
        )
    assert said == "Alguien acaba de coger las 17:30 (Madrid). No hemos reservado nada."


def test_too_soon_says_from_when() -> None:
    with override("en"):
        said = refusals.sentence("lead-time", facts={"until": NOW}, zone="Europe/Madrid")
    assert said == "That is too soon: online booking starts from Mon 23 Nov, 08:00 (Madrid)."


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=30), "Online changes closed 1 minute ago"),
        (timedelta(minutes=59), "Online changes closed 59 minutes ago"),
        (timedelta(hours=7, minutes=5), "Online changes closed 7 hours ago"),
        (timedelta(hours=25), "Online changes closed 1 day ago"),
    ],
)
def test_how_long_ago_changes_closed_is_said_in_whole_units(ago: timedelta, said: str) -> None:
    with override("en"):
        assert refusals.closed_since(closed_at=NOW - ago, now=NOW) == said


def test_a_refusal_speaks_for_itself() -> None:
    with override("it"):
        assert refusals.of(people_errors.NameMissing()) == "Scrivi il tuo nome."
        late = errors.ChangeRefused(
            "too-late", closes_at=datetime.fromisoformat("2026-11-23T10:00+01:00")
        )
        assert refusals.of(late, zone="Europe/Madrid") == (
            "Le modifiche online si sono chiuse lun 23 nov, 10:00 (Madrid)."
        )
        assert isinstance(late, Refusal)


@pytest.mark.parametrize("language", ["en", "es", "it"])
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("status", list(Status))
def test_every_state_has_its_words_for_each_reader(
    language: str, audience: Audience, status: Status
) -> None:
    with override(language):
        badge = badge_of(status, audience=audience)
    assert badge.text
    assert badge.text != status.value
    assert badge.icon
