"""A person's data as files: everything for programs, appointments for spreadsheets and for calendars, and all in one."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from clientela.accounts.models import Account
from clientela.booking.queries.appointments_told import visible_appointments
from clientela.notify.own_calendar import own_calendar
from clientela.people.queries.own_copy import own_copy
from clientela.rules.money import Money
from clientela.web.table_file import table_bytes

_COLUMNS: Final = (
    "starts_local",
    "zone",
    "starts_at",
    "ends_at",
    "service",
    "professional",
    "location",
    "address",
    "status",
    "price",
    "currency",
    "your_note",
    "booked_at",
    "cancelled_at",
    "id",
)
ZIP: Final = "clientela-data.zip"


@dataclass(frozen=True, slots=True)
class Taken:
    """A file to hand over: its type and its bytes."""

    content_type: str
    content: bytes


def _everything(account: Account, now: datetime, language: str) -> Taken:
    text = json.dumps(own_copy(account=account, now=now), ensure_ascii=False, indent=2)
    return Taken("application/json", text.encode())


def _for_spreadsheets(account: Account, now: datetime, language: str) -> Taken:
    copy = own_copy(account=account, now=now)
    return Taken("text/csv; charset=utf-8", appointments_csv(copy["businesses"]))


def _for_calendars(account: Account, now: datetime, language: str) -> Taken:
    mine = list(visible_appointments().filter(client__account=account))
    return Taken("text/calendar; charset=utf-8", own_calendar(appointments=mine, language=language))


FILES: Final[Mapping[str, Callable[[Account, datetime, str], Taken]]] = {
    "clientela-data.json": _everything,
    "clientela-appointments.csv": _for_spreadsheets,
    "clientela-appointments.ics": _for_calendars,
}


def taken(name: str, *, account: Account, now: datetime, language: str) -> Taken | None:
    """Return the file of that name as of now, or None when there is none; in the account's scope."""
    if name == ZIP:
        return _all_in_one(account, now, language)
    make = FILES.get(name)
    return make(account, now, language) if make else None


def appointments_csv(businesses: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the appointments of every business as one table, with a mark that spreadsheets read as UTF-8.

    No cell begins a formula: one that would is set behind an apostrophe. Prices have a decimal point and all digits of their currency.
    """
    rows = [
        [one["business"]["name"], *(_cell(appointment, name) for name in _COLUMNS)]
        for one in businesses
        for appointment in one["appointments"]
    ]
    return table_bytes(("business", *_COLUMNS), rows)


def _cell(appointment: Mapping[str, Any], name: str) -> str:
    if name == "price":
        return str(Money(appointment["price_minor"], appointment["currency"]).major)
    value = appointment.get(name)
    return "" if value is None else str(value)


def _all_in_one(account: Account, now: datetime, language: str) -> Taken:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, make in FILES.items():
            entry = zipfile.ZipInfo(name, date_time=now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, make(account, now, language).content)
    return Taken("application/zip", out.getvalue())
