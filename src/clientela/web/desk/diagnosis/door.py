"""What the staff may press, and where the other ways out lead at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import reverse

from clientela.booking.models import Appointment
from clientela.notify.diagnosis.finding import Fix, Reader
from clientela.people.models import Client
from clientela.web.desk.staff import Desk
from clientela.web.why.ways import Door

ACTS: Final = frozenset(
    {
        Fix.SEND_AGAIN,
        Fix.TEST_MAIL,
        Fix.TEST_TEXT,
        Fix.MAIL_START,
        Fix.OPEN_EMAIL,
        Fix.OPEN_NUMBER,
        Fix.CHOOSE_EMAIL,
        Fix.CHOOSE_BOTH,
    }
)
_SETTINGS: Final = {
    Fix.LOCK_ZONE: "desk:settings-preferences",
    Fix.GATE: "desk:settings-policies",
    Fix.RULES: "desk:settings-messages",
    Fix.GATEWAY: "desk:settings-texts",
}


def door_of(desk: Desk, *, card: Client, one: Appointment | None, asked: str) -> Door:
    """The desk's door to a diagnosis; settings are linked for those who may change them."""
    slug = desk.business.slug
    # An account that stands needs no invitation: its person is asked when they next sign in.
    welcome = set() if card.account_id else {Fix.WELCOME}
    return Door(
        reader=Reader.STAFF,
        zone=desk.zone,
        fix_url=reverse("desk:diagnose-fix", args=[slug, card.pk]),
        acts=ACTS | welcome,
        links=_links(desk, card, one),
        fields={"appointment": str(one.pk) if one else "", "channel": asked},
    )


def _links(desk: Desk, card: Client, one: Appointment | None) -> Mapping[Fix, str]:
    slug = desk.business.slug
    profile = reverse("desk:client-profile", args=[slug, card.pk])
    links = {
        Fix.CORRECT_EMAIL: profile,
        Fix.CORRECT_NUMBER: profile,
        Fix.CORRECT_ZONE: profile,
        Fix.INBOX: reverse("desk:messages", args=[slug]),
    }
    if one is not None:
        links[Fix.CORRECT_APPOINTMENT] = reverse("desk:move", args=[slug, one.pk])
    if desk.is_owner:
        links |= {fix: reverse(route, args=[slug]) for fix, route in _SETTINGS.items()}
    return links
