"""What a card is made of: which cards it took up, by whom and why; what is asked; and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clientela.accounts.models import Account
from clientela.people.models import Merge, PartingQuestion
from clientela.people.queries.merges_of import merges_of, open_questions
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.absorbing.absorb import crumbs
from clientela.web.desk.absorbing.asked import Asked, asked_of
from clientela.web.desk.frame import desk_page
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import toasts


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One merge as it is drawn: ``by`` is who did it, ``undone_by`` who parted the cards again."""

    merge: Merge
    by: str
    undone_by: str
    values: int


def merges(request: DoorRequest, business: str, client_id: UUID) -> HttpResponse:
    """Show it. Asking changes nothing."""
    return merges_page(request, desk_of(request), client_id)


def merges_page(
    request: DoorRequest, desk: Desk, client_id: UUID, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page, after a refused press with why."""
    card = desk.client(client_id)
    lines = _lines(merges_of(card))
    return desk_page(
        request,
        "absorbing/merges.html",
        desk,
        place="clients",
        status=status,
        card=card,
        lines=lines,
        wants_welcome=card.account_id is None and any(map(_lost_log_in, lines)),
        questions=_questions(open_questions(card), desk),
        refused=refused,
        crumb_links=crumbs(desk, card, _("Joined cards")),
        toasts=toasts(request),
    )


def _questions(rows: Iterable[PartingQuestion], desk: Desk) -> list[Asked]:
    return asked_of(list(rows), zone=desk.zone)


def _lines(found: Iterable[Merge]) -> list[Line]:
    rows = list(found)
    keys = {key for one in rows for key in (one.by_account_id, one.undone_by_account_id) if key}
    named = Account.objects.filter(pk__in=keys).values_list("pk", "name") if keys else ()
    names: dict[UUID | None, str] = dict(named)
    return [
        Line(
            merge=one,
            by=_who(one.by, names.get(one.by_account_id)),
            undone_by=_who(one.undone_by, names.get(one.undone_by_account_id)),
            values=getattr(one, "values_moved", 0),
        )
        for one in rows
    ]


def _lost_log_in(line: Line) -> bool:
    """Whether somebody signed in to the card that went: they have no way in to the one that stands."""
    return line.merge.undone_at is None and line.merge.absorbed_account_id is not None


def _who(kind: str, name: str | None) -> str:
    if kind == "staff":
        return name or _("the staff")
    if kind == "client":
        return _("the client")
    return _("the program") if kind else ""
