"""My addresses: with which one I sign in, which ones are mine besides."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clientela.accounts.actions import remove_address as removing
from clientela.accounts.actions.ask_address_change import ask_address_change
from clientela.accounts.queries.address_changes import pending_changes
from clientela.accounts.queries.addresses import addresses_of
from clientela.people.actions.prove_own_address import choose_own_primary
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.client.frame import WRONG, own_page
from clientela.web.client.reasons import sentence_of
from clientela.web.still_you import asking_page
from clientela.web.visit.visit import private

LONGEST = 254
View = Callable[[DoorRequest], HttpResponse]


def addresses(request: DoorRequest) -> HttpResponse:
    """Show them, and what waits for its proof."""
    return _page(request, typed=request.GET.get("email", "")[:LONGEST])


def lately_signed_in(view: View) -> View:
    """Ask who it is first, unless that was a moment ago; a stolen session alone changes no address.

    What was typed is kept in the address of the page and not sent again by itself.
    """

    @wraps(view)
    def guarded(request: DoorRequest) -> HttpResponse:
        where = asking_page(request)
        if not where:
            return view(request)
        email = request.POST.get("email", "")[:LONGEST]
        back = f"{reverse('client:addresses')}?{urlencode({'email': email})}"
        return private(redirect(f"{where}?{urlencode({'next': back})}"))

    return guarded


@lately_signed_in
def add_address(request: DoorRequest) -> HttpResponse:
    """Have the new mailbox asked. The answer is the same whether or not somebody else has the address."""
    typed = request.POST.get("email", "").strip()[:LONGEST]
    becomes = request.POST.get("makes_primary") == "on"
    return _done(
        request,
        lambda: ask_address_change(
            account=request.user,
            email=typed,
            makes_primary=becomes,
            by=request.actor,
            now=clock.now(),
        ),
        _("We have written to %(email)s. It counts from when you open the link in that email.")
        % {"email": typed},
        typed=typed,
    )


@lately_signed_in
def primary_address(request: DoorRequest) -> HttpResponse:
    """Sign in with another of the confirmed addresses."""
    email = request.POST.get("email", "")[:LONGEST]
    return _done(
        request,
        lambda: choose_own_primary(
            account=request.user, email=email, by=request.actor, now=clock.now()
        ),
        _("You sign in with %(email)s from now on.") % {"email": email},
    )


@lately_signed_in
def remove_address(request: DoorRequest) -> HttpResponse:
    """Let go of an address; cards of businesses keep what they have."""
    email = request.POST.get("email", "")[:LONGEST]
    return _done(
        request,
        lambda: removing.remove_address(
            account=request.user, email=email, by=request.actor, now=clock.now()
        ),
        _("%(email)s is removed.") % {"email": email},
    )


def _done(
    request: DoorRequest, act: Callable[[], Any], said: str, *, typed: str = ""
) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        return _page(request, typed=typed, error=sentence_of(refusal), status=WRONG)
    messages.success(request, said)
    return private(redirect("client:addresses"))


def _page(
    request: DoorRequest, *, typed: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    return own_page(
        request,
        "client/addresses.html",
        current="profile",
        status=status,
        addresses=addresses_of(account=request.user),
        pending=pending_changes(account=request.user, now=clock.now()),
        typed=typed,
        error=error,
    )
