"""A business has changed its plan of messages: what waits for the appointments ahead is planned anew."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.booking.models import Appointment
from clientela.notify.actions.replan_messages import replan_messages
from clientela.notify.models import MessagePolicy
from clientela.platform.failpoints import failpoint
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.lifecycle import Status

BATCH: Final = 500
WITH: Final = ("business", "client", "professional__account")


def replan_changed(*, now: datetime) -> int:
    """Plan anew for every business whose plan was changed, and return how many appointments were looked at.

    Batch by batch, each in a transaction of its own: killed in between, it starts again, and finds what was done
    as it should be. A plan that is changed once more meanwhile keeps its mark, and comes again.
    """
    with system_scope("finding whose plan of messages was changed"):
        changed = MessagePolicy.objects.filter(rules_changed_at__isnull=False)
        marks = list(changed.order_by("rules_changed_at", "id"))
    return sum(_replan(mark, now) for mark in marks)


def _replan(mark: MessagePolicy, now: datetime) -> int:
    looked_at = 0
    with business_scope(mark.business_id):
        ahead = (
            Appointment.objects.filter(starts_at__gt=now, status=Status.CONFIRMED.value)
            .select_related(*WITH)
            .order_by("id")
        )
        batch = list(ahead[:BATCH])
        while batch:
            with transaction.atomic():
                replan_messages(appointments=batch, happened_at=now, now=now)
            failpoint("notify.replan.batch")
            looked_at += len(batch)
            batch = list(ahead.filter(pk__gt=batch[-1].pk)[:BATCH])
        MessagePolicy.objects.filter(pk=mark.pk, rules_changed_at=mark.rules_changed_at).update(
            rules_changed_at=None
        )
    return looked_at
