"""How allauth meets accounts elsewhere: whom it believes, and whom it lets in as whom.

Only the pair (issuer, subject) says who somebody is. An address that a provider tells is a hint: it counts as
proved only where the provider hands such addresses out, and it never opens an account that exists.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import get_language

from clientela.accounts.actions.release_address import release_address
from clientela.accounts.actions.start_proof_clock import start_proof_clock
from clientela.platform import clock
from clientela.rules.name_match import normalise_email
from clientela.web import begun_here
from clientela.web.security.providers.configured import configured

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.forms import Form
    from django.http import HttpRequest
    from requests import Session

    from clientela.accounts.models import Account

log = logging.getLogger(__name__)
_KINDS = {"oidc": "openid_connect", "facebook": "facebook"}


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Providers come from the settings, accounts are made whole, and nothing is linked by address."""

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002 -- allauth's signature
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """The configured providers as allauth wants them; a row in its table would count for nothing."""
        return [
            SocialApp(
                provider=_KINDS[one.kind],
                provider_id=one.key,
                name=one.name,
                client_id=one.client_id,
                secret=one.secret,
                settings={"server_url": one.issuer, "oauth_pkce_enabled": True},
            )
            for one in configured()
            if provider in {None, one.key, _KINDS[one.kind]} and client_id in {None, one.client_id}
        ]

    def get_requests_session(self) -> Session:
        """Speak to the provider where the operator said it is, and follow nobody elsewhere."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 -- allauth's signature
        """Everybody may have an account; whether a business wants it is asked where one books."""
        return True

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:  # noqa: ARG002 -- likewise
        """Never, whatever the settings say."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:  # noqa: ARG002 -- likewise
        """Make room for who proves a mailbox: an account nobody ever proved does not stand in the way."""
        sociallogin.token = None  # asked for who it is, and for nothing afterwards
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        for address in sociallogin.email_addresses:
            if address.verified:
                release_address(email=address.email, now=clock.now())

    def populate_user(
        self,
        request: HttpRequest,  # noqa: ARG002 -- likewise
        sociallogin: SocialLogin,
        data: dict[str, Any],
    ) -> Account:
        """Take name and address over into an account not yet made; an account that exists keeps its own."""
        account: Account = sociallogin.user
        account.email = normalise_email(data.get("email") or "")
        account.name = " ".join(str(data.get("name") or "").split())[:200]
        account.language = (get_language() or "en")[:2]
        return account

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Form | None = None
    ) -> Account:
        """Make the account, its link and its address together; an unproved one has seven days."""
        try:
            with transaction.atomic():
                account: Account = super().save_user(request, sociallogin, form)
                start_proof_clock(account=account, now=clock.now())
        except IntegrityError as error:
            # Somebody took the address in this very moment. Tried again, it is an address that is taken.
            log.info("an account elsewhere met an address just taken")
            raise ImmediateHttpResponse(redirect("account_login")) from error
        begun_here.remember(request, account_id=account.pk)
        return account

    def on_authentication_error(
        self,
        request: HttpRequest,  # noqa: ARG002 -- likewise
        provider: Any,  # noqa: ANN401 -- allauth's own value
        error: object = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002 -- likewise
    ) -> None:
        """Note which provider it was and what kind of mistake: an answer's text may hold secrets."""
        log.warning(
            "signing in elsewhere failed: %s, %s, %s",
            getattr(provider, "sub_id", ""),
            error,
            type(exception).__name__ if exception else "no exception",
        )
