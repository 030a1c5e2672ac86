"""How allauth meets our accounts, our mails, our clock and our pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.translation import get_language, override

from clientela.accounts.queries.account_by_email import account_by_email
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.people.actions.claim_cards import claim_cards
from clientela.platform import clock
from clientela.web.known_browser import remember_browser
from clientela.web.sign_in import session_age
from clientela.web.sign_in.arrival import account_of, arrival_path
from clientela.web.sign_in.entrance import is_own_path
from clientela.web.sign_in.letters import letter_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from clientela.accounts.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Every way in ends here, whichever view began it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Anybody may have an account."""
        return True

    def new_user(self, request: HttpRequest) -> Account:
        """A new account knows when it began."""
        account: Account = super().new_user(request)
        account.created_at = clock.now()
        return account

    def login(self, request: HttpRequest, user: Account) -> None:
        """A new session key, and the session's age begins."""
        super().login(request, user)
        session_age.begin(request)

    def post_login(self, request: HttpRequest, user: Account, **facts: Any) -> HttpResponse:  # noqa: ANN401 -- allauth's signature
        """The person is in, by all the factors they have: what is plainly theirs becomes theirs."""
        claim_cards(account=user, now=clock.now())
        answer: HttpResponse = super().post_login(request, user, **facts)
        remember_browser(answer, address=user.email)
        return answer

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where a person goes who asked for no page."""
        return arrival_path(account_of(request))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- allauth's signature
        """After signing out: the door."""
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- allauth's signature
        """To the page that says what a new password means: signed out, everywhere."""
        return reverse("account_reset_password_from_key_done")

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of this installation; a full address is another site's until proved otherwise."""
        return bool(url) and is_own_path(str(url))

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

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:  # noqa: ANN401, ARG002 -- allauth's signature
        """A path only: ``letters`` puts the installation's own address before it."""
        return reverse("account_confirm_email", kwargs={"key": emailconfirmation.key})
