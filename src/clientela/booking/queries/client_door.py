"""How a business lets its clients in: whether they book by themselves, and whether they have a log-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clientela.business.models import Business, ClientLogin
from clientela.platform.database import read_rows
from clientela.platform.tenancy import tenant_filter

# Every booking and every calendar asks this, so it goes past the ORM.
_READ: Final = """
SELECT policy.online_booking, policy.client_login FROM business_bookingpolicy AS policy
 WHERE (%s OR policy.business_id = %s) AND policy.business_id = %s
"""


@dataclass(frozen=True, slots=True)
class ClientDoor:
    """The two switches: *Online booking* of an open business, and *Client login*."""

    is_online: bool
    login: ClientLogin


def client_door(business: Business) -> ClientDoor:
    """Return the business's switches; one without a row of policies has the defaults. One query."""
    for online, login in read_rows(_READ, [*tenant_filter(), business.pk]):
        return ClientDoor(is_online=business.is_open and bool(online), login=ClientLogin(login))
    return ClientDoor(is_online=business.is_open, login=ClientLogin.OPTIONAL)
