"""What a visitor had written when they left to sign in: kept in their session, given back when they return."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from clientela.business.models import Business, ClientLogin
from clientela.web.account_door import account_door
from clientela.web.booking_page.counter import Counter
from clientela.web.booking_page.details_form import LONGEST_NAME, LONGEST_NOTE

KEY: Final = "booking_draft"
KEPT: Final = {"name": LONGEST_NAME, "phone": 40, "note": LONGEST_NOTE}
WAYS: Final = {"sign-in": "sign_in_url", "create-account": "create_account_url"}


def way_out(request: HttpRequest, *, counter: Counter, back: str) -> HttpResponse | None:
    """Lead a guest who pressed *Sign in* inside the form there, with what they wrote kept; else nothing.

    `back` is the page with the choices they had made. Whether an address is known plays no part.
    """
    way = WAYS.get(request.POST.get("then", ""))
    if way is None or counter.person or counter.login == ClientLogin.OFF:
        return None
    typed = {name: request.POST.get(name, "")[:longest] for name, longest in KEPT.items()}
    request.session[KEY] = {"business": str(counter.business.pk), **typed}
    return redirect(account_door(login=counter.login, back=back)[way])


def draft_of(request: HttpRequest, business: Business) -> dict[str, str]:
    """Return what was written on this business's page before; nothing of another's."""
    kept = request.session.get(KEY, {})
    if kept.get("business") != str(business.pk):
        return {}
    return {name: kept.get(name, "") for name in KEPT}


def forget_draft(request: HttpRequest) -> None:
    """Let go of what was written, once it has become an appointment."""
    if KEY in request.session:
        del request.session[KEY]
