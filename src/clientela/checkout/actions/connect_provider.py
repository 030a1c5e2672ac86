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

    New secrets of the same account replace the old ones. A simulated account needs neither. Call it outside a transaction. Refuses ``SecretRefused`` (field: which),
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
        account = _keep(
            ProviderAccount(
                id=next_account_id(business=business),
                business=business,
                provider=provider,
                remote_id=remote_id,
                sealed_secret=seal(secret) if secret else "",
                sealed_hook_secret=seal(hook_secret),
                created_at=now,
                news_read_at=now,
            ),
            now=now,
        )
        note(
            action="provider-connected",
            subject=account,
            by=by,
            now=now,
            details={"provider": str(provider), "account": remote_id},
        )
    return account


def _keep(wanted: ProviderAccount, *, now: datetime) -> ProviderAccount:
    """Change the secrets of the account that stands, if it is the same one there; else let the new one follow it.

    So a key that is changed changes nothing else: payments that are under way, and the address of the inbox.
    """
    standing = ProviderAccount.objects.filter(business=wanted.business_id, ended_at__isnull=True)
    same = standing.filter(provider=wanted.provider, remote_id=wanted.remote_id)
    if same.update(
        sealed_secret=wanted.sealed_secret, sealed_hook_secret=wanted.sealed_hook_secret
    ):
        return same.get()
    standing.update(ended_at=now)
    wanted.save(force_insert=True)
    return wanted


def _check_shape(*, secret: str, hook_secret: str) -> None:
    """Refuse what cannot be one of Stripe's secrets: a mistake while copying is found before it is sent."""
    for field, value, starts in (
        ("secret", secret, ("sk_", "rk_")),
        ("hook_secret", hook_secret, ("whsec_",)),
    ):
        if not value.startswith(starts) or not value.isascii() or len(value) > LONGEST_SECRET:
            raise SecretRefused(field=field)
