"""The accounts elsewhere that open this one: connect, and let go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.socialaccount.internal.flows.connect import disconnect
from allauth.socialaccount.models import SocialAccount
from django.shortcuts import get_object_or_404, redirect, render

from clientela.accounts.queries.addresses import verified_emails
from clientela.web.security.providers.configured import configured, provider_of
from clientela.web.still_you import fresh

if TYPE_CHECKING:
    from django.http import HttpResponse

    from clientela.accounts.models import Account
    from clientela.policy.door_request import DoorRequest


@dataclass(frozen=True, slots=True)
class Link:
    """One account elsewhere, as its owner knows it."""

    key: int
    name: str
    email: str


def connections(request: DoorRequest) -> HttpResponse:
    """Show what is connected and what could be; a POST lets one go."""
    return _let_go(request) if request.method == "POST" else _page(request)


@fresh
def _let_go(request: DoorRequest) -> HttpResponse:
    key = request.POST.get("remove", "")
    link = get_object_or_404(
        SocialAccount, user=request.user, pk=int(key) if key.isdecimal() else 0
    )
    if is_last_way_in(request.user):
        return _page(request, is_last=True)
    disconnect(request, link)
    return redirect("socialaccount_connections")


def is_last_way_in(account: Account) -> bool:
    """Whether the person could not come in without this link: no other link, proved mailbox, password or passkey."""
    if account.has_usable_password() or verified_emails(account=account):
        return False
    links = SocialAccount.objects.filter(user=account).count()
    passkeys = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    return links == 1 and not passkeys.exists()


def _page(request: DoorRequest, *, is_last: bool = False) -> HttpResponse:
    rows = list(SocialAccount.objects.filter(user=request.user).order_by("date_joined"))
    taken = {row.provider for row in rows}
    context = {
        "links": [_link(row) for row in rows],
        "others": [one for one in configured() if one.key not in taken],
        "is_last": is_last,
        "current": "security",
    }
    status = 422 if is_last else 200
    return render(request, "socialaccount/connections.html", context, status=status)


def _link(row: SocialAccount) -> Link:
    known = provider_of(row.provider)
    name = known.name if known else str(row.provider).title()
    return Link(key=row.pk, name=name, email=str(row.extra_data.get("email", "")))
