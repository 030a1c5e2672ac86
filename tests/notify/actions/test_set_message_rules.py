"""The plan of messages: what a business may change in it, and what it cannot be talked into."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests import factories
from tests.factories import NOW

from clientela.business.models import Business
from clientela.notify.actions.set_message_rules import set_message_rules
from clientela.notify.errors import PlanRefused, WorkerDead
from clientela.notify.models import MessagePolicy, MessageRule, Recipient, Rule
from clientela.notify.plan_rules import key_of
from clientela.notify.queries.plan import STANDARD, PlanLine, plan_of
from clientela.platform.audit import AuditEvent
from clientela.platform.ids import uuid7
from clientela.platform.models import WorkerHeartbeat

pytestmark = pytest.mark.django_db

REMINDER = PlanLine(rule=Rule.REMINDER, recipient=Recipient.CLIENT, timing="before:120")
STANDARD_REMINDER = next(one for one in STANDARD if one.rule is Rule.REMINDER)


@pytest.fixture
def place(business: Business, scope: None) -> Business:
    return business


def beat(at: datetime = NOW) -> None:
    WorkerHeartbeat.objects.create(process="here:1", started_at=at, beat_at=at)


def change(business: Business, now: datetime = NOW, **wanted):
    return set_message_rules(business=business, by=factories.SYSTEM, now=now, **wanted)


def test_the_first_change_writes_the_whole_standard_plan_and_the_worker_plans_anew(place):
    off = replace(STANDARD[0], is_on=False)
    plan = change(place, put=[off])
    assert set(plan) == {off, *STANDARD[1:]}
    assert set(plan_of(business_id=place.pk)) == set(plan)
    assert MessagePolicy.objects.get().rules_changed_at == NOW
    noted = AuditEvent.objects.get(action="message-rules-set")
    assert noted.details["to"] == ["confirmation to client at once, every service: off"]


def test_changing_nothing_notes_nothing(place):
    change(place, put=[STANDARD[0]])
    assert not AuditEvent.objects.filter(action="message-rules-set").exists()
    assert not MessagePolicy.objects.exists()


def test_lines_are_added_changed_and_dropped(place):
    beat()
    change(place, add=[REMINDER])
    change(place, put=[replace(REMINDER, channels=("sms",))], now=NOW)
    row = MessageRule.objects.get(timing="before:120")
    assert (row.by_email, row.by_sms, row.by_push, row.is_on) == (False, True, False, True)
    change(place, drop=[key_of(REMINDER)])
    assert set(plan_of(business_id=place.pk)) == set(STANDARD)


def test_a_service_has_lines_of_its_own(place):
    service = factories.make_service(place)
    beat()
    own = replace(REMINDER, service_id=service.pk, timing="day:1@540")
    change(place, add=[own])
    mine = plan_of(business_id=place.pk, service_id=service.pk)
    assert [one for one in mine if one.rule is Rule.REMINDER] == [own]
    assert STANDARD_REMINDER in plan_of(business_id=place.pk)


@pytest.mark.parametrize("rule", [Rule.CHANGE, Rule.CANCELLATION])
@pytest.mark.parametrize("fault", [{"is_on": False}, {"channels": ("sms", "push")}])
def test_a_client_always_hears_of_a_new_time_and_of_a_cancellation_by_email(place, rule, fault):
    line = next(one for one in STANDARD if one.rule is rule)
    with pytest.raises(PlanRefused) as refused:
        change(place, put=[replace(line, **fault)])
    assert (refused.value.reason, refused.value.facts["rule"]) == ("rule-needed", rule)
    service = factories.make_service(place)
    with pytest.raises(PlanRefused) as refused:
        change(place, add=[replace(line, service_id=service.pk, **fault)])
    assert refused.value.reason == "rule-needed"
    change(place, put=[replace(line, channels=("email",))])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (replace(REMINDER, recipient=Recipient.DESK), "recipient-refused"),
        (replace(REMINDER, rule=Rule.STAFF_REMINDER), "recipient-refused"),
        (replace(REMINDER, timing="after:60"), "timing-refused"),
        (replace(REMINDER, timing="before:7"), "timing-refused"),
        (replace(REMINDER, timing=""), "timing-refused"),
        (replace(REMINDER, rule=Rule.FOLLOW_UP), "timing-refused"),
        (replace(REMINDER, rule=Rule.BALANCE_LOW), "timing-refused"),
        (replace(REMINDER, channels=()), "channel-missing"),
        (replace(REMINDER, channels=("pigeon",)), "channel-refused"),
        (
            replace(
                REMINDER, rule=Rule.STAFF_REMINDER, recipient=Recipient.DESK, channels=("sms",)
            ),
            "channel-refused",
        ),
        (STANDARD_REMINDER, "rule-twice"),
        (replace(REMINDER, service_id=uuid7()), "service-unknown"),
    ],
)
def test_what_no_plan_can_hold_is_refused_and_nothing_is_kept(place, line, reason):
    beat()
    with pytest.raises(PlanRefused) as refused:
        change(place, add=[line])
    assert refused.value.reason == reason
    assert not MessageRule.objects.exists()


def test_another_business_lends_no_service(place, next_door):
    beat()
    theirs = factories.make_service(next_door, "Masaje")
    with pytest.raises(PlanRefused, match="service-unknown"):
        change(place, add=[replace(REMINDER, service_id=theirs.pk)])


def test_what_is_not_there_cannot_be_changed_and_what_is_always_there_only_switched_off(place):
    with pytest.raises(PlanRefused, match="rule-unknown"):
        change(place, put=[REMINDER])
    with pytest.raises(PlanRefused, match="rule-unknown"):
        change(place, drop=[key_of(REMINDER)])
    with pytest.raises(PlanRefused, match="rule-stays"):
        change(place, drop=[key_of(STANDARD[0])])


@pytest.mark.req("L17")
@pytest.mark.parametrize("silence", [None, timedelta(minutes=2)])
def test_no_reminder_is_promised_while_no_worker_is_awake(place, silence):
    if silence is not None:
        beat(NOW - silence)
    with pytest.raises(WorkerDead) as refused:
        change(place, add=[REMINDER])
    assert refused.value.reason == "worker-dead"
    off = replace(REMINDER, is_on=False)
    change(place, add=[off])
    with pytest.raises(WorkerDead):
        change(place, put=[REMINDER])
    beat()
    change(place, put=[REMINDER])
    assert REMINDER in plan_of(business_id=place.pk)


@pytest.mark.req("L17")
def test_without_a_worker_what_was_on_may_be_changed_and_switched_off(place):
    moved = replace(STANDARD_REMINDER, timing="day:1@540")
    change(place, drop=[key_of(STANDARD_REMINDER)], add=[moved])
    change(place, put=[replace(moved, is_on=False)])
    at_once = replace(STANDARD[0], channels=("email", "push"))
    assert at_once in change(place, put=[at_once])
