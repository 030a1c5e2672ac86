"""A business that sells, for the letters about money: a client, a service that needs credits, a package."""

from __future__ import annotations

from dataclasses import dataclass

from tests import factories

from clientela.business.models import Business
from clientela.catalogue.models import Package, PaysOnline, Service
from clientela.notify.models import AccountMail
from clientela.people.models import Client, Identifier
from clientela.platform import sealed


@dataclass
class Market:
    """What there is. ``ana`` has proved her address."""

    business: Business
    service: Service
    package: Package
    ana: Client


def make_market() -> Market:
    """Open it."""
    business = factories.make_business("fisio-retiro", name="Fisio Retiro")
    irene = factories.make_professional(business)
    service = factories.make_service(
        business,
        professionals=(irene,),
        price_minor=4800,
        needs_credits=True,
        no_show_fee_minor=2000,
        pays_online=PaysOnline.FULL,
    )
    ana = factories.make_client(business)
    Identifier.objects.filter(client=ana).update(verified_at=factories.NOW)
    return Market(business, service, factories.make_package(service), ana)


def mails() -> list[tuple[str, str, dict[str, object]]]:
    """Every mail that waits: its kind, its address and its words."""
    return [
        (row.kind, row.address, sealed.open_kept(row.parcel_id))
        for row in AccountMail.objects.order_by("id")
    ]
