"""Change a business's plan of messages, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.notify.errors import PlanRefused, WorkerDead
from clientela.notify.models import MessagePolicy, MessageRule, Recipient, Rule
from clientela.notify.plan_rules import (
    LineKey,
    changed_plan,
    is_later,
    key_of,
)
from clientela.notify.queries.plan import STANDARD, PlanLine, line_of
from clientela.notify.queries.whole_plan import whole_plan
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.jobs import worker_is_alive
from clientela.platform.locking import lock


def set_message_rules(
    *,
    business: Business,
    add: Sequence[PlanLine] = (),
    put: Sequence[PlanLine] = (),
    drop: Iterable[LineKey] = (),
    by: Actor,
    now: datetime,
) -> tuple[PlanLine, ...]:
    """Change the plan, as ``plan_rules.changed_plan`` says, and return all of it.

    The first change writes the standard plan as rows. Appointments that lie ahead are planned anew by the worker, soon
    after. Changing nothing writes nothing. Refuses ``PlanRefused`` (see ``plan_rules``; also ``service-unknown``), and
    ``WorkerDead`` when something that goes out later is switched on while no worker is awake.
    """
    with transaction.atomic():
        lock(keys=[f"message-plan:{business.pk}"])
        before = list(whole_plan(business_id=business.pk))
        after = changed_plan(before, add=add, put=put, drop=list(drop))
        _check_services(business, [*add, *put])
        _check_worker(before, after, now=now)
        if after != before:
            _write_standard(business, now=now)
            _write(business, before, after, now=now)
            _note(business, before, after, by=by, now=now)
    return tuple(after)


def _write_standard(business: Business, *, now: datetime) -> None:
    """Write the standard plan as rows, where there are none yet."""
    if not MessageRule.objects.filter(business=business).exists():
        MessageRule.objects.bulk_create(_row(business, one, now) for one in STANDARD)


def _check_services(business: Business, lines: Sequence[PlanLine]) -> None:
    wanted = {one.service_id for one in lines if one.service_id is not None}
    if Service.objects.filter(business=business, pk__in=wanted).count() != len(wanted):
        raise PlanRefused("service-unknown", field="service")


def _check_worker(before: Sequence[PlanLine], after: Sequence[PlanLine], *, now: datetime) -> None:
    """Promise nothing more for later that nobody is awake to send (L17). What is on already may be changed."""
    if _running(after) - _running(before) and not worker_is_alive(now=now):
        raise WorkerDead


def _running(plan: Sequence[PlanLine]) -> Counter[tuple[Rule, Recipient]]:
    return Counter((one.rule, one.recipient) for one in plan if one.is_on and is_later(one))


def _write(
    business: Business, before: Sequence[PlanLine], after: Sequence[PlanLine], *, now: datetime
) -> None:
    kept = {key_of(one) for one in after}
    rows = {key_of(line_of(one)): one for one in MessageRule.objects.filter(business=business)}
    gone = [row.pk for key, row in rows.items() if key not in kept]
    MessageRule.objects.filter(pk__in=gone).delete()
    known = {key_of(one): one for one in before}
    for line in after:
        key = key_of(line)
        if key not in known:
            _row(business, line, now).save(force_insert=True)
        elif known[key] != line:
            MessageRule.objects.filter(pk=rows[key].pk).update(**_columns(line))
    MessagePolicy.objects.update_or_create(business=business, defaults={"rules_changed_at": now})


def _row(business: Business, line: PlanLine, now: datetime) -> MessageRule:
    return MessageRule(
        business=business,
        rule=line.rule,
        recipient=line.recipient,
        service_id=line.service_id,
        timing=line.timing,
        created_at=now,
        **_columns(line),
    )


def _columns(line: PlanLine) -> dict[str, bool]:
    return {
        "is_on": line.is_on,
        "by_email": EMAIL in line.channels,
        "by_sms": SMS in line.channels,
        "by_push": PUSH in line.channels,
    }


def _note(
    business: Business,
    before: Sequence[PlanLine],
    after: Sequence[PlanLine],
    *,
    by: Actor,
    now: datetime,
) -> None:
    note(
        action="message-rules-set",
        subject=business,
        business_id=business.pk,
        by=by,
        now=now,
        details={
            "from": sorted(_said(one) for one in before if one not in after),
            "to": sorted(_said(one) for one in after if one not in before),
        },
    )


def _said(line: PlanLine) -> str:
    service: UUID | str = line.service_id or "every service"
    how = " ".join(line.channels) if line.is_on else "off"
    return f"{line.rule} to {line.recipient} {line.timing or 'at once'}, {service}: {how}"
