"""Owners are told when messages were not sent because nobody was there to send them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import override

from clientela.business.models import Business, Membership, Role
from clientela.notify import unsent_letter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.models import Message, MessagePolicy, Reason
from clientela.notify.reader import Reader
from clientela.platform.tenancy import system_scope

KIND: Final = "messages-unsent"
# Who hears of it only now would not want to hear of more.
LOOK_BACK: Final = timedelta(days=7)
# As long as so late a message still waits, the queue is being worked off, and the count would be too low.
STILL_WORKING: Final = timedelta(minutes=10)


def tell_unsent(*, now: datetime) -> int:
    """Queue one mail to each owner of a business with messages that failed so; return of how many businesses.

    Each message is told of once, and a business hears nothing before its queue has been worked off. What was refused
    until it was too late is counted along, but alone is no reason for a mail: the desk sees it.
    """
    with system_scope("messages that were not sent in time"):
        failed = Message.objects.filter(
            reason=Reason.SCHEDULER_DOWN, settled_at__gt=now - LOOK_BACK, settled_at__lte=now
        )
        last = dict(failed.values_list("business_id").annotate(Max("settled_at")))
        if not last:
            return 0
        told = dict(
            MessagePolicy.objects.filter(
                business_id__in=last, unsent_told_at__isnull=False
            ).values_list("business_id", "unsent_told_at")
        )
        working = set(
            Message.objects.filter(
                business_id__in=last,
                reason=Reason.QUEUED,
                send_at__lte=now,
                due_at__lt=now - STILL_WORKING,
            ).values_list("business_id", flat=True)
        )
        return sum(
            _tell(business_id, told.get(business_id), now)
            for business_id, failed_at in last.items()
            if business_id not in working
            and (business_id not in told or failed_at > told[business_id])
        )


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
        counts = dict(rows.values_list("reason").annotate(Count("pk")))
        _mail_owners(business_id, counts, now)
    return True


def _mail_owners(business_id: UUID, counts: dict[str, int], now: datetime) -> None:
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
                nobody_there=counts.get(Reason.SCHEDULER_DOWN, 0),
                refused=counts.get(Reason.PROVIDER_ERROR, 0),
            )
        queue_account_mail(kind=KIND, address=owner.account.email, letter=letter, now=now)
