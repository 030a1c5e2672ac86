"""Services: added, changed, archived, offered."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW, STAFF

from clientela.business.actions.update_professional import update_professional
from clientela.business.models import Business, Professional
from clientela.catalogue.actions.add_service import add_service
from clientela.catalogue.actions.archive_service import archive_service
from clientela.catalogue.actions.check_service import checked_fields
from clientela.catalogue.actions.set_offers import set_needs, set_professionals
from clientela.catalogue.actions.update_service import update_service
from clientela.catalogue.errors import MinutesRefused, NameMissing, ValueRefused
from clientela.catalogue.models import NeedOption, Service, ServiceNeed, ServiceProfessional
from clientela.catalogue.queries.offered_services import offered_services
from clientela.platform.tenancy import business_scope

PARTS = (set_needs, set_professionals)


def test_a_service_is_added_with_who_gives_it_and_what_it_needs(
    business: Business, professional: Professional
) -> None:
    room = factories.make_room(business)
    service = add_service(
        business=business,
        name="Eco",
        duration_minutes=45,
        professionals=[professional],
        needs=(("Sala", [room]),),
        price_minor=4500,
        by=STAFF,
        now=NOW,
    )
    assert (service.duration_minutes, service.price_minor, service.is_group) == (45, 4500, False)
    assert NeedOption.objects.get().resource == room
    assert ServiceProfessional.objects.get().professional == professional


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": "\u200b"}, NameMissing),
        ({"duration_minutes": 0}, MinutesRefused),
        ({"duration_minutes": 33}, MinutesRefused),
        ({"duration_minutes": 1445}, MinutesRefused),
        ({"buffer_after_minutes": 7}, MinutesRefused),
        ({"buffer_before_minutes": 1445}, MinutesRefused),
        ({"grid_minutes": 0}, MinutesRefused),
        ({"price_minor": -1}, ValueRefused),
        ({"price_minor": "1e5"}, ValueRefused),
        ({"capacity": 0}, ValueRefused),
        ({"horizon_days": 9999}, ValueRefused),
    ],
)
def test_values_a_service_cannot_have_are_refused_with_their_field(
    fields: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        checked_fields(fields)
    assert refused.value.field == next(iter(fields))


def test_changes_replace_and_keep_what_is_not_named(
    service: Service, colleague: Professional
) -> None:
    update_service(service=service, professionals=[colleague], name="Masaje", by=STAFF, now=NOW)
    service.refresh_from_db()
    assert (service.name, service.duration_minutes) == ("Masaje", 30)
    assert ServiceProfessional.objects.get().professional == colleague
    update_service(service=service, needs=(("Sala", []),), by=STAFF, now=NOW)
    update_service(service=service, needs=(), by=STAFF, now=NOW)
    assert ServiceNeed.objects.count() == 0


def test_clients_are_offered_what_somebody_gives_online(
    business: Business, service: Service, professional: Professional
) -> None:
    nobody = factories.make_service(business, "Nobody's")
    hidden = factories.make_service(
        business, "By phone", professionals=(professional,), is_online=False
    )
    assert offered_services(business) == [service]
    assert offered_services(business, for_staff=True) == [service, nobody, hidden]
    update_professional(professional=professional, is_online=False, by=STAFF, now=NOW)
    assert offered_services(business) == []
    archive_service(service=service, by=STAFF, now=NOW)
    assert offered_services(business, for_staff=True) == [nobody, hidden]


def test_the_outsider_is_offered_nothing_of_ours(
    business: Business, service: Service, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        assert offered_services(business) == []
