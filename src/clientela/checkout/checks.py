"""What the doctor asks about online payments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from clientela.checkout.models import (
    EventState,
    OrderState,
    PaymentAttempt,
    ProviderAccount,
    ProviderEvent,
    RefundOrder,
)
from clientela.checkout.providers.port import ProviderSilent
from clientela.checkout.providers.registry import ProviderNotHere, provider_of
from clientela.platform.doctor import Finding, bad, check, ok, warn
from clientela.platform.tenancy import system_scope

LATE_AFTER: Final = timedelta(hours=2)
_SEE: Final = "Look at the payments page of the business's settings; each one is listed there."


@check("payments")
def payments_flow(now: datetime) -> Iterator[Finding]:
    """Look for accounts that cannot speak, money that does not go back, and news that waits for a person."""
    with system_scope("the doctor looks at the payments of every business"):
        accounts = list(ProviderAccount.objects.filter(ended_at__isnull=True).order_by("id"))
        if not accounts:
            return
        mute = [account for account in accounts if not _speaks(account)]
        late = _overdue(now)
        failed = RefundOrder.objects.filter(state=OrderState.FAILED).count()
        wrong = ProviderEvent.objects.filter(state=EventState.QUARANTINED).count()
    if mute:
        yield bad(
            f"{len(mute)} payment accounts cannot be spoken with.",
            "Connect them again in the settings of their businesses; the extra clientela[stripe] must be installed.",
        )
    if late:
        yield bad(
            f"{late} payments or refunds have waited for more than two hours.",
            "See that the worker runs and that the provider can be reached.",
        )
    if failed:
        yield bad(f"{failed} refunds were refused by the provider.", _SEE)
    if wrong:
        yield warn(f"{wrong} pieces of a provider's news wait for a person.", _SEE)
    if not (mute or late or failed or wrong):
        yield ok(f"{len(accounts)} payment accounts; nothing waits.")


def _speaks(account: ProviderAccount) -> bool:
    """Whether its secrets can be opened and its library is there; nobody is called."""
    try:
        provider_of(account)
    except (ProviderSilent, ProviderNotHere):
        return False
    return True


def _overdue(now: datetime) -> int:
    looks = PaymentAttempt.objects.filter(look_at__lt=now - LATE_AFTER).count()
    return looks + RefundOrder.objects.filter(try_at__lt=now - LATE_AFTER).count()
