"""On a client's record: who said that they belong together with them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from clientela.people.models import Client, HouseholdRole
from clientela.people.queries.households import relatives_in
from clientela.web.desk.staff import Desk


@dataclass(frozen=True, kw_only=True, slots=True)
class Relative:
    """Somebody of the household, as this business calls them."""

    name: str
    url: str
    is_child: bool


def family_on_record(desk: Desk, card: Client) -> list[Relative]:
    """Return who belongs together with the client now; nothing for who reaches only their own clients. One query.

    The clients themselves formed it, and nobody at the desk changes it. No address is told, and not what they allow.
    """
    if not desk.sees_all:
        return []
    return [
        Relative(
            name=one.client.record_name,
            url=reverse("desk:client", args=[desk.business.slug, one.client_id]),
            is_child=one.role == HouseholdRole.CHILD,
        )
        for one in relatives_in(client_id=card.pk)
    ]
