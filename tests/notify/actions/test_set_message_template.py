"""A business's own words are kept by kind, language and channel, and counted."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW

from clientela.business.errors import ValueRefused
from clientela.business.models import Business
from clientela.notify.actions.set_message_policy import set_message_policy
from clientela.notify.actions.set_message_template import set_message_template
from clientela.notify.errors import WordsRefused
from clientela.notify.models import MessagePolicy, MessageTemplate, Rule
from clientela.notify.queries.words_of import OURS, OwnWords, words_of
from clientela.platform.audit import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(business: Business, scope: None) -> Business:
    return business


def say(business: Business, **words: str) -> OwnWords:
    usual = {"rule": Rule.REMINDER, "language": "es", "channel": "email"}
    return set_message_template(
        business=business, by=factories.SYSTEM, now=NOW, **{**usual, **words}
    )


def test_words_are_kept_counted_and_taken_back_to_ours(place):
    assert say(place) == OURS
    assert say(place, body="Hola {name}").version == 1
    assert say(place, body="Hola {name}").version == 1, "nothing changed"
    assert say(place, body="Hola, {name}", subject="{when}").version == 2
    assert say(place) == OwnWords("", "", 3)
    assert MessageTemplate.objects.count() == 1
    assert AuditEvent.objects.filter(action="message-words-set").count() == 3


def test_words_hold_for_their_language_and_channel_only(place):
    say(place, body="Hola {name}")
    found = {
        (language, channel): words_of(
            business_id=place.pk, rule="reminder", language=language, channel=channel
        ).body
        for language in ("es", "it")
        for channel in ("email", "sms")
    }
    assert found.pop(("es", "email")) == "Hola {name}"
    assert set(found.values()) == {""}


@pytest.mark.parametrize(
    ("words", "reason", "field"),
    [
        ({"body": "{{settings.KEY}}"}, "placeholder-broken", "body"),
        ({"subject": "{settings}"}, "placeholder-unknown", "subject"),
        ({"body": "x" * 2001}, "words-too-long", "body"),
        ({"body": "x" * 301, "channel": "sms"}, "words-too-long", "body"),
        ({"subject": "x", "channel": "sms"}, "words-too-long", "subject"),
        ({"rule": Rule.STAFF_BOOKED, "body": "x"}, "words-unknown", None),
        ({"language": "pt", "body": "x"}, "words-unknown", None),
        ({"channel": "pigeon", "body": "x"}, "words-unknown", None),
    ],
)
def test_what_no_message_can_say_is_refused_beside_its_field(place, words, reason, field):
    with pytest.raises(WordsRefused) as refused:
        say(place, **words)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert not MessageTemplate.objects.exists()


def set_policy(business: Business, first: int | None, last: int | None, low: int = 1):
    return set_message_policy(
        business=business,
        quiet_from_minute=first,
        quiet_until_minute=last,
        balance_low_at=low,
        by=factories.SYSTEM,
        now=NOW,
    )


def test_quiet_hours_are_set_and_taken_away(place):
    set_policy(place, 1320, 540, 2)
    row = MessagePolicy.objects.get()
    assert (row.quiet_from_minute, row.quiet_until_minute, row.balance_low_at) == (1320, 540, 2)
    assert set_policy(place, None, None, 2).quiet_from_minute is None
    set_policy(place, None, None, 2)
    assert AuditEvent.objects.filter(action="message-policy-set").count() == 2


@pytest.mark.parametrize(
    ("first", "last", "low", "reason", "field"),
    [
        (None, 480, 1, "value-refused", "quiet_from_minute"),
        (1320, None, 1, "value-refused", "quiet_until_minute"),
        (1322, 480, 1, "minutes-by-five", "quiet_from_minute"),
        (1320, 1440, 1, "minutes-by-five", "quiet_until_minute"),
        (480, 480, 1, "quiet-never-ends", "quiet_until_minute"),
        (1320, 480, 21, "value-refused", "balance_low_at"),
    ],
)
def test_hours_that_are_none_are_refused(place, first, last, low, reason, field):
    with pytest.raises(ValueRefused) as refused:
        set_policy(place, first, last, low)
    assert (refused.value.reason, refused.value.field) == (reason, field)
