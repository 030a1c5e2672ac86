"""Where text gateways push: what became of texts, and the texts that people send. Signed, or nothing happens."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from clientela.notify.actions.receive_push import receive_news, receive_pushed_text
from clientela.notify.channels.sms.port import NotFromHere, NotGenuine, Push
from clientela.notify.channels.sms.registry import PUSH_HEADERS
from clientela.notify.models import TextGateway
from clientela.notify.queries.text_gateways import gateway_of_hook
from clientela.notify.refused_pushes import note_refused
from clientela.platform import clock
from clientela.web.hooks.bodies import body_of

LONGEST: Final = 64 * 1024


class Receive(Protocol):
    """An action that takes a push in."""

    def __call__(self, *, gateway: TextGateway, push: Push, now: datetime) -> object:
        """Take it in; refuses ``NotGenuine`` and ``NotFromHere``."""


# A program posts here, without cookies; the signature over what came is the proof.
@csrf_exempt
def text_news(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """Take in what became of a text."""
    return _take_in(request, gateway_id, receive_news)


@csrf_exempt  # likewise
def text_in(request: HttpRequest, gateway_id: UUID) -> HttpResponse:
    """Take in a text that somebody sent."""
    return _take_in(request, gateway_id, receive_pushed_text)


def _take_in(request: HttpRequest, gateway_id: UUID, receive: Receive) -> HttpResponse:
    """400: not genuine, nothing was written; 413: too long; 503: push it again later; 204 for all the rest."""
    gateway = gateway_of_hook(gateway_id=gateway_id)
    if gateway is None:
        raise Http404
    body = body_of(request, longest=LONGEST)
    if body is None:
        return HttpResponse(status=413)
    push = Push(
        # As the carrier was told it, whatever a proxy made of it: that is what it signed.
        url=f"{settings.PUBLIC_URL}{request.get_full_path()}",
        headers={name: request.headers.get(name, "") for name in PUSH_HEADERS},
        body=body,
    )
    try:
        receive(gateway=gateway, push=push, now=clock.now())
    except NotGenuine:
        note_refused(source=gateway.pk, now=clock.now())
        return HttpResponse(status=400)
    except NotFromHere:
        return HttpResponse(status=503)
    return HttpResponse(status=204)
