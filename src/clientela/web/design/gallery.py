"""Every part in each of its states, for those who build pages and for the tests that look at them.

Routed only in the demo and while debugging. The values are fixtures; no clock and no database are read.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render

from clientela.web.design.days import group_slots
from clientela.web.design.shapes import Badge, Bead, Brand, Day, Entry, Link, Slot

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ZONE = "Europe/London"
HERE = "#main"


class GalleryForm(forms.Form):
    """Each kind of control once, one of them wrong."""

    name = forms.CharField(label="Your name")
    mobile = forms.CharField(label="Mobile", required=False)
    email = forms.EmailField(label="Email")
    zone = forms.ChoiceField(
        label="Time zone", choices=[("Europe/London", "London"), ("Europe/Rome", "Rome")]
    )
    note = forms.CharField(
        label="Anything we should know?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    login = forms.ChoiceField(
        label="Client login",
        widget=forms.RadioSelect,
        choices=[("off", "Off"), ("optional", "On and optional"), ("required", "On and required")],
    )
    staff = forms.MultipleChoiceField(
        label="Who gives it",
        widget=forms.CheckboxSelectMultiple,
        choices=[("irene", "Irene"), ("tomas", "Tomás")],
    )
    terms = forms.BooleanField(label="I have read the terms")
    cancel = forms.BooleanField(label="Cancel online", required=False)
    hours = forms.IntegerField(label="Hours before", max_value=168)


HINTS = {
    "off": "No sign-in is shown. Everyone books as a guest.",
    "optional": "Sign-in is offered; nobody has to use it.",
    "required": "New clients create a profile before they choose a time.",
}
SENT = {
    "name": "Ana Prueba García",
    "mobile": "+34 912 000 000",
    "email": "ana.prueba@exmaple.com",
    "zone": ZONE,
    "login": "optional",
    "staff": ["irene"],
    "terms": "on",
    "cancel": "on",
    "hours": "240",
}


def filled_form() -> GalleryForm:
    """The form as a visitor sent it, with two things to fix."""
    form = GalleryForm(SENT)
    form.add_error(
        "mobile", "This number is a landline and cannot receive texts. Write a mobile, or clear it."
    )
    return form


def strip() -> list[Day]:
    """A week: full, chosen, free and closed days."""
    free = {
        24: [(540, 630), (720, 780), (930, 990)],
        25: [(540, 585), (960, 1050)],
        26: [(540, 780)],
        27: [(600, 720)],
    }
    words = {
        23: "today, full",
        24: "9 times",
        25: "4 times",
        26: "12 times",
        27: "6 times",
        28: "closed",
        29: "closed",
    }
    return [
        Day(
            on=date(2026, 11, figure),
            words=said,
            url=HERE if figure in free else "",
            chosen=figure == 24,  # noqa: PLR2004 -- the sample's chosen day
            free=free.get(figure, ()),
        )
        for figure, said in words.items()
    ]


def starts() -> list[Slot]:
    """Offered starts: plain, chosen, with a note, and the hour that happens twice (25 October 2026, London)."""
    return [
        Slot(at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), url=HERE),
        Slot(at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC), url=HERE),
        Slot(at=datetime(2026, 10, 25, 9, 0, tzinfo=UTC), url=HERE),
        Slot(at=datetime(2026, 10, 25, 9, 45, tzinfo=UTC), url=HERE, chosen=True),
        Slot(at=datetime(2026, 10, 25, 10, 30, tzinfo=UTC), url=HERE, note="last seat"),
        Slot(at=datetime(2026, 10, 25, 15, 0, tzinfo=UTC), url=HERE),
        Slot(at=datetime(2026, 10, 25, 18, 0, tzinfo=UTC), url=HERE),
    ]


def entries() -> list[Entry]:
    """A morning at the desk."""
    return [
        Entry(
            at=datetime(2026, 11, 24, 11, 0, tzinfo=UTC),
            lasts_minutes=45,
            who="Rosa Demo",
            url=HERE,
            what="Physiotherapy · Irene",
            hue=200,
            badges=[Badge(text="Arrived", icon="user-check", state="good")],
        ),
        Entry(
            at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
            lasts_minutes=60,
            who="Pablo Muestra",
            url=HERE,
            what="Sports · Irene",
            hue=200,
            badges=[
                Badge(text="Pending redemption", icon="coins", state="wait"),
                Badge(text="Returning", icon="repeat"),
            ],
        ),
        Entry(
            at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
            lasts_minutes=75,
            who="Marta Ficticia",
            url=HERE,
            what="Drainage · Bea",
            hue=320,
            badges=[Badge(text="New", icon="sparkles", state="tone")],
        ),
    ]


def thread() -> list[Bead]:
    """A forecast and a trace at once."""
    return [
        Bead(
            icon="check",
            title="Confirmation, email",
            when="Delivered Mon 9 Nov, 16:02 (London)",
            state="good",
        ),
        Bead(
            icon="hourglass",
            title="Reminder, email",
            when="Handed over Wed 25 Nov, 14:00 (London)",
            why="Accepted by example.com. Delivery is not confirmed yet.",
            state="wait",
        ),
        Bead(
            icon="ban",
            title="Reminder, text",
            when="Not sent",
            why="Opted out: STOP received Sat 14 Nov.",
            state="stop",
        ),
        Bead(
            icon="message-square-off",
            title="Text: will not be sent",
            when="the number is a landline",
            state="none",
        ),
        Bead(icon="bell", title="Thank you", when="Planned for Sat 28 Nov, 10:00 (London)"),
    ]


def places() -> list[Link]:
    """A desk's navigation."""
    named = [
        ("Calendar", "calendar-days", 0),
        ("Clients", "users", 0),
        ("Services", "list", 0),
        ("Staff", "id-card", 0),
        ("Messages", "message-square", 2),
        ("Settings", "settings", 0),
    ]
    return [
        Link(
            label=label,
            url=HERE,
            icon=icon,
            current=label == "Calendar",
            count=count,
            warns=bool(count),
        )
        for label, icon, count in named
    ]


def gallery_values() -> dict[str, Any]:
    """All that the gallery's template draws."""
    return {
        "brand": Brand(
            name="Example Hair Salon", line="London · 8 Sample Street", url=HERE, hue=140
        ),
        "zone": ZONE,
        "starts_at": datetime(2026, 11, 27, 14, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 11, 27, 15, 30, tzinfo=UTC),
        "now": datetime(2026, 11, 24, 11, 30, tzinfo=UTC),
        "days": strip(),
        "first": date(2026, 11, 1),
        "free": {date(2026, 11, figure): HERE for figure in range(24, 31)},
        "chosen": date(2026, 11, 24),
        "groups": group_slots(starts(), zone=ZONE),
        "entries": entries(),
        "beads": thread(),
        "nav": places(),
        "form": filled_form(),
        "hints": HINTS,
        "page": Paginator(range(60), 20).page(2),
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """The page itself."""
    return render(request, "design/gallery.html", gallery_values())
