"""Owners are told when the month's money for texts is nearly used, and when it is."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from clientela.business.models import Membership, Role
from clientela.notify import text_alarm
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.models import TextGateway, TextSpend
from clientela.notify.queries.text_gateways import open_gateways
from clientela.notify.reader import Reader
from clientela.notify.text_budget import is_nearly_used_up, is_used_up, month_of
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.money import Money

KIND: Final = "text-alarm"


def alarm_of_texts(*, now: datetime) -> int:
    """Queue the mails that are due, each at most once a month and business (once more under a higher cap); return of how many businesses.

    Full is when not one more segment can be paid: then nothing leaves until the month ends or an owner raises
    the cap. Who is full at once hears only that.
    """
    with system_scope("what businesses spend on texts"):
        rows = TextSpend.objects.filter(
            Q(alarmed_at__isnull=True) | Q(full_at__isnull=True),
            month=month_of(now),
            spent_minor__gt=0,
        ).select_related("business")
        spends = list(rows)
        gateways = open_gateways(business_ids=[one.business_id for one in spends])
        told = [
            _alarm(one, gateways[one.business_id], now=now)
            for one in spends
            if one.business_id in gateways
        ]
    return sum(told)


def _alarm(spend: TextSpend, gateway: TextGateway, *, now: datetime) -> bool:
    is_full = is_used_up(gateway=gateway, spent_minor=spend.spent_minor)
    is_near = is_nearly_used_up(gateway=gateway, spent_minor=spend.spent_minor)
    rows = TextSpend.objects.filter(pk=spend.pk)
    with transaction.atomic():
        if is_full:
            mine = rows.filter(full_at__isnull=True).update(
                full_at=now, alarmed_at=spend.alarmed_at or now
            )
        elif is_near:
            mine = rows.filter(alarmed_at__isnull=True).update(alarmed_at=now)
        else:
            return False
        if mine:
            _tell_owners(spend, gateway, is_full=is_full, now=now)
    return bool(mine)


def _tell_owners(spend: TextSpend, gateway: TextGateway, *, is_full: bool, now: datetime) -> None:
    business = spend.business
    with business_scope(business.pk):
        owners = list(
            Membership.objects.filter(role=Role.OWNER, ended_at__isnull=True).select_related(
                "account"
            )
        )
    for owner in owners:
        language = owner.account.language or business.language
        with override(language):
            letter = text_alarm.letter(
                Reader(
                    business=business.name,
                    language=language,
                    link=f"{settings.PUBLIC_URL}/desk/{business.slug}/settings/texts/",
                ),
                spent=Money(spend.spent_minor, gateway.currency),
                cap=Money(gateway.cap_minor, gateway.currency),
                is_full=is_full,
            )
        queue_account_mail(kind=KIND, address=owner.account.email, letter=letter, now=now)
