"""How you get in: every way into the account on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.shortcuts import render

from clientela.accounts.queries.addresses import addresses_of
from clientela.web.security.factors import passkeys_are_offered
from clientela.web.security.providers.configured import configured

CODES_MADE: Final = 10  # allauth's number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from clientela.accounts.models import Account
    from clientela.policy.door_request import DoorRequest


def overview(request: DoorRequest) -> HttpResponse:
    """Show what opens this account: addresses, password, passkeys, app, recovery codes, other accounts, browsers."""
    account: Account = request.user
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    linked = set(SocialAccount.objects.filter(user=account).values_list("provider", flat=True))
    context = {
        "current": "security",
        "account": account,
        "addresses": addresses_of(account=account),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "offers_passkeys": passkeys_are_offered(),
        "codes_left": codes_left(account) if Authenticator.Type.RECOVERY_CODES in kinds else None,
        "linked": [one.name for one in configured() if one.key in linked],
        "offers_linking": bool(configured() or linked),
        "sessions": UserSession.objects.filter(user=account).count(),
    }
    return render(request, "security/overview.html", context)


def codes_left(account: Account) -> int:
    """How many recovery codes are unused; nobody needs to open their seal for that."""
    made = Authenticator.objects.filter(
        user=account, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    used = int(made.data["used_mask"]).bit_count() if made else CODES_MADE
    return CODES_MADE - used
