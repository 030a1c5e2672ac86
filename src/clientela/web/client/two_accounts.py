"""I have two accounts: the other address is named, each mailbox gets a code, and with both typed the two are one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clientela.accounts.actions.ask_join import ask_join
from clientela.accounts.actions.confirm_join import confirm_join
from clientela.accounts.actions.refuse_join import refuse_join
from clientela.accounts.models import AccountJoin
from clientela.accounts.queries.joins import join_to_refuse, join_to_undo, join_under_way
from clientela.people.actions.join_accounts import join_accounts
from clientela.people.actions.undo_join import undo_join
from clientela.platform import clock, links
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.client.frame import LATE, WRONG, open_page, own_page
from clientela.web.client.reasons import sentence_of
from clientela.web.still_you import asking_page
from clientela.web.visit.visit import private
from clientela.web.visitor import speak

LONGEST: Final = 254
LONGEST_CODE: Final = 40
View = Callable[[DoorRequest], HttpResponse]


def lately_signed_in(view: View) -> View:
    """Ask who it is first, unless that was a moment ago; what was typed comes along and is not sent by itself."""

    @wraps(view)
    def guarded(request: DoorRequest) -> HttpResponse:
        where = asking_page(request)
        if not where:
            return view(request)
        email = request.POST.get("email", "")[:LONGEST]
        back = f"{reverse('client:two-accounts')}?{urlencode({'email': email})}"
        return private(redirect(f"{where}?{urlencode({'next': back})}"))

    return guarded


def two_accounts(request: DoorRequest) -> HttpResponse:
    """Show the question, or the two codes that are awaited in this session."""
    return _page(request, typed=request.GET.get("email", "")[:LONGEST])


@lately_signed_in
def ask(request: DoorRequest) -> HttpResponse:
    """Have both mailboxes asked. The answer is the same whoever has the other address, or nobody."""
    typed = request.POST.get("email", "").strip()[:LONGEST]
    try:
        ask_join(
            account=request.user,
            email=typed,
            session_digest=_session(request),
            by=request.actor,
            now=clock.now(),
        )
    except Refusal as refusal:
        return _page(request, typed=typed, error=sentence_of(refusal), status=WRONG)
    return private(redirect("client:two-accounts"))


@lately_signed_in
def confirm(request: DoorRequest) -> HttpResponse:
    """Take one code; with the second, the accounts are joined at once."""
    now = clock.now()
    join = _under_way(request)
    if join is None:
        messages.error(request, _("The time for these codes is over. Ask for new ones."))
        return private(redirect("client:two-accounts"))
    code = request.POST.get("code", "")[:LONGEST_CODE]
    try:
        join = confirm_join(
            account=request.user,
            join=join,
            session_digest=_session(request),
            code=code,
            by=request.actor,
            now=now,
        )
        if join.own_confirmed_at is None or join.other_confirmed_at is None:
            return private(redirect("client:two-accounts"))
        done = join_accounts(join=join, by=request.actor, now=now)
    except Refusal as refusal:
        return _page(request, code=code, error=sentence_of(refusal), status=WRONG)
    said = _("Your two accounts are one. What you book with %(email)s lands here from now on.")
    messages.success(request, said % {"email": done.other_email})
    return private(redirect("client:home"))


def refuse(request: DoorRequest, token: str) -> HttpResponse:
    """GET says who asked, POST ends it: nobody becomes one with this mailbox by that wish any more."""
    now = clock.now()
    join = _open(request, join_to_refuse(token=token, now=now))
    if request.method != "POST":
        return open_page(request, "client/refuse_join.html", join=join)
    try:
        refuse_join(token=token, now=now)
    except Refusal as refusal:
        refused = sentence_of(refusal)
        return open_page(
            request, "client/refuse_join.html", status=LATE, join=join, refused=refused
        )
    return open_page(request, "client/refuse_join.html", join=join, is_done=True)


def undo(request: DoorRequest, token: str) -> HttpResponse:
    """GET says what parting means, POST gives each account its own again and signs everybody out."""
    now = clock.now()
    join = _open(request, join_to_undo(token=token, now=now))
    if request.method != "POST":
        return open_page(request, "client/undo_join.html", join=join)
    try:
        undo_join(token=token, now=now)
    except Refusal as refusal:
        refused = sentence_of(refusal)
        return open_page(request, "client/undo_join.html", status=LATE, join=join, refused=refused)
    return open_page(request, "client/undo_join.html", join=join, is_done=True)


def _open(request: DoorRequest, join: AccountJoin | None) -> AccountJoin:
    if join is None:
        raise Http404
    speak(request, fallback=join.account.language or "en")
    return join


def _session(request: DoorRequest) -> str:
    return links.digest(request.session.session_key or "")


def _under_way(request: DoorRequest) -> AccountJoin | None:
    return join_under_way(account=request.user, session_digest=_session(request), now=clock.now())


def _page(
    request: DoorRequest, *, typed: str = "", code: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    return own_page(
        request,
        "client/two_accounts.html",
        current="profile",
        status=status,
        join=_under_way(request),
        typed=typed,
        code=code,
        error=error,
    )
