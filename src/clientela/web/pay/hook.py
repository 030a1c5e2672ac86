"""Where providers push their events: signed, or nothing happens."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from clientela.checkout.actions.receive_event import receive_event
from clientela.checkout.providers.port import NotGenuine, ProviderSilent
from clientela.checkout.providers.registry import HOOK_HEADERS, ProviderNotHere
from clientela.checkout.queries.online import account_of_hook
from clientela.platform import clock

LONGEST_EVENT: Final = 256 * 1024


# A program posts here, without cookies; the signature over the bytes is the proof.
@csrf_exempt
def hook(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Take an event in. 400: not genuine, nothing was written; 503: push it again later; 200 for all the rest."""
    account = account_of_hook(account_id)
    if account is None:
        raise Http404
    body = _body(request)
    if body is None:
        return HttpResponse(status=413)
    headers = {name: request.headers.get(name, "") for name in HOOK_HEADERS}
    try:
        receive_event(account=account, body=body, headers=headers, now=clock.now())
    except NotGenuine:
        return HttpResponse(status=400)
    except ProviderSilent:
        return HttpResponse(status=503)
    except ProviderNotHere as refusal:
        raise Http404 from refusal
    return HttpResponse("ok", content_type="text/plain")


def _body(request: HttpRequest) -> bytes | None:
    """The bytes as they came; ``None`` for more than any event has, which is not read at all."""
    said = request.headers.get("Content-Length", "0")
    if not said.isdecimal() or int(said[:12]) > LONGEST_EVENT:
        return None
    try:
        body = request.body
    except (RequestDataTooBig, UnreadablePostError):
        return None
    return body if len(body) <= LONGEST_EVENT else None
