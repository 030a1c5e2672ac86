"""Send a client to the provider's page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from clientela.checkout.links import attempt_url
from clientela.checkout.models import AttemptState, PaymentAttempt, Purpose
from clientela.checkout.payment_errors import PaymentOver
from clientela.checkout.providers.port import PageWanted, ProviderRefused
from clientela.checkout.providers.registry import provider_of
from clientela.people.queries.contacts import notification_email
from clientela.platform.failpoints import failpoint

LOOK_AFTER: Final = timedelta(minutes=2)
"""When the reconcile job looks for the first time whether the money came without anybody telling us."""


def open_payment_page(*, attempt: PaymentAttempt, names_client: bool = True, now: datetime) -> str:
    """Open the provider's page of an attempt, or find it, and return its address. Call it outside a transaction.

    The attempt's id is the key: however often it is called, there is one page. Without ``names_client`` the page is
    not filled in with the client's address: somebody else pays, whose it is not to read. Refuses ``PaymentOver`` once it
    has ended, ``ProviderSilent`` (nothing happened; it may be tried again) and ``ProviderRefused`` (it failed).
    """
    current = PaymentAttempt.objects.select_related(
        "provider_account", "business", "client", "package", "service", "sale"
    ).get(pk=attempt.pk)
    if current.expires_at <= now or current.state not in {AttemptState.NEW, AttemptState.OPEN}:
        raise PaymentOver
    if current.pay_url:
        return current.pay_url
    failpoint("checkout.capture.before-page")
    try:
        page = provider_of(current.provider_account).open_page(
            _wanted(current, names_client=names_client), now=now
        )
    except ProviderRefused as refusal:
        PaymentAttempt.objects.filter(pk=current.pk, state=AttemptState.NEW).update(
            state=AttemptState.FAILED, reason=refusal.reason, settled_at=now, look_at=None
        )
        raise
    failpoint("checkout.capture.page-not-noted")
    standing = PaymentAttempt.objects.filter(pk=current.pk, provider_ref="")
    standing.update(provider_ref=page.page_ref, pay_url=page.url)
    PaymentAttempt.objects.filter(pk=current.pk, state=AttemptState.NEW).update(
        state=AttemptState.OPEN, look_at=min(now + LOOK_AFTER, current.expires_at)
    )
    failpoint("checkout.capture.page-noted")
    return page.url


def _wanted(attempt: PaymentAttempt, *, names_client: bool) -> PageWanted:
    """Return what the provider is told: no more than it needs."""
    address = notification_email(attempt.client) if names_client else None
    return PageWanted(
        key=str(attempt.pk),
        attempt=str(attempt.pk),
        title=title_of(attempt),
        amount_minor=attempt.amount_minor,
        currency=attempt.currency,
        keeps_card=bool(attempt.consent_text),
        language=attempt.client.language or attempt.business.language,
        email=address.value if address else "",
        back_url=attempt_url(attempt),
        expires_at=attempt.expires_at,
    )


def title_of(attempt: PaymentAttempt) -> str:
    """Return what the attempt pays for, as it was named when it was sold or offered."""
    named = {
        Purpose.SALE: attempt.sale,
        Purpose.PACKAGE: attempt.package,
    }.get(Purpose(attempt.purpose), attempt.service)
    return named.name if named is not None else attempt.business.name
