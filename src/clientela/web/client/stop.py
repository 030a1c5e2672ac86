"""The link at the foot of every message: fewer of them, or none, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from clientela.notify.stop_link import client_of_stop_link
from clientela.people.actions.set_preferences import set_preferences
from clientela.people.models import Client, How, NotifyBy
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
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
        return _page(request, card, NotifyForm(initial={"notify_by": card.notify_by}))
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        _keep(card, NotifyBy.NONE)
        return HttpResponse(status=200)
    form = NotifyForm(request.POST)
    if not form.is_valid():
        return _page(request, card, form, status=WRONG)
    _keep(card, form.cleaned_data["notify_by"])
    return _page(request, card, form, is_kept=True)


def _keep(card: Client, choice: str) -> None:
    set_preferences(
        client=card, notify_by=choice, how=How.STOP_LINK, by=Actor.guest(), now=clock.now()
    )


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
        is_kept=is_kept,
    )
