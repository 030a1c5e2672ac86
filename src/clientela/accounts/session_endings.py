"""The port through which an app hears that a person is signed out of their browsers.

    @hears_sign_out
    def forget_devices(*, account: Account, keep: str) -> None: ...

``keep`` is the key of the one session that stays; blank: none. Registered when the apps are ready, called by
``end_sessions`` in its transaction, before the sessions are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from clientela.accounts.models import Account


class SignOutHearer(Protocol):
    """Ends what an ended session must not leave behind."""

    def __call__(self, *, account: Account, keep: str) -> None:
        """Act within the caller's transaction."""


_hearers: dict[str, SignOutHearer] = {}


def hears_sign_out(hearer: SignOutHearer) -> SignOutHearer:
    """Register one; registering it again changes nothing."""
    _hearers[f"{hearer.__module__}.{getattr(hearer, '__qualname__', '')}"] = hearer
    return hearer


def sign_out_hearers() -> tuple[SignOutHearer, ...]:
    """Return every registered one, in a fixed order."""
    return tuple(_hearers[name] for name in sorted(_hearers))
