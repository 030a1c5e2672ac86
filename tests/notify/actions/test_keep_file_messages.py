"""What a file says of messages becomes rows, and rows become what a file says."""

from __future__ import annotations

import pytest
from django.db import transaction

from clientela.business.file_parts import FileIds, FileKeys
from clientela.notify.actions.keep_file_messages import keep_file_messages
from clientela.notify.models import AddressState, MessagePolicy, MessageRule
from clientela.notify.queries.file_messages import file_messages

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
NOTHING = {
    "quiet_from_minute": 1260, "quiet_until_minute": 480, "balance_low_at": 1,
    "rules": [], "templates": [], "addresses": [],
}  # fmt: skip


def keep(business, service, now, **said) -> None:
    ids = FileIds(business.pk, {"talk": service.pk})
    with transaction.atomic():
        keep_file_messages(part={**NOTHING, **said}, ids=ids, now=now)


def test_what_was_never_said_is_as_usual_and_what_is_ahead_is_planned(
    business, service, now
) -> None:
    keep(business, service, now)
    policy = MessagePolicy.objects.get()
    assert (policy.balance_low_at, policy.rules_changed_at) == (1, now)
    assert not MessageRule.objects.exists()


@pytest.mark.req("L14")
def test_a_rule_finds_its_service_and_a_stopped_number_stays_stopped(
    business, service, now
) -> None:
    rule = {
        "rule": "reminder", "recipient": "client", "service": "talk", "timing": "before:120",
        "is_on": True, "by_email": False, "by_sms": True, "by_push": False, "created_at": None,
    }  # fmt: skip
    stopped = {
        "channel": "sms", "address": "+34600000001", "trouble": "stopped", "because": "keyword",
        "detail": "STOP", "since": now, "delivered_at": None,
        "events": [{"trouble": "stopped", "because": "keyword", "detail": "STOP", "said_at": now}],
    }  # fmt: skip
    keep(business, service, now, rules=[rule], addresses=[stopped], balance_low_at=3)

    assert MessageRule.objects.get().service == service
    assert AddressState.objects.get().events.count() == 1
    told = file_messages(keys=FileKeys({service.pk: "talk"}))
    assert told["rules"] == [{**rule, "created_at": now}]
    assert told["addresses"] == [stopped]
    assert told["balance_low_at"] == 3
