"""The links that mailboxes get when an address changes: prove the new one, or take it back at the old one."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from clientela.accounts.models import Account, AddressChange
from clientela.accounts.queries.address_changes import change_to_prove, change_to_undo
from clientela.people.actions.prove_own_address import prove_own_address
from clientela.people.actions.undo_own_address import undo_own_address
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.client.frame import LATE, open_page
from clientela.web.client.reasons import sentence_of
from clientela.web.visitor import speak


def prove_address(request: DoorRequest, token: str) -> HttpResponse:
    """GET says which address, POST proves it. A link that was used or is too old is not found."""
    now = clock.now()
    change = _open(request, change_to_prove(token=token, now=now))
    if request.method != "POST":
        return _page(request, "client/prove_address.html", change)
    try:
        done = prove_own_address(token=token, now=now)
    except Refusal as refusal:
        return _page(request, "client/prove_address.html", change, refusal=refusal)
    return _page(request, "client/prove_address.html", done, is_done=True)


def undo_address(request: DoorRequest, token: str) -> HttpResponse:
    """GET says what undoing means, POST gives the account back to the former mailbox and ends every session."""
    now = clock.now()
    change = _open(request, change_to_undo(token=token, now=now))
    if request.method != "POST":
        return _page(request, "client/undo_address.html", change)
    try:
        done = undo_own_address(token=token, now=now)
    except Refusal as refusal:
        return _page(request, "client/undo_address.html", change, refusal=refusal)
    return _page(request, "client/undo_address.html", done, is_done=True)


def _open(request: DoorRequest, change: AddressChange | None) -> AddressChange:
    if change is None:
        raise Http404
    account: Account = change.account
    speak(request, fallback=account.language or "en")
    return change


def _page(
    request: DoorRequest,
    template: str,
    change: AddressChange,
    *,
    refusal: Refusal | None = None,
    is_done: bool = False,
) -> HttpResponse:
    return open_page(
        request,
        template,
        status=LATE if refusal else 200,
        change=change,
        refused=sentence_of(refusal) if refusal else "",
        is_done=is_done,
    )
