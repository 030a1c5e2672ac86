"""How allauth meets our accounts."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves yet: accounts come from set-up and invitations."""

    def is_open_for_signup(self, request: object) -> bool:
        """Refuse self-registration."""
        return False
