"""What a visitor had written when they left to sign in: kept in their session, given back when they return."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clientela.business.models import Business, ClientLogin
from clientela.web import mailed_code
from clientela.web.account_door import account_door
from clientela.web.booking_page.counter import Counter
from clientela.web.booking_page.details_form import (
    CODE,
    CODE_FIX,
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_NOTE,
)

KEY: Final = "booking_draft"
KEPT: Final = {
    "name": LONGEST_NAME,
    "email": LONGEST_EMAIL,
    "kept_email": LONGEST_EMAIL,
    "phone": 40,
    "note": LONGEST_NOTE,
    "pay": 60,
}
WAYS: Final = {"sign-in": "sign_in_url", "create-account": "create_account_url"}


def wanted_way(request: HttpRequest) -> str:
    """Which way in the visitor pressed inside the form; nothing, if they book.

    Taking the corrected address after asking for a code asks for it again: there it is sent as `code_fix`.
    """
    way = CODE if request.POST.get(CODE_FIX) else request.POST.get("then", "")
    return way if way == CODE or way in WAYS else ""


def way_out(request: HttpRequest, *, counter: Counter, back: str) -> HttpResponse | None:
    """Lead a guest who pressed *Sign in* inside the form there, with what they wrote kept; else nothing.

    `back` is the page with the choices they had made: who is signed in by now, or finds no log-in here any more, only
    sees it again. Whether an address is known plays no part.
    """
    way = wanted_way(request)
    if not way:
        return None
    if counter.person or counter.login == ClientLogin.OFF:
        keep_draft(request, business=counter.business)
        return redirect(back)
    if way == CODE:
        return None
    keep_draft(request, business=counter.business)
    return redirect(account_door(login=counter.login, back=back)[WAYS[way]])


def keep_draft(request: HttpRequest, *, business: Business, **mended: str) -> None:
    """Keep what was written in the session; `mended` is what replaces a field as typed."""
    typed = {name: request.POST.get(name, "")[:longest] for name, longest in KEPT.items()}
    request.session[KEY] = {"business": str(business.pk), **typed, **mended}


def draft_of(request: HttpRequest, business: Business) -> dict[str, str]:
    """Return what was written on this business's page before; nothing of another's."""
    kept = request.session.get(KEY, {})
    if kept.get("business") != str(business.pk):
        return {}
    return {name: kept.get(name, "") for name in KEPT}


def forget_draft(request: HttpRequest) -> None:
    """Let go of what was written, once it has become an appointment."""
    mailed_code.forget_over(request)
    if KEY in request.session:
        del request.session[KEY]
