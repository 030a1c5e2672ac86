"""By what else somebody may prove that it is still them: whatever they have, and their mailbox where no app is on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.web.security.factors import passkeys_are_offered

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clientela.accounts.models import Account


@dataclass(frozen=True, slots=True)
class Proof:
    """One way, as a link."""

    url: str
    words: str
    icon: str


def other_proofs(request: HttpRequest) -> list[Proof]:
    """The ways that are open to this person, but for the one whose page asks."""
    if not request.user.is_authenticated:
        return []
    wanted = get_next_redirect_url(request)
    tail = f"?{urlencode({'next': wanted})}" if wanted else ""
    return [
        Proof(url + tail, words, icon)
        for url, words, icon in _open_to(request.user)
        if url != request.path
    ]


def mail_is_enough(account: Account) -> bool:
    """Whether a mailed code proves enough: with an app on, it would be half of what a log-in wants."""
    return not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


def _open_to(account: Account) -> list[tuple[str, str, str]]:
    words = {
        "reauthenticate": (_("Use my password"), "key-round"),
        "mfa_reauthenticate": (_("Use a code from my app"), "smartphone"),
    }
    if passkeys_are_offered():
        words["mfa_reauthenticate:webauthn"] = (_("Use a passkey"), "fingerprint")
    known = get_adapter().get_reauthentication_methods(account)
    found = [(one["url"], *words[one["id"]]) for one in known if one["id"] in words]
    if mail_is_enough(account):
        found.append((reverse("security_again"), _("Email me a code instead"), "mail"))
    return found
