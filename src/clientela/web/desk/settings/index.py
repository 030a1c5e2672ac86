"""The front page of the settings: everything that can be set, in groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clientela.policy.door_request import DoorRequest
from clientela.web.desk.settings.policies import NOTIFICATIONS
from clientela.web.desk.settings.shell import CALENDAR, MESSAGES, SELLING, here, settings_page
from clientela.web.desk.staff import Desk, desk_of


@dataclass(frozen=True, slots=True)
class Door:
    """One page of the settings, as the index names it."""

    label: str
    words: str
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together; `key` is where links from elsewhere lead."""

    key: str
    label: str
    doors: list[Door]


def settings(request: DoorRequest, business: str) -> HttpResponse:
    """Show an owner all doors, the front desk those of the timetable, and a professional their hours."""
    desk = desk_of(request)
    if not desk.sees_all:
        return redirect(here(desk, "settings-hours"))
    calendar = Group(CALENDAR, _("Calendar & bookings"), _timetable(desk))
    groups = _for_owner(desk) if desk.is_owner else [calendar]
    return settings_page(request, "index", desk, title=_("Settings"), groups=groups)


def _for_owner(desk: Desk) -> list[Group]:
    calendar = [*_offer(desk), *_timetable(desk), *_rules(desk)]
    return [
        Group("business", _("Your business"), _business(desk)),
        Group(CALENDAR, _("Calendar & bookings"), calendar),
        Group(MESSAGES, _("Messages to clients"), _messages(desk)),
        Group(SELLING, _("Sales and payments"), _selling(desk)),
        Group("people", _("People"), _people(desk)),
    ]


def _business(desk: Desk) -> list[Door]:
    return [
        Door(
            _("Business and look"),
            _("Name, address of the page, language, colour"),
            "store",
            here(desk, "settings-business"),
        ),
        Door(
            _("Locations"),
            _("Where appointments happen, and in which time zone"),
            "map-pin",
            here(desk, "settings-locations"),
        ),
        _way_out(desk),
    ]


def _way_out(desk: Desk) -> Door:
    """Where the business is given up, or while it is closed, opened again."""
    label, words, icon = _("Give up this business"), _("Close it for good"), "archive"
    if desk.business.closed_at is not None:
        label, words, icon = (
            _("This business is closed"),
            _("Open it again, while that is possible"),
            "door-closed",
        )
    return Door(label, words, icon, here(desk, "settings-closing"))


def _offer(desk: Desk) -> list[Door]:
    return [
        Door(
            _("Services"),
            _("What can be booked: length, price, who gives it, what it needs"),
            "scissors",
            here(desk, "settings-services"),
        ),
        Door(
            _("Rooms and equipment"),
            _("What is in use while a service is given"),
            "door-open",
            here(desk, "settings-rooms"),
        ),
    ]


def _timetable(desk: Desk) -> list[Door]:
    doors = [
        Door(
            _("Opening hours"),
            _("Who works when, and the days that differ"),
            "clock",
            here(desk, "settings-hours"),
        ),
        Door(
            _("Time off"),
            _("Absences of people, repairs of things"),
            "calendar-off",
            here(desk, "settings-time-off"),
        ),
    ]
    if desk.is_owner:
        doors.append(
            Door(
                _("Closures"),
                _("Days on which a whole place is shut"),
                "door-closed",
                here(desk, "settings-closures"),
            )
        )
    return doors


def _rules(desk: Desk) -> list[Door]:
    return [
        Door(
            _("Booking preferences"),
            _("Time zone on the booking page, phone numbers, online booking on or off"),
            "globe",
            here(desk, "settings-preferences"),
        ),
        Door(
            _("Booking policies"),
            _("Client login, and until when clients may reschedule and cancel"),
            "shield-check",
            here(desk, "settings-policies"),
        ),
        Door(
            _("Client notification settings"),
            _("The pencil and its links in emails, and who is written to"),
            "bell",
            here(desk, f"settings-policies#{NOTIFICATIONS}"),
        ),
    ]


def _messages(desk: Desk) -> list[Door]:
    return [
        Door(
            _("Plan of messages"),
            _("What is sent to whom, when and how; reminders; your own words"),
            "send",
            here(desk, "settings-messages"),
        ),
        Door(
            _("Texts"),
            _("By whom they leave, under which sender, what they may cost"),
            "message-square",
            here(desk, "settings-texts"),
        ),
        Door(
            _("Quiet hours"),
            _("When reminders wait, so that nobody is woken"),
            "moon",
            here(desk, "settings-quiet-hours"),
        ),
    ]


def _selling(desk: Desk) -> list[Door]:
    return [
        Door(
            _("Packages"),
            _("Several sessions sold at once: price, tax, how long they count"),
            "package",
            here(desk, "settings-packages"),
        ),
        Door(
            _("Selling and invoices"),
            _("Who you are on an invoice, what you take, what a cancellation gives back"),
            "receipt",
            here(desk, "settings-selling"),
        ),
        Door(
            _("Online payments"),
            _("Where money paid online goes"),
            "credit-card",
            here(desk, "settings-payments"),
        ),
        Door(
            _("New clients and payouts"),
            _("Who counts as returning, and which share is the professional’s"),
            "percent",
            here(desk, "settings-payouts"),
        ),
    ]


def _people(desk: Desk) -> list[Door]:
    return [
        Door(
            _("Professionals"),
            _("Who gives appointments, and how clients see them"),
            "users",
            here(desk, "settings-professionals"),
        ),
        Door(
            _("Staff and roles"),
            _("Who may sign in to this desk, and what they may do"),
            "user-cog",
            here(desk, "settings-team"),
        ),
    ]
