"""The preview: what it shows, and that its digest changes with all that is shown and nothing else."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.checkout.shop import JULY_2, JULY_10, THE_TENTH, needs_credits, pack, sold, visit
from tests.factories import STAFF, make_client

from clientela.booking.actions.waive_redemption import waive_redemption
from clientela.business.models import Business
from clientela.catalogue.actions.update_package import update_package
from clientela.catalogue.models import Package, Service
from clientela.checkout.offer import Offer
from clientela.checkout.preview import Preview
from clientela.checkout.queries.preview_sale import preview_sale
from clientela.people.models import Client


def test_the_digest_holds_as_long_as_what_is_shown_holds(
    client_card: Client, service: Service, business: Business
) -> None:
    package = pack(business, needs_credits(service))
    visit(client_card, service, "2026-07-02 10:00")
    offer = Offer.of_package(package)

    def shown(**changes: object) -> Preview:
        given = {"client": client_card, "offer": offer, "applies_on": JULY_2, **changes}
        return preview_sale(**given)  # type: ignore[arg-type]  # passed on

    base = shown().digest
    assert shown().digest == base
    fresh = Offer.of_package(Package.objects.get(pk=package.pk))
    assert shown(offer=fresh).digest == base, "read again it is the same"
    stranger = make_client(business, "Otra", "otra@example.com")
    others = [
        shown(client=stranger),
        shown(applies_on=JULY_10),
        shown(offer=offer.at_price(1)),
        *(
            shown(offer=replace(offer, **{name: value}))  # type: ignore[arg-type]  # any field
            for name, value in {
                "name": "Bono",
                "credits": 4,
                "services": (),
                "tax_basis_points": 1,
                "currency": "USD",
                "valid_count": 5,
                "valid_unit": "day",
            }.items()
        ),
        shown(offer=Offer.of_service(service)),
    ]
    visit(client_card, service, "2026-07-03 10:00")
    others.append(shown())
    digests = [base, *(one.digest for one in others)]
    assert len(set(digests)) == len(digests)


def test_an_appointment_that_waits_no_longer_is_not_shown(
    client_card: Client, service: Service, business: Business
) -> None:
    offer = Offer.of_package(pack(business, needs_credits(service)))
    one = visit(client_card, service, "2026-07-02 10:00")
    waive_redemption(appointment=one, by=STAFF, reason_text="A gift", now=THE_TENTH)
    shown = preview_sale(client=client_card, offer=offer, applies_on=JULY_2)
    assert (shown.redeems, shown.stays, shown.left) == ([], [], 5)


def test_earlier_credits_take_part_and_are_told_apart(
    client_card: Client, service: Service, business: Business
) -> None:
    """A credit that could redeem nothing until now does not hide behind the new sale."""
    first = visit(client_card, service, "2026-07-13 10:00")
    sold(client_card, pack(business, service, credits=1))
    shown = preview_sale(
        client=client_card, offer=Offer.of_service(service), applies_on=JULY_10, first=first
    )
    assert [(one.appointment, one.grant_is_new) for one in shown.redeems] == [(first, False)]
    assert shown.left == 1


def test_a_fee_redeems_nothing(client_card: Client, service: Service) -> None:
    waiting = visit(client_card, needs_credits(service), "2026-07-02 10:00")
    fee = Offer.fee(name="Ausencia", price_minor=2000, currency="EUR")
    shown = preview_sale(client=client_card, offer=fee, applies_on=JULY_10, first=waiting)
    assert (shown.redeems, shown.stays, shown.left) == ([], [waiting], 0)


def test_it_asks_few_questions_however_much_waits(
    client_card: Client, service: Service, business: Business
) -> None:
    package = pack(business, needs_credits(service))
    for hour in (9, 10, 11):
        visit(client_card, service, f"2026-07-02 {hour:02}:00")
    offer = Offer.of_package(package)
    with CaptureQueriesContext(connection) as asked:
        shown = preview_sale(client=client_card, offer=offer, applies_on=JULY_2)
        assert len({line.appointment.service.name for line in shown.redeems}) == 1
    assert len(asked) == 2
    update_package(package=package, credits=1, by=STAFF, now=THE_TENTH)
    assert preview_sale(client=client_card, offer=offer, applies_on=JULY_2).left == 2
