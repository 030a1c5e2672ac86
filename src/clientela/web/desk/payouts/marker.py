"""Why an appointment's client is shown as new, or as returning; and how a wrong marker is set right."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from clientela.booking.actions.reclassify_appointment import (
    answer_reclassification,
    reclassify_appointment,
)
from clientela.booking.models import Appointment, ReclassifyRequest, ReclassifyState
from clientela.booking.queries.explain_marker import Explained, explain_marker, open_grounds
from clientela.people.models import Suggestion
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.rules.attribution import AccountKind, Family, MarkerPolicy, MarkerReason, Newness
from clientela.rules.reclassification import Ground
from clientela.support.actions.ask_reclassify import ask_reclassify
from clientela.support.actions.withdraw_request import withdraw_request
from clientela.support.models import Request, RequestState
from clientela.support.queries.requests import awaited_of, newest_of_appointment
from clientela.web.design.shapes import Bead, Link
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts, told
from clientela.web.elapsed import elapsed_words
from clientela.web.marker_words import (
    ACCOUNTS,
    CAUSES,
    CHANNELS,
    GROUNDS,
    POLICIES,
    newness_badge,
    reason_words,
)
from clientela.web.refusals import when

REFUSED: Final = 409
_WAITING_ON_CLIENT: Final = frozenset({MarkerReason.FIRST_VISIT, MarkerReason.OTHER_ACCOUNT})


@dataclass(frozen=True, slots=True)
class Choice:
    """The ground on which the marker may be corrected."""

    value: str
    label: str


def appointment_marker(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Explain the marker; POST corrects it (an owner) or asks the support for that (everybody else)."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    if request.method != "POST":
        return _page(request, desk, one)
    ground = request.POST.get("ground", "")
    if ground not in set(Ground):
        return redirect("desk:appointment-marker", business, appointment_id)
    try:
        _correct(request, desk, one, Ground(ground))
    except Refusal as refusal:
        return _page(request, desk, one, refused=refusal.reason, status=REFUSED)
    return redirect("desk:appointment-marker", business, appointment_id)


def answer(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """An owner grants a request, or refuses it."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    asked = _waiting(one)
    if asked is not None:
        grants = request.POST.get("choice") == "grant"
        try:
            answer_reclassification(request=asked, grants=grants, by=desk.actor, now=desk.now)
        except Refusal as refusal:
            return _page(request, desk, one, refused=refusal.reason, status=REFUSED)
        told(request, _("The marker is corrected.") if grants else _("The request is refused."))
    return redirect("desk:appointment-marker", business, appointment_id)


def withdraw(request: DoorRequest, business: str, appointment_id: UUID) -> HttpResponse:
    """Who asked takes it back."""
    desk = desk_of(request)
    one = desk.appointment(appointment_id)
    asked = _under_way(one)
    if asked is not None:
        try:
            withdraw_request(request=asked, by=desk.actor, now=desk.now)
        except Refusal as refusal:
            return _page(request, desk, one, refused=refusal.reason, status=REFUSED)
        told(request, _("Your request is taken back."))
    return redirect("desk:appointment-marker", business, appointment_id)


def _correct(request: DoorRequest, desk: Desk, one: Appointment, ground: Ground) -> None:
    """Do it, or ask for it, as the person may."""
    explained = _explained(one)
    other = Newness.RETURNING if explained.standing.value is Newness.NEW else Newness.NEW
    text = request.POST.get("note", "")
    if desk.is_owner:
        reclassify_appointment(
            appointment=one, to=other, ground=ground, reason_text=text, by=desk.actor, now=desk.now
        )
        told(request, _("The marker is corrected."))
        return
    asked = ask_reclassify(
        appointment=one, to=other, ground=ground, text=text, by=desk.actor, now=desk.now
    )
    waits = asked.state == RequestState.WAITING_FOR_CLIENT
    told(
        request, _("Noted: it waits for the client.") if waits else _("The support has been asked.")
    )


def _page(
    request: DoorRequest, desk: Desk, one: Appointment, *, refused: str = "", status: int = 200
) -> HttpResponse:
    explained = _explained(one)
    asked = _waiting(one)
    return desk_page(
        request,
        "payouts/marker.html",
        desk,
        place="calendar",
        status=status,
        one=one,
        crumbs=_crumbs(desk, one),
        explained=explained,
        badge_of=newness_badge(explained.row.value),
        sentence=reason_words(explained.row),
        facts=_facts(explained),
        earlier=[
            (visit, desk.sees_all or visit.professional_id == one.professional_id)
            for visit in explained.earlier
        ],
        history=_history(explained, desk),
        choice=None if asked else _choice(explained, desk),
        waits_on_client=explained.standing.reason in _WAITING_ON_CLIENT,
        is_suggested=desk.sees_all and _is_suggested(one),
        asked=asked,
        asked_for=elapsed_words(desk.now - asked.asked_at) if asked else "",
        asked_ground=GROUNDS[Ground(asked.ground)] if asked else "",
        **_support(desk, one),
        refused=_refusal_words(refused) if refused else "",
        toasts=toasts(request),
    )


def _explained(one: Appointment) -> Explained:
    found = explain_marker(one)
    if found is None:  # a time that is only held has none yet
        raise Http404
    return found


def _waiting(one: Appointment) -> ReclassifyRequest | None:
    return ReclassifyRequest.objects.filter(appointment=one, state=ReclassifyState.WAITING).first()


def _under_way(one: Appointment) -> Request | None:
    newest = newest_of_appointment(appointment_id=one.pk)
    return newest if newest is not None and newest.ended_at is None else None


def _support(desk: Desk, one: Appointment) -> dict[str, object]:
    """What the support's requests say of it: what was asked, and that the client is awaited, since when, and no more."""
    newest = newest_of_appointment(appointment_id=one.pk)
    under_way = newest if newest is not None and newest.ended_at is None else None
    waits = under_way is not None and under_way.state == RequestState.WAITING_FOR_CLIENT
    awaited = awaited_of(card=one.client) or (under_way if waits else None)
    mine = under_way is not None and under_way.account_id == desk.actor.account_id
    unconfirmed = {RequestState.EXPIRED, RequestState.DECLINED}
    return {
        "request_asked": under_way,
        "request_is_mine": mine,
        "request_came_to_nothing": newest is not None and newest.state in unconfirmed,
        "client_pages": _client_pages(),
        "awaited_since": awaited.since if awaited else None,
        "awaited_for": elapsed_words(desk.now - awaited.since) if awaited else "",
    }


def _choice(explained: Explained, desk: Desk) -> Choice | None:
    """The ground on which this person may correct it; each reason has one at most."""
    grounds = open_grounds(explained=explained, by=desk.actor)
    return next((Choice(one.value, str(GROUNDS[one])) for one in grounds), None)


def _facts(explained: Explained) -> list[tuple[str, str]]:
    """What the rule was told, each with its name."""
    facts, row = explained.facts, explained.row
    rule = _("%(policy)s (version %(version)s of the rule)") % {
        "policy": POLICIES[MarkerPolicy(row.policy)],
        "version": row.version,
    }
    said = [
        (_("It was booked"), str(CHANNELS[Family(facts.channel)])),
        (_("Known by"), str(ACCOUNTS[AccountKind(facts.account)])),
        (_("The rule"), rule),
    ]
    if explained.standing.value is Newness.RETURNING and not facts.same_professional:
        said.append((_("With this professional"), _("for the first time")))
    return said


def _history(explained: Explained, desk: Desk) -> list[Bead]:
    """Every time it was decided, the last first."""
    return [
        Bead(
            icon=newness_badge(row.value).icon,
            title=newness_badge(row.value).text,
            when=f"{when(row.at, desk.zone)} · {dict(CAUSES)[row.marked_for]}",  # type: ignore[index]  # the words are those of the column
            why=reason_words(row),
            state="good" if row is explained.row else "none",
        )
        for row in reversed(explained.rows)
    ]


def _client_pages() -> list[Link]:
    """Where the client says it themselves; the whole address, to be sent to them."""
    named = [
        (_("I have two accounts"), "client:two-accounts"),
        (_("We are a couple or a family"), "client:household"),
    ]
    pages = []
    for label, route in named:
        with suppress(NoReverseMatch):
            pages.append(Link(label=label, url=f"{settings.PUBLIC_URL}{reverse(route)}"))
    return pages


def _is_suggested(one: Appointment) -> bool:
    """Whether there is a card that may be the same person's."""
    pairs = Suggestion.objects.filter(business=one.business_id, verdict="same")
    mine = pairs.filter(first=one.client_id) | pairs.filter(second=one.client_id)
    return mine.exists()


def _refusal_words(reason: str) -> str:
    words = {
        "client-must-confirm": _(
            "Only the client can say that two accounts are one person’s, or one family’s. They can do so in their own "
            "pages; nobody can do it for them."
        ),
        "client-said-so": _("The client proved it themselves. Part the cards if it was wrong."),
        "owner-only": _("Only an owner can decide this."),
        "already-so": _("It says so already."),
        "wrong-ground": _("That does not fit what the marker says."),
        "not-your-request": _("Somebody else asked: only they can take it back."),
        "request-ended": _("It was answered a moment ago. This is how it stands now."),
    }
    return words.get(
        reason, _("Somebody changed this appointment a moment ago. This is how it stands now.")
    )


def _crumbs(desk: Desk, one: Appointment) -> list[Link]:
    slug = desk.business.slug
    return [
        Link(label=one.client.record_name, url=reverse("desk:client", args=[slug, one.client_id])),
        Link(label=_("Appointment"), url=reverse("desk:appointment", args=[slug, one.pk])),
        Link(label=_("New or returning"), url="", current=True),
    ]
