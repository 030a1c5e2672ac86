"""What a person could buy on their own, and what each package would pay for at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from clientela.booking.queries.pending_redemption import wanted_of
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.catalogue.queries.sold_packages import covered, packages_online
from clientela.checkout.queries.preview_sale import NEW_GRANT
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.people.models import Client
from clientela.rules.redemption import Usable, Wanted, plan_redemptions
from clientela.rules.validity import last_day

_LAST: Final = datetime.max.replace(tzinfo=UTC)
"""The grant that there would be is the latest of all, as in ``preview_sale``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PackageWay:
    """A package to buy: until when it would count (none: for ever), what it would pay for, and what is left then.

    ``pays_for`` is in the order in which credits are taken; of each the cause and the start are known.
    """

    package: Package
    services: tuple[Service, ...]
    valid_until: date | None
    pays_for: tuple[Wanted, ...]
    left: int


def package_ways(
    *,
    business: Business,
    client: Client | None,
    today: date,
    service: Service | None = None,
    first: Wanted | None = None,
) -> list[PackageWay]:
    """Return what a signed-in person may buy here (``client`` is their card, if they have one).

    With ``service`` only what covers it, with ``first`` only what would pay for that, before all others. The
    plan is the one that the sale carries out; a fixed number of queries, however many packages there are.
    """
    offered = packages_online(business=business, is_client=client is not None, service=service)
    if not offered:
        return []
    usable = usable_grants(client_id=client.pk) if client else []
    waiting = wanted_of(client_id=client.pk) if client else []
    ways = (
        package_way(one, waiting=waiting, usable=usable, today=today, first=first)
        for one in offered
    )
    return [way for way in ways if first is None or first in way.pays_for]


def package_way(
    package: Package,
    *,
    waiting: list[Wanted],
    usable: list[Usable],
    today: date,
    first: Wanted | None = None,
) -> PackageWay:
    """Return what one package would do if it were bought now; no query where its services were read with it.

    It counts from today, or from an earlier day of what it is bought ``first`` for, and at least until that day:
    as ``actions/sell.py`` does.
    """
    services = tuple(covered(package))
    applies_on = min(today, first.on) if first else today
    ends = last_day(applies_on=applies_on, count=package.valid_count, unit=package.valid_unit)
    grant = Usable(
        grant_id=NEW_GRANT,
        free=tuple(range(1, package.credits + 1)),
        applies_on=applies_on,
        valid_until=max(ends, first.on) if ends and first else ends,
        services=frozenset(one.pk for one in services),
        granted_at=_LAST,
    )
    wanted = {one.cause: one for one in [*waiting, *([first] if first else [])]}
    plan = plan_redemptions(
        wanted=wanted.values(),
        usable=[*usable, grant],
        first=first.cause if first else "",
    )
    redeemed = tuple(wanted[one.cause] for one in plan if one.grant_id == NEW_GRANT)
    return PackageWay(
        package=package,
        services=services,
        valid_until=grant.valid_until,
        pays_for=redeemed,
        left=package.credits - len(redeemed),
    )
