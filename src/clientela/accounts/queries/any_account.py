"""Whether the installation has been set up."""

from __future__ import annotations

from clientela.accounts.models import Account


def any_account() -> bool:
    """Whether anybody has a log-in; until then set-up is open to whoever can read the console."""
    return Account.objects.exists()
