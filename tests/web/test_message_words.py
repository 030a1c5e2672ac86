"""Every kind, way, time and reason of a message has words, for staff and for clients, in every language we ship."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils.translation import override

from clientela.notify.models import Reason, Recipient, Rule
from clientela.notify.reach import CHANNELS
from clientela.web.message_reasons import BECAUSE, CAUSES, WHOLE
from clientela.web.message_words import (
    BY_CHANNEL,
    CHANNEL_NAMES,
    ICONS,
    RECIPIENTS,
    RULES,
    channel_name,
    message_title,
    reason_words,
    recipient_name,
    rule_name,
    timing_words,
)
from clientela.web.states import Audience

LANGUAGES = ("en", "es", "it")
TIMINGS = ("", "before:1440", "before:60", "before:90", "day:0@480", "day:1@540", "day:3@540")
TIMINGS += ("after:60", "after:120", "after:45")


def _everything() -> list[str]:
    """All that can be said, in a fixed order."""
    said = [rule_name(rule) for rule in Rule]
    said += [recipient_name(one) for one in Recipient]
    said += [channel_name(one) for one in CHANNELS]
    said += [message_title(rule, channel) for rule, channel in product(Rule, CHANNELS)]
    said += [timing_words(timing) for timing in TIMINGS]
    for reason, audience, channel, because, tried in product(
        Reason, Audience, CHANNELS, ("", *BECAUSE), (False, True)
    ):
        words = reason_words(
            reason, audience=audience, channel=channel, because=because, tried=tried
        )
        said += [words.text, words.cause, words.next]
    return said


def test_every_member_has_words() -> None:
    assert set(RULES) == set(Rule)
    assert set(RECIPIENTS) == set(Recipient)
    assert set(CAUSES) | set(WHOLE) == set(Reason)
    assert not set(CAUSES) & set(WHOLE)
    assert set(CHANNELS) == set(CHANNEL_NAMES) == set(BY_CHANNEL) == set(ICONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_printed_as_it_is_stored(language: str) -> None:
    stored = {one.value for every in (Rule, Recipient, Reason) for one in every}
    stored |= {*BECAUSE, *CHANNELS, *TIMINGS} - {""}
    with override(language):
        said = _everything()
    assert not set(said) & stored
    assert not [one for one in said if "_" in one or "%(" in one]


@pytest.mark.parametrize("language", ["es", "it"])
def test_every_word_is_translated(language: str) -> None:
    with override("en"):
        english = _everything()
    with override(language):
        translated = _everything()
    assert [
        one for one, other in zip(english, translated, strict=True) if one and one == other
    ] == []


def test_a_time_before_is_said_in_hours_and_a_day_before_by_the_clock() -> None:
    with override("en"):
        said = [timing_words(one) for one in ("", "before:1440", "day:1@540", "after:120")]
    assert said == [
        "at once",
        "24 hours before",
        "the day before at 09:00",
        "2 hours after",
    ]


def test_the_cause_is_the_same_before_and_after_only_its_frame_differs() -> None:
    with override("en"):
        before = reason_words("landline", audience=Audience.STAFF, channel="sms")
        after = reason_words("landline", audience=Audience.STAFF, channel="sms", tried=True)
    assert before.text == "Not sent: this number is a landline"
    assert after.text == "It did not arrive: this number is a landline"
    assert before.cause == after.cause


def test_what_waits_for_its_line_says_so_and_what_never_left_did_not_fail_to_arrive() -> None:
    with override("en"):
        waits = reason_words("queued", audience=Audience.CLIENT, because="line-down")
        late = reason_words(
            "provider_error", audience=Audience.STAFF, because="line-down", tried=True
        )
    assert waits.text == "Waiting: the server that carries it cannot be reached just now"
    assert waits.next == "It leaves by itself as soon as that server answers."
    assert late.text == "Not sent: the server that carries it could not be reached in time"


def test_what_was_handed_over_is_never_called_delivered() -> None:
    for language in LANGUAGES:
        with override(language):
            said = {
                reason_words("handed_over", audience=one, channel=channel).text
                for one, channel in product(Audience, CHANNELS)
            }
            delivered = reason_words("delivered", audience=Audience.CLIENT).text
        assert delivered not in said
