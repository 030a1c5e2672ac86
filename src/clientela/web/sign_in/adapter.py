"""How allauth meets our accounts, our mails and our clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.translation import get_language, override

from clientela.accounts.queries.account_by_email import account_by_email
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.platform import clock
from clientela.web.sign_in.letters import letter_for

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clientela.accounts.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Nobody signs up by themselves yet: accounts come from set-up and from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Refuse self-registration."""
        return False

    def new_user(self, request: HttpRequest) -> Account:
        """A new account knows when it began."""
        account: Account = super().new_user(request)
        account.created_at = clock.now()
        return account

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail; the worker sends it. The request does not wait, known address or not."""
        kind = template_prefix.rpartition("/")[2]
        account = context.get("user") or account_by_email(email)
        language = getattr(account, "language", "") or get_language() or "en"
        with override(language):
            letter = letter_for(kind, context)
        queue_account_mail(kind=kind, address=email, letter=letter, now=clock.now())

    def add_message(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- allauth's signature
        """Say nothing: our pages say themselves what happened."""

    def get_reset_password_from_key_url(self, key: str) -> str:
        """A path only: ``letters`` puts the installation's own address before it."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return path.replace("UID-KEY", key)
