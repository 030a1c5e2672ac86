"""What a client says about messages is kept with the evidence for each purpose, once."""

from __future__ import annotations

import pytest
from tests.factories import NOW, STAFF

from clientela.people.actions.set_preferences import set_preferences
from clientela.people.errors import QuietTimeInvalid
from clientela.people.models import Client, Consent, How
from clientela.people.quiet_time import AS_THE_BUSINESS, NEVER_QUIET, QuietTime


def say(card: Client, **said: object) -> None:
    set_preferences(client=card, how=How.PREFERENCES, by=STAFF, now=NOW, **said)


def kept(card: Client) -> list[tuple[str, str]]:
    rows = Consent.objects.filter(client=card).order_by("at", "id")
    return list(rows.values_list("purpose", "notify_by"))


@pytest.mark.req("S4.25")
def test_each_purpose_has_a_statement_of_its_own(client_card: Client) -> None:
    say(client_card, notify_by="email_and_sms", wants_follow_up=True)
    assert kept(client_card) == [
        ("appointments", "email_and_sms"),
        ("follow-up", "email_and_sms"),
    ]
    say(client_card, wants_follow_up=False)
    assert kept(client_card)[2:] == [("follow-up", "none")]
    client_card.refresh_from_db()
    assert (client_card.notify_by, client_card.wants_follow_up) == ("email_and_sms", False)


def test_the_same_again_adds_nothing(client_card: Client) -> None:
    for _ in range(2):
        say(client_card, notify_by="email", wants_follow_up=True, quiet=QuietTime(1320, 420))
    assert kept(client_card) == [("appointments", "email"), ("follow-up", "email")]


def test_who_never_wanted_a_word_after_the_visit_takes_nothing_back(client_card: Client) -> None:
    say(client_card, notify_by="email", wants_follow_up=False)
    assert kept(client_card) == [("appointments", "email")]


def test_who_turns_messages_off_gets_no_word_after_the_visit_either(client_card: Client) -> None:
    say(client_card, notify_by="email", wants_follow_up=True)
    say(client_card, notify_by="none")
    assert kept(client_card)[2:] == [("appointments", "none"), ("follow-up", "none")]


def test_a_choice_that_differs_from_the_card_is_evidence_even_when_the_newest_says_so(
    client_card: Client,
) -> None:
    say(client_card, notify_by="email_and_sms")
    # A keyword speaks of the number and leaves the card as it is.
    set_statement(client_card, "email")
    say(client_card, notify_by="email")
    assert kept(client_card)[-1] == ("appointments", "email")
    assert len(kept(client_card)) == 3


def set_statement(card: Client, notify_by: str) -> None:
    Consent.objects.create(
        business_id=card.business_id,
        client=card,
        notify_by=notify_by,
        how=How.KEYWORD,
        text_version="t",
        at=NOW,
    )


def test_quiet_hours_are_no_consent(client_card: Client) -> None:
    say(client_card, quiet=QuietTime(1320, 420))
    client_card.refresh_from_db()
    assert (client_card.quiet_from_minute, client_card.quiet_until_minute) == (1320, 420)
    say(client_card, quiet=AS_THE_BUSINESS)
    client_card.refresh_from_db()
    assert client_card.quiet_from_minute is None
    assert kept(client_card) == []


@pytest.mark.parametrize("wrong", [QuietTime(1320, None), QuietTime(0, 1440), QuietTime(-1, 5)])
def test_half_a_stretch_and_minutes_of_no_day_are_refused(
    client_card: Client, wrong: QuietTime
) -> None:
    with pytest.raises(QuietTimeInvalid):
        say(client_card, quiet=wrong)
    assert NEVER_QUIET.checked() == NEVER_QUIET


def test_a_word_that_is_no_choice_is_a_mistake_of_the_caller(client_card: Client) -> None:
    with pytest.raises(ValueError, match="pigeon"):
        say(client_card, notify_by="pigeon")
