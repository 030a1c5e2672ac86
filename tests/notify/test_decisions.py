"""What is decided about a message, as tables: every reason, in the order in which a person would ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from clientela.business.models import NotificationGate
from clientela.notify.decisions import (
    ANNOUNCES_END,
    LATER as LATER_RULES,
    LINE_DOWN,
    NEVER_AT_NIGHT,
    UNASKED,
    Case,
    Present,
    Quiet,
    Said,
    Verdict,
    Wishes,
    decide,
    expires_at,
    is_superseded,
    resend_at,
    retry_at,
)
from clientela.notify.gate import Standing
from clientela.notify.models import Reason, Rule, Trouble
from clientela.notify.reach import CHANNELS, EMAIL, PUSH, SMS, Reach
from clientela.people.models import NotifyBy
from clientela.people.phones import NumberKind
from clientela.rules.lifecycle import Status

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)
AHEAD = NOW + timedelta(days=2)
EARLIER = NOW - timedelta(minutes=1)
SAID = Said(id=UUID(int=7), notify_by=NotifyBy.EMAIL_AND_SMS)
QUIET = Quiet(from_minute=1260, until_minute=480, zone="UTC")
PROVED = Standing(
    gate=NotificationGate.OWN_BOOKING,
    is_own=True,
    is_activated=True,
    is_verified=True,
    notify_by=NotifyBy.EMAIL_AND_SMS,
)
WISHES = Wishes(standing=PROVED, wants_follow_up=True, said=SAID, quiet=QUIET)
WAYS = {
    EMAIL: Reach(channel=EMAIL, address="ana@example.com"),
    SMS: Reach(channel=SMS, address="+34612345678", number_kind=NumberKind.MOBILE),
    PUSH: Reach(channel=PUSH, device_count=1),
}


def case(rule: Rule = Rule.REMINDER, channel: str = SMS, **facts: Any) -> Case:
    """A message of which everything is well; what is passed replaces what is usual."""
    usual: dict[str, Any] = {
        "reach": WAYS[channel],
        "due_at": NOW,
        "starts_at": AHEAD,
        "present": Present(status=Status.CONFIRMED),
        "wishes": WISHES,
    }
    return Case(rule=rule, **{**usual, **facts})


def standing(**facts: Any) -> Wishes:
    return replace(WISHES, standing=replace(PROVED, **facts))


# Each line is one cause, in the order of the decision: with all later ones holding too, it is the answer.
CAUSES: list[tuple[dict[str, Any], Reason, str]] = [
    ({"present": Present(status=Status.CANCELLED)}, Reason.CANCELLED_BEFORE_SEND, ""),
    ({"present": Present(status=Status.CONFIRMED, is_superseded=True)}, Reason.SUPERSEDED, ""),
    ({"off": "switched-off"}, Reason.RULE_DISABLED, "switched-off"),
    ({"reach": replace(WAYS[SMS], address="")}, Reason.NO_ADDRESS, ""),
    ({"reach": replace(WAYS[SMS], number_kind=NumberKind.INVALID)}, Reason.INVALID_NUMBER, ""),
    ({"reach": replace(WAYS[SMS], number_kind=NumberKind.LANDLINE)}, Reason.LANDLINE, ""),
    ({"reach": replace(WAYS[SMS], trouble=Trouble.STOPPED)}, Reason.OPTED_OUT, "stopped"),
    ({"wishes": standing(notify_by=NotifyBy.EMAIL)}, Reason.CHANNEL_OFF_BY_CLIENT, ""),
    ({"starts_at": EARLIER}, Reason.SCHEDULER_DOWN, ""),
    ({"wishes": standing(is_activated=False, is_verified=False)}, Reason.NOT_ACTIVATED, ""),
    ({"wishes": replace(WISHES, said=None)}, Reason.POLICY_GATE, "no-consent"),
    ({"is_told_elsewhere": True}, Reason.DUPLICATE_SUPPRESSED, ""),
    ({"reach": replace(WAYS[SMS], is_country_on=False)}, Reason.POLICY_GATE, "country-off"),
]


@pytest.mark.parametrize(("facts", "reason", "because"), CAUSES)
def test_each_cause_by_itself_is_the_answer(facts, reason, because):
    assert decide(case=case(**facts), now=NOW) == Verdict(reason=reason, because=because)


@pytest.mark.parametrize("place", range(len(CAUSES)))
def test_of_several_causes_the_first_of_the_order_is_the_answer(place):
    """The later ones are laid over it; what speaks of the same field twice cannot hold twice."""
    facts, reason, because = CAUSES[place]
    later: dict[str, Any] = {}
    for other, _, _ in reversed(CAUSES[place:]):
        later |= other
    assert decide(case=case(**(later | facts)), now=NOW) == Verdict(reason=reason, because=because)


@pytest.mark.req("L14")
def test_what_goes_names_the_statement_that_allows_it():
    assert decide(case=case(), now=NOW) == Verdict(reason=Reason.QUEUED, consent_id=SAID.id)


@pytest.mark.req("L14")
@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("channel", CHANNELS)
def test_without_a_statement_nothing_goes_to_a_client_by_any_rule_or_channel(rule, channel):
    ended = Present(status=Status.CANCELLED if rule in ANNOUNCES_END else Status.CONFIRMED)
    silent = case(rule, channel, wishes=replace(WISHES, said=None), present=ended)
    assert decide(case=silent, now=NOW).because == "no-consent"
    said = case(rule, channel, present=ended)
    assert decide(case=said, now=NOW).goes  # the guard is not simply shut


@pytest.mark.parametrize(
    ("notify_by", "channel", "goes"),
    [
        (NotifyBy.NONE, EMAIL, False), (NotifyBy.NONE, SMS, False), (NotifyBy.NONE, PUSH, False),
        (NotifyBy.EMAIL, EMAIL, True), (NotifyBy.EMAIL, SMS, False), (NotifyBy.EMAIL, PUSH, True),
        (NotifyBy.EMAIL_AND_SMS, EMAIL, True), (NotifyBy.EMAIL_AND_SMS, SMS, True),
        (NotifyBy.EMAIL_AND_SMS, PUSH, True),
    ],
)  # fmt: skip
@pytest.mark.req("S4.25")
def test_the_preference_and_the_statement_each_allow_the_same_ways(notify_by, channel, goes):
    wanted = case(channel=channel, wishes=standing(notify_by=notify_by))
    said = case(channel=channel, wishes=replace(WISHES, said=replace(SAID, notify_by=notify_by)))
    assert decide(case=wanted, now=NOW).goes is goes
    assert decide(case=said, now=NOW).goes is goes


@pytest.mark.req("S1.43", "C1")
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("rule", [one for one in Rule if not one.startswith("staff-")])
@pytest.mark.parametrize("own", [False, True])
def test_activated_only_lets_nothing_at_all_through_before_activation(rule, channel, own):
    """To the letter: alerts, reminders and confirmations, by every channel, also of the person's own booking."""
    ended = Present(status=Status.CANCELLED if rule in ANNOUNCES_END else Status.CONFIRMED)
    facts = {"gate": NotificationGate.ACTIVATED_ONLY, "is_own": own, "is_verified": True}
    shut = case(rule, channel, present=ended, wishes=standing(**facts, is_activated=False))
    assert decide(case=shut, now=NOW).reason is Reason.NOT_ACTIVATED
    opened = case(rule, channel, present=ended, wishes=standing(**facts))
    assert decide(case=opened, now=NOW).goes


@pytest.mark.req("C1")
@pytest.mark.parametrize("rule", [one for one in Rule if not one.startswith("staff-")])
def test_a_person_who_has_proved_nothing_hears_of_what_they_did_and_is_not_reminded(rule):
    """C1: the booking they made themselves is answered; reminders and the like wait for a proof."""
    ended = Present(status=Status.CANCELLED if rule in ANNOUNCES_END else Status.CONFIRMED)
    stranger = standing(is_activated=False, is_verified=False)
    verdict = decide(case=case(rule, EMAIL, present=ended, wishes=stranger), now=NOW)
    expected = Reason.NOT_ACTIVATED if rule in UNASKED else Reason.QUEUED
    assert verdict.reason is expected
    proved = decide(case=case(rule, EMAIL, present=ended), now=NOW)
    assert proved.goes


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (Trouble.STOPPED, Reason.OPTED_OUT), (Trouble.COMPLAINED, Reason.OPTED_OUT),
        (Trouble.BOUNCED, Reason.BOUNCED_HARD), (Trouble.LANDLINE, Reason.LANDLINE),
        (Trouble.INVALID, Reason.INVALID_NUMBER),
    ],
)  # fmt: skip
def test_every_trouble_of_an_address_is_told_by_its_name(trouble, reason):
    for channel in (EMAIL, SMS):
        troubled = case(channel=channel, reach=replace(WAYS[channel], trouble=trouble))
        assert decide(case=troubled, now=NOW) == Verdict(reason=reason, because=trouble.value)


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("channel", CHANNELS)
def test_only_what_nobody_waits_for_waits_for_the_morning_and_never_an_email(rule, channel):
    ended = Present(status=Status.CANCELLED if rule in ANNOUNCES_END else Status.CONFIRMED)
    verdict = decide(case=case(rule, channel, due_at=NIGHT, present=ended), now=NIGHT)
    waits = rule in NEVER_AT_NIGHT and channel != EMAIL
    morning = NIGHT + timedelta(hours=10) if waits else None
    assert (verdict.reason, verdict.wait_until) == (Reason.QUEUED, morning)


def test_a_night_that_ends_too_late_is_said_so():
    early = NIGHT + timedelta(hours=9)
    verdict = decide(case=case(starts_at=early, due_at=NIGHT), now=NIGHT)
    assert verdict == Verdict(reason=Reason.QUIET_HOURS)


@pytest.mark.parametrize(
    ("rule", "due_at", "happened_at", "expected"),
    [
        (Rule.REMINDER, NOW - timedelta(hours=1), NOW, Reason.TOO_CLOSE),
        (Rule.REMINDER, NOW, NOW, Reason.TOO_CLOSE),
        # Its time passed while nobody planned it: the booking was in time.
        (Rule.REMINDER, NOW - timedelta(hours=1), NOW - timedelta(hours=2), Reason.QUEUED),
        (Rule.CONFIRMATION, NOW, NOW, Reason.QUEUED),
        (Rule.CONFIRMATION, NOW, EARLIER, Reason.QUEUED),
    ],
)
@pytest.mark.req("S4.22", "MSG-07")
def test_what_was_booked_too_close_to_its_time_says_so(rule, due_at, happened_at, expected):
    planned = case(rule, EMAIL, due_at=due_at, happened_at=happened_at, present=None)
    assert decide(case=planned, now=NOW).reason is expected


def test_what_took_place_before_it_was_entered_is_not_announced():
    past = case(Rule.CONFIRMATION, EMAIL, starts_at=EARLIER, happened_at=NOW, present=None)
    assert decide(case=past, now=NOW).reason is Reason.TOO_CLOSE


def test_what_was_refused_until_it_was_no_news_is_the_providers_fault():
    assert decide(case=case(starts_at=EARLIER, tried=True), now=NOW).reason is Reason.PROVIDER_ERROR


@pytest.mark.parametrize("tried", [False, True])
@pytest.mark.parametrize("is_line_down", [False, True])
@pytest.mark.parametrize("minutes_before_the_end", [0, 10, 60])
def test_what_came_too_late_names_what_kept_it_last(tried, is_line_down, minutes_before_the_end):
    """The refusal, the line, or, where nobody came back to it in time, the worker."""
    again = EARLIER - timedelta(minutes=minutes_before_the_end)
    late = case(starts_at=EARLIER, tried=tried, is_line_down=is_line_down, next_try_at=again)
    verdict = decide(case=late, now=NOW)
    if minutes_before_the_end == 60 or not (tried or is_line_down):
        assert (verdict.reason, verdict.because) == (Reason.SCHEDULER_DOWN, "")
    else:
        because = LINE_DOWN if is_line_down else ""
        assert (verdict.reason, verdict.because) == (Reason.PROVIDER_ERROR, because)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.ATTENDED, Reason.QUEUED),
        (Status.CONFIRMED, Reason.QUEUED),
        (Status.NO_SHOW, Reason.CANCELLED_BEFORE_SEND),
        (Status.CANCELLED, Reason.CANCELLED_BEFORE_SEND),
    ],
)
def test_a_word_after_the_visit_goes_only_where_there_was_one(status, expected):
    after = case(
        Rule.FOLLOW_UP, EMAIL, starts_at=NOW - timedelta(hours=3), present=Present(status=status)
    )
    assert decide(case=after, now=NOW).reason is expected


@pytest.mark.parametrize("rule", [Rule.FOLLOW_UP, Rule.BALANCE_LOW])
def test_what_is_only_welcome_on_wish_goes_only_to_who_wished_it(rule):
    unwished = case(rule, EMAIL, wishes=replace(WISHES, wants_follow_up=False))
    assert decide(case=unwished, now=NOW) == Verdict(
        reason=Reason.CHANNEL_OFF_BY_CLIENT, because="not-wished"
    )


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (Rule.CONFIRMATION, {}, False),
        (Rule.CONFIRMATION, {"sequence": 1}, True),
        (Rule.CHANGE, {"sequence": 2}, True),
        (Rule.CANCELLATION, {"status": Status.CANCELLED}, False),
        (Rule.CANCELLATION, {"status": Status.CONFIRMED}, True),
        (Rule.REQUEST_RECEIVED, {"status": Status.REQUESTED}, False),
        (Rule.REQUEST_RECEIVED, {"status": Status.CONFIRMED}, True),
        (Rule.STAFF_REQUESTED, {"status": Status.CONFIRMED}, True),
        (Rule.STAFF_CANCELLED, {"status": Status.CANCELLED}, False),
        # What waits for its own time is bound to that time, not to the count of changes.
        (Rule.REMINDER, {"sequence": 5, "is_moved": False}, False),
        (Rule.REMINDER, {"is_moved": True}, True),
        (Rule.BALANCE_LOW, {"sequence": 5}, False),
    ],
)
def test_what_has_ceased_to_be_so_is_overtaken(rule, facts, expected):
    usual = {"status": Status.CONFIRMED, "sequence": 0, "occurrence": 0}
    assert is_superseded(rule=rule, **{**usual, **facts}) is expected


@pytest.mark.parametrize(
    ("rule", "lasts"),
    [
        (Rule.REMINDER, timedelta(days=2)),
        (Rule.CONFIRMATION, timedelta(days=2)),
        (Rule.CANCELLATION, timedelta(days=2)),
        (Rule.FOLLOW_UP, timedelta(hours=48)),
    ],
)
def test_every_message_is_news_for_a_while_and_no_longer(rule, lasts):
    assert expires_at(rule=rule, starts_at=AHEAD, due_at=NOW) == NOW + lasts


def test_news_of_an_end_lasts_a_day_after_the_hour_has_passed():
    past = NOW - timedelta(days=3)
    limit = expires_at(rule=Rule.CANCELLATION, starts_at=past, due_at=NOW)
    assert limit == NOW + timedelta(hours=24)
    ended = Present(status=Status.CANCELLED)
    told = case(Rule.CANCELLATION, EMAIL, starts_at=past, present=ended)
    assert decide(case=told, now=limit - timedelta(minutes=1)).goes
    assert decide(case=told, now=limit).reason is Reason.SCHEDULER_DOWN


def test_staff_are_asked_nothing_but_their_address():
    for rule, channel in product(LATER_RULES, CHANNELS):
        assert decide(case=case(rule, channel, wishes=None), now=NIGHT).goes


def test_retries_come_soon_at_first_and_then_every_hour():
    waits = [retry_at(tries=tries, now=NOW) - NOW for tries in range(1, 10)]
    assert [int(wait.total_seconds()) // 60 for wait in waits] == [1, 2, 5, 10, 20, 40, 60, 60, 60]


def test_an_interrupted_mail_is_sent_once_more_and_then_waits_for_a_person():
    assert resend_at(interrupted=1, now=NOW) == NOW + timedelta(minutes=10)
    assert resend_at(interrupted=2, now=NOW) is None
