"""Owners are told when messages were not sent because nobody was there to send them, or the way out was down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils.translation import override

from clientela.business.models import Business, Membership, Role
from clientela.notify import unsent_letter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.decisions import LINE_DOWN
from clientela.notify.models import Message, MessagePolicy, Reason
from clientela.notify.reader import Reader
from clientela.platform.tenancy import system_scope

KIND: Final = "messages-unsent"
# Who hears of it only now would not want to hear of more.
LOOK_BACK: Final = timedelta(days=7)
# As long as so late a message still waits, the queue is being worked off, and the count would be too low.
STILL_WORKING: Final = timedelta(minutes=10)
# Of a line that stays down they hear so often, though more may follow.
AT_LAST: Final = timedelta(days=1)
_NOBODY_THERE: Final = Q(reason=Reason.SCHEDULER_DOWN)
_LINE_WAS_DOWN: Final = Q(reason=Reason.PROVIDER_ERROR, because=LINE_DOWN)


def tell_unsent(*, now: datetime) -> int:
    """Queue one mail to each owner of a business with messages that failed so; return of how many businesses.

    Each message is told of once, and a business hears nothing before its queue has been worked off, or once a day
    while its line is down. What was refused until it was too late is counted along, but alone is no reason for a
    mail: the desk sees it.
    """
    with system_scope("messages that were not sent in time"):
        failed = Message.objects.filter(
            _NOBODY_THERE | _LINE_WAS_DOWN, settled_at__gt=now - LOOK_BACK, settled_at__lte=now
        )
        times = failed.values_list("business_id").annotate(Min("settled_at"), Max("settled_at"))
        found = {business_id: (first, last) for business_id, first, last in times}
        if not found:
            return 0
        told = dict(
            MessagePolicy.objects.filter(
                business_id__in=found, unsent_told_at__isnull=False
            ).values_list("business_id", "unsent_told_at")
        )
        working = _still_working(found, now)
        return sum(
            _tell(business_id, told.get(business_id), now)
            for business_id, (first, last) in found.items()
            if last > told.get(business_id, first - STILL_WORKING)
            and (business_id not in working or now - told.get(business_id, first) >= AT_LAST)
        )


def _still_working(businesses: Iterable[UUID], now: datetime) -> set[UUID]:
    """Return those of them in which something late may still leave, or be too late for it."""
    waiting = Message.objects.filter(
        Q(send_at__lte=now) | Q(because=LINE_DOWN, send_at__isnull=False),
        business_id__in=list(businesses),
        reason=Reason.QUEUED,
        due_at__lt=now - STILL_WORKING,
    )
    return set(waiting.values_list("business_id", flat=True))


def _tell(business_id: UUID, told_at: datetime | None, now: datetime) -> bool:
    """Count and queue in one transaction, unless another worker just did."""
    with transaction.atomic():
        MessagePolicy.objects.get_or_create(business_id=business_id)
        mine = MessagePolicy.objects.filter(business_id=business_id, unsent_told_at=told_at)
        if not mine.update(unsent_told_at=now):
            return False
        since = max(told_at, now - LOOK_BACK) if told_at else now - LOOK_BACK
        rows = Message.objects.filter(
            business_id=business_id,
            reason__in=[Reason.SCHEDULER_DOWN, Reason.PROVIDER_ERROR],
            settled_at__gt=since,
            settled_at__lte=now,
        )
        counts = rows.aggregate(
            nobody_there=Count("pk", filter=_NOBODY_THERE),
            line_down=Count("pk", filter=_LINE_WAS_DOWN),
            refused=Count("pk", filter=~(_NOBODY_THERE | _LINE_WAS_DOWN)),
        )
        _mail_owners(business_id, counts, now)
    return True


def _mail_owners(business_id: UUID, counts: Mapping[str, int], now: datetime) -> None:
    business = Business.objects.get(pk=business_id)
    owners = Membership.objects.filter(
        business_id=business_id, role=Role.OWNER, ended_at__isnull=True
    )
    for owner in owners.select_related("account"):
        language = owner.account.language or business.language
        with override(language):
            letter = unsent_letter.letter(
                Reader(
                    business=business.name,
                    language=language,
                    link=f"{settings.PUBLIC_URL}/desk/{business.slug}/messages/sent/",
                ),
                **counts,
            )
        queue_account_mail(kind=KIND, address=owner.account.email, letter=letter, now=now)
