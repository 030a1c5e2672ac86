"""The calendar feed itself, for programs that know nothing but its address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from clientela.booking.queries.calendar_feed import FeedState, feed_appointments, feed_state
from clientela.notify.feed_file import feed_file
from clientela.platform import clock


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the appointments, or "nothing new" without reading them. An ended and an unknown address look alike."""
    now = clock.now()
    state = feed_state(token=token, now=now)
    if state is None:
        raise Http404
    # By the tag alone: an appointment that was deleted makes the newest change older.
    known = get_conditional_response(request, f'"{state.etag}"', None, HttpResponse())
    if isinstance(known, HttpResponseNotModified):
        return _marked(known, state)
    contents = feed_appointments(token=token, now=now)
    if contents is None:
        raise Http404
    body = feed_file(contents=contents)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    return _marked(answer, contents.state)


def _marked(answer: HttpResponse, state: FeedState) -> HttpResponse:
    """Only for this reader, never indexed, and the address told to nobody."""
    answer["ETag"] = f'"{state.etag}"'
    answer["Last-Modified"] = http_date(state.changed_at.timestamp())
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
