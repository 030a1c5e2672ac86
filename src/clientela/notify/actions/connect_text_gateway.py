"""Connect a business with who carries its texts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.models import Business
from clientela.notify.channels.sms.outward import may_reach_inside
from clientela.notify.channels.sms.port import NotFromHere
from clientela.notify.models import GatewayName, TextGateway
from clientela.notify.text_account import (
    GatewayAccount,
    TextLimits,
    checked_account,
    checked_limits,
    checked_secrets,
    checked_sender,
    checked_url,
)
from clientela.notify.text_budget import forget_alarms
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock


def connect_text_gateway(
    *, business: Business, account: GatewayAccount, limits: TextLimits, by: Actor, now: datetime
) -> TextGateway:
    """Keep an account with a gateway, its secrets sealed; the one before ends, and still hears news of its old texts.

    New secrets or another sender of the same account replace the old ones, and the addresses it pushes to stay. Amounts
    are in the business's currency. Refuses ``GatewayRefused`` with the field, and ``NotFromHere`` for the simulated one
    outside a demo.
    """
    if account.gateway == GatewayName.SIMULATOR and not may_reach_inside():
        raise NotFromHere
    kept_limits = checked_limits(limits)
    wanted = TextGateway(
        business=business,
        gateway=account.gateway,
        account=checked_account(account.account, gateway=account.gateway),
        url=checked_url(account.url, gateway=account.gateway),
        sealed=checked_secrets(
            gateway=account.gateway, token=account.token, hook=account.hook
        ).sealed(),
        sender=checked_sender(account.sender, kind=account.sender_kind),
        sender_kind=account.sender_kind,
        price_minor=kept_limits.price_minor,
        cap_minor=kept_limits.cap_minor,
        currency=business.currency,
        countries=list(kept_limits.countries),
        created_at=now,
    )
    with transaction.atomic():
        lock(keys=[f"text-gateway:{business.pk}"])
        kept = _keep(wanted, now=now)
        forget_alarms(gateway=kept, now=now)
        note(
            action="text-gateway-connected",
            subject=kept,
            by=by,
            now=now,
            details={
                "gateway": account.gateway.value,
                "sender_kind": account.sender_kind.value,
            },
        )
    return kept


_CHANGEABLE = (
    "sealed", "sender", "sender_kind", "price_minor", "cap_minor", "currency", "countries"
)  # fmt: skip


def _keep(wanted: TextGateway, *, now: datetime) -> TextGateway:
    """Change the account that stands, if it is the same one there; else let the new one follow it."""
    standing = TextGateway.objects.filter(business=wanted.business_id, ended_at__isnull=True)
    same = standing.filter(gateway=wanted.gateway, account=wanted.account, url=wanted.url)
    values = {name: getattr(wanted, name) for name in _CHANGEABLE}
    if same.update(failed_at=None, failure="", **values):
        return same.get()
    standing.update(ended_at=now)
    wanted.save(force_insert=True)
    return wanted
