"""Connect a business with who moves its money online."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.business.models import Business
from clientela.checkout.models import ProviderAccount, ProviderName
from clientela.checkout.payment_errors import SecretRefused
from clientela.checkout.providers.port import ProviderRefused
from clientela.checkout.providers.registry import make_provider
from clientela.checkout.queries.next_account import next_account_id
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.ids import uuid7
from clientela.platform.locking import lock
from clientela.platform.sealed import seal

LONGEST_SECRET: Final = 255


def connect_provider(
    *,
    business: Business,
    provider: ProviderName,
    secret: str = "",
    hook_secret: str = "",
    by: Actor,
    now: datetime,
) -> ProviderAccount:
    """Try the secret with a harmless call, then keep both sealed; the account before ends and answers for its past.

    A simulated account needs neither. Call it outside a transaction. Refuses ``SecretRefused`` (field: which),
    ``ProviderSilent`` and ``ProviderNotHere``.
    """
    secret, hook_secret = secret.strip(), hook_secret.strip()
    remote_id = ""
    if provider == ProviderName.SIMULATOR:
        remote_id = f"sim_{uuid7().hex}"
        hook_secret = f"sim_hook_{secrets.token_urlsafe(24)}"
    else:
        _check_shape(secret=secret, hook_secret=hook_secret)
    speaker = make_provider(
        provider=provider, remote_id=remote_id, secret=secret, hook_secret=hook_secret
    )
    try:
        remote_id = speaker.who()
    except ProviderRefused as error:
        raise SecretRefused(field="secret") from error
    with transaction.atomic():
        lock(keys=[f"provider:{business.pk}"])
        ProviderAccount.objects.filter(business=business, ended_at__isnull=True).update(
            ended_at=now
        )
        account = ProviderAccount.objects.create(
            id=next_account_id(business=business),
            business=business,
            provider=provider,
            remote_id=remote_id,
            sealed_secret=seal(secret) if secret else "",
            sealed_hook_secret=seal(hook_secret),
            created_at=now,
            news_read_at=now,
        )
        note(
            action="provider-connected",
            subject=account,
            by=by,
            now=now,
            details={"provider": str(provider), "account": remote_id},
        )
    return account


def _check_shape(*, secret: str, hook_secret: str) -> None:
    """Refuse what cannot be one of Stripe's secrets: a mistake while copying is found before it is sent."""
    for field, value, starts in (
        ("secret", secret, ("sk_", "rk_")),
        ("hook_secret", hook_secret, ("whsec_",)),
    ):
        if not value.startswith(starts) or not value.isascii() or len(value) > LONGEST_SECRET:
            raise SecretRefused(field=field)
