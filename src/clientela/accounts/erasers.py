"""The port through which an app says what it holds about a log-in besides foreign keys to it.

    @erases_account
    def forget_mails(*, emails: list[str], now: datetime) -> None: ...

Rows that point at the account go with it; this is for those that only hold one of its addresses. Registered when the
apps are ready, called by ``erase_account`` in its transaction and in the system's scope.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class AccountEraser(Protocol):
    """Forgets every trace of these addresses that concerns the log-in."""

    def __call__(self, *, emails: list[str], now: datetime) -> None:
        """Act within the caller's transaction."""


_erasers: dict[str, AccountEraser] = {}


def erases_account(eraser: AccountEraser) -> AccountEraser:
    """Register one; registering it again changes nothing."""
    _erasers[f"{eraser.__module__}.{getattr(eraser, '__qualname__', '')}"] = eraser
    return eraser


def account_erasers() -> tuple[AccountEraser, ...]:
    """Return every registered one, in a fixed order."""
    return tuple(_erasers[name] for name in sorted(_erasers))
