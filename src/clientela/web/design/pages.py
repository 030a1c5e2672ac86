"""What the frame of a page and its larger parts need to know before they are drawn."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_language_info

from clientela.rules import clock_time
from clientela.web.design import times
from clientela.web.design.shapes import Entry, Span

NOTICE_ICONS = {
    "note": "info",
    "wait": "clock-alert",
    "stop": "circle-alert",
    "good": "check",
    "tone": "info",
}


# Who may answer a change of language, in order: Django's own name, or the public door's.
LANGUAGE_ADDRESSES = ("set_language", "booking_page:language")


def asset(path: str) -> str:
    """The address of a static file. A page of errors is still drawn when the manifest lacks the file."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


def slip_values(
    starts_at: datetime,
    ends_at: datetime | None,
    zone: str,
    opens: int | None,
    closes: int | None,
    *,
    short: bool = False,
) -> dict[str, Any]:
    """The figures of a slip; the ribbon is drawn only when the day's opening and closing are known."""
    weekday, figure, month = times.stub(starts_at, zone, short=short)
    known = opens is not None and closes is not None and ends_at is not None
    return {
        "weekday": weekday,
        "figure": figure,
        "month": month,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "zone": zone,
        "opens": opens,
        "closes": closes,
        "spans": [_span(starts_at, ends_at, zone)] if known and ends_at else [],
    }


def _span(starts_at: datetime, ends_at: datetime, zone: str) -> Span:
    start = clock_time.minute_of_day(starts_at, zone)
    lasts = (ends_at - starts_at) // timedelta(minutes=1)
    return start, start + lasts


def agenda_rows(entries: list[Entry], now: datetime | None) -> list[Entry | None]:
    """The entries in order, with `None` where the line of now belongs; no line before or after them all."""
    rows: list[Entry | None] = []
    before: Entry | None = None
    for entry in sorted(entries, key=lambda entry: entry.at):
        if now and before and before.at <= now < entry.at:
            rows.append(None)
        rows.append(entry)
        before = entry
    return rows


def page_url(page: Page[Any], step: int, query: QueryDict | None) -> str:
    """The address of the page one step away, or nothing if there is none."""
    number = page.number + step
    if not 1 <= number <= page.paginator.num_pages:
        return ""
    arguments = query or QueryDict(mutable=True)
    arguments["page"] = str(number)
    return f"?{arguments.urlencode()}"


def language_choices(context: Context) -> dict[str, Any]:
    """The languages a visitor may switch to; none where no address of the installation answers."""
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    url = context.get("language_url") or _language_address()
    request = context.get("request")
    return {
        "url": url,
        "next": request.get_full_path() if request else "",
        "active": get_language_info(active),
        "languages": [get_language_info(code) for code, _ in settings.LANGUAGES],
        "csrf_token": context.get("csrf_token", ""),
    }


def _language_address() -> str:
    for name in LANGUAGE_ADDRESSES:
        with suppress(NoReverseMatch):
            return reverse(name)
    return ""
