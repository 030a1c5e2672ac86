"""Texts and pushes: every client's rule in every language, short, named, with its zone, and inert."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clientela.booking.links import manage_url, own_url
from clientela.notify.models import Message, MessageTemplate, Recipient, Rule
from clientela.notify.queries.client_policy import ClientPolicy, letter_policy
from clientela.notify.queries.words_of import OwnWords
from clientela.notify.safe_text import BREAK
from clientela.notify.short_text import LONGEST_TEXT, fitted, push_text, sample_facts, short_text
from clientela.notify.short_words import PUSHES, TEXTS
from clientela.rules.text_segments import is_gsm_text, segments

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

CLIENT_RULES = [rule for rule in Rule if not rule.startswith("staff-")]
NOT_ABOUT_A_TIME = {Rule.FOLLOW_UP, Rule.BALANCE_LOW}
LANGUAGES = ("en", "es", "it")


@pytest.fixture
def make_message(appointment, now, settings):
    settings.PUBLIC_URL = "https://citas.example.com"

    def make(rule=Rule.CONFIRMATION, *, language="es", channel="sms", **facts) -> Message:
        return Message(
            business=appointment.business,
            appointment=appointment,
            occurrence=1,
            rule=rule,
            recipient=Recipient.CLIENT,
            recipient_id=appointment.client_id,
            channel=channel,
            reason="queued",
            address="+34600000000",
            language=language,
            zone="Europe/Madrid",
            facts={
                "previous_starts_at": (now + timedelta(days=1)).isoformat(),
                "left": 2,
                **facts,
            },
            due_at=now,
        )

    return make


def test_every_rule_for_clients_has_its_short_words():
    assert set(TEXTS) == set(PUSHES) == set(CLIENT_RULES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", CLIENT_RULES)
def test_a_text_names_who_writes_when_with_its_zone_and_where_to_go_on_in_two_parts_at_the_most(
    make_message, rule, language
):
    text = short_text(message=make_message(rule, language=language), policy=ClientPolicy())
    assert text.startswith("Fisio Norte: ")
    assert "https://citas.example.com/fisio/" in text
    assert "%(" not in text
    assert is_gsm_text(text)
    assert segments(text) <= 2, text
    if rule not in NOT_ABOUT_A_TIME:
        assert "17:30, " in text
        assert "Madrid" in text
    if language != "en":
        assert text != short_text(message=make_message(rule, language="en"), policy=ClientPolicy())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", CLIENT_RULES)
def test_a_push_names_who_writes_and_when(make_message, appointment, rule, language):
    push = push_text(
        message=make_message(rule, language=language, channel="push"), policy=ClientPolicy()
    )
    assert push.title.startswith("Fisio Norte")
    assert "%(" not in push.title + push.body
    if rule is not Rule.FOLLOW_UP:
        assert "17:30, " in push.body
        assert "Madrid" in push.body
    assert push.link in {own_url(appointment), "https://citas.example.com/fisio/"}


def test_only_a_sender_that_can_be_answered_says_how_to_stop(make_message):
    said = short_text(message=make_message(), policy=ClientPolicy())
    assert said.endswith("Baja: STOP")
    silent = short_text(message=make_message(), policy=ClientPolicy(), can_answer=False)
    assert "STOP" not in silent


def test_a_reading_that_comes_twice_says_which_of_the_two_it_is(make_message, appointment):
    appointment.starts_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    text = short_text(message=make_message(language="en"), policy=ClientPolicy())
    assert "02:30 (again, CET), Madrid time" in text


def test_a_series_is_one_text(make_message, appointment):
    text = short_text(
        message=make_message(language="en"), told=[appointment] * 4, policy=ClientPolicy()
    )
    assert "4 appointments booked, the first Tue 24 Nov 17:30, Madrid time" in text


def test_accents_are_left_out_only_where_that_saves_a_part():
    assert fitted("Mañana a las 9 está bien") == "Mañana a las 9 está bien", "one part either way"
    long = "¿Mañana está bien? " * 7
    assert fitted(long) == ("¿Mañana esta bien? " * 7).strip()
    assert fitted("Żółw " * 15) == ("Żółw " * 15).strip(), "ł is no accent: it cannot be left out"
    assert fitted("встреча завтра " * 6) == ("встреча завтра " * 6).strip()
    assert fitted("“Hi” – it’s me… " * 6) == ('"Hi" - it\'s me... ' * 6).strip()


def test_a_text_ends_where_a_fourth_part_would_begin():
    assert len(fitted("x" * 2000)) == LONGEST_TEXT
    assert segments(fitted("x" * 2000)) == 3


@pytest.mark.req("INJ-06")
def test_what_a_client_typed_is_no_link_and_costs_no_other_alphabet(make_message, appointment):
    appointment.client.record_name = "http://evil.example/pay {link} \u202e"
    appointment.location.name = "www.evil.example"
    words = {
        ("confirmation", "es", "sms"): OwnWords("", "Hola {name}, {when}, {place}. {link}", 3),
    }
    message = make_message()
    text = short_text(message=message, policy=ClientPolicy(words=words))
    assert "evil.example" not in text
    assert text.count("http") == 2, "the name's beginning, and the one link"
    assert text.count("https://") == 1
    assert BREAK not in text
    assert message.template_version == 3


@pytest.mark.parametrize(
    ("rule", "language", "channel"),
    [("reminder", "es", "sms"), ("confirmation", "it", "sms"), ("confirmation", "es", "push")],
)
def test_own_words_hold_in_exactly_their_rule_language_and_channel(
    make_message, business, now, rule, language, channel
):
    MessageTemplate.objects.create(
        business=business,
        rule="confirmation",
        language="es",
        channel="sms",
        body="Te esperamos el {date} a las {time} ({zone}). {link}",
        version=2,
        changed_at=now,
    )
    policy = letter_policy(business.pk)
    own = make_message()
    text = short_text(message=own, policy=policy)
    assert text.startswith(
        "Te esperamos el mar 24 nov a las 17:30 (hora de Madrid (CET)). https://"
    )
    assert own.template_version == 2
    other = make_message(Rule(rule), language=language, channel=channel)
    if channel == "sms":
        assert "Te esperamos el " not in short_text(message=other, policy=policy)
    else:
        assert "Te esperamos el " not in push_text(message=other, policy=policy).body
    assert other.template_version == 0


def test_whoever_writes_words_sees_what_each_name_stands_for(make_message, appointment):
    facts = sample_facts(make_message(Rule.CHANGE), channel="sms")
    assert facts["when"] == "mar 24 nov 17:30, hora de Madrid"
    assert facts["before"] == "lun 23 nov 11:00, hora de Madrid"
    assert facts["link"] == manage_url(appointment)
    assert sample_facts(make_message(), channel="email")["when"].endswith("(CET)")
