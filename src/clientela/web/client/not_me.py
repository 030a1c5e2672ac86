"""The link for a mailbox whose card a business joined with another: that was right, or it was not me."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from clientela.people.actions.answer_absorbed import own_absorbed, refuse_absorbed, stands_for
from clientela.people.models import Merge
from clientela.people.queries.merge_by_refusal import merge_by_refusal
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.brand import brand_of
from clientela.web.client.frame import LATE, open_page
from clientela.web.client.reasons import sentence_of
from clientela.web.visitor import language_of, speak


def not_me(request: DoorRequest, token: str) -> HttpResponse:
    """GET says what was done and changes nothing; POST parts the cards, or shows all of it to who reads both mailboxes.

    A link that was used or is too old is not found.
    """
    now = clock.now()
    merge = merge_by_refusal(token=token, now=now)
    if merge is None:
        raise Http404
    speak(request, fallback=language_of(merge.business))
    if request.method != "POST":
        return _page(request, merge)
    try:
        if request.POST.get("say") == "me":
            own_absorbed(token=token, account_id=_reader(request), now=now)
            return _page(request, merge, done="shown")
        refuse_absorbed(token=token, now=now)
    except Refusal as refusal:
        return _page(request, merge, refusal=refusal)
    return _page(request, merge, done="parted")


def _reader(request: HttpRequest) -> UUID | None:
    """Who is signed in, if anybody; a mailed link asks for nobody."""
    return request.user.pk if request.user.is_authenticated else None


def _page(
    request: DoorRequest, merge: Merge, *, done: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    reader = _reader(request)
    return open_page(
        request,
        "client/not_me.html",
        status=LATE if refusal else 200,
        brand=brand_of(merge.business),
        business=merge.business,
        until=merge.refusable_until,
        # Whoever signs in to the card that stands reads both mailboxes, and need not wait.
        may_own=merge.hides and reader is not None and stands_for(merge) == reader,
        done=done,
        refused=sentence_of(refusal) if refusal else "",
    )
