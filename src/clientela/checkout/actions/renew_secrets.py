"""Seal providers' secrets with the present key, so that a former one may be forgotten."""

from __future__ import annotations

import logging
from datetime import datetime

from clientela.checkout.models import ProviderAccount
from clientela.platform.sealed import Unreadable, renewed
from clientela.platform.tenancy import system_scope

logger = logging.getLogger(__name__)


def renew_secrets(*, now: datetime) -> int:  # noqa: ARG001 -- a job is told the time
    """Renew what is sealed with a former key; answers 0: there is nothing more to do at once."""
    with system_scope("secrets of every business are sealed anew by one job"):
        for account in ProviderAccount.objects.all():
            _renew(account)
    return 0


def _renew(account: ProviderAccount) -> None:
    try:
        now_sealed = {
            name: renewed(value)
            for name in ("sealed_secret", "sealed_hook_secret")
            if (value := getattr(account, name))
        }
    except Unreadable:
        logger.warning("a provider's secret cannot be opened", extra={"account": str(account.pk)})
        return
    before = {name: getattr(account, name) for name in now_sealed}
    if now_sealed != before:
        # Only where nobody has sealed another secret meanwhile.
        ProviderAccount.objects.filter(pk=account.pk, **before).update(**now_sealed)
