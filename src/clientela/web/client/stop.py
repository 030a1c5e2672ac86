"""The link at the foot of every message: fewer of them, or none, without signing in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.stop_link import client_of_stop_link
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How, NotifyBy
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.consent_words import present_words
from clientela.web.client.frame import WRONG, open_page
from clientela.web.client.notify_form import NotifyForm, hints
from clientela.web.visitor import language_of, speak

ONE_CLICK = "One-Click"


# A mail program unsubscribes with one POST and no cookie (RFC 8058); the secret in the address is the proof.
@csrf_exempt
def stop(request: DoorRequest, business: str, token: str) -> HttpResponse:
    """GET shows the choice and changes nothing; POST keeps it. One click of a mail program means none at all."""
    card = client_of_stop_link(business=request.business, token=token)
    if card is None:
        raise Http404
    speak(request, fallback=card.language or language_of(request.business))
    if request.method != "POST":
        return _page(request, card, _form(request, card))
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        _keep(card, notify_by=NotifyBy.NONE, wants_follow_up=False)
        return HttpResponse(status=200)
    form = _form(request, card)
    if not form.is_valid():
        return _page(request, card, form, status=WRONG)
    _keep(card, **form.cleaned_data)
    return _page(request, card, form, is_kept=True)


def _form(request: DoorRequest, card: Client) -> NotifyForm:
    """Texts are offered where they are sent; whoever has chosen them once keeps that answer."""
    texts = open_gateway(business_id=card.business_id) is not None
    return NotifyForm(
        request.POST if request.method == "POST" else None,
        texts=texts or card.notify_by == NotifyBy.EMAIL_AND_SMS,
        initial={"notify_by": card.notify_by, "wants_follow_up": card.wants_follow_up},
    )


def _keep(card: Client, **said: Any) -> None:  # noqa: ANN401 -- a form's answers
    set_preferences(client=card, **said, how=How.STOP_LINK, by=Actor.guest(), now=clock.now())


def _page(
    request: DoorRequest,
    card: Client,
    form: NotifyForm,
    *,
    is_kept: bool = False,
    status: int = 200,
) -> HttpResponse:
    return open_page(
        request,
        "client/stop.html",
        status=status,
        brand=brand_of(request.business),
        card=card,
        form=form,
        hints=hints(),
        consent_words=present_words(),
        is_kept=is_kept,
    )
