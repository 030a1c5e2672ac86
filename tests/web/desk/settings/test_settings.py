"""Who may open which setting, what each saves and refuses, and how many questions it asks the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests import factories
from tests.web.checksum import checksum
from tests.web.desk.settings.conftest import SETTINGS

from clientela.business.models import (
    Business,
    Location,
    Professional,
    Resource,
    ResourceKind,
)
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope
from clientela.policy.desk_settings import ROUTES
from clientela.policy.rule import Audience

PLAIN = sorted(
    name
    for name, rule in ROUTES.items()
    if "GET" in rule.methods
    and name.removeprefix("desk:settings-")
    not in {
        "location",
        "service",
        "archive-service",
        "package",
        "archive-package",
        "room",
        "professional",
        "week",
        "dates",
        "role",
        "end",
    }
)


def address_of(name: str) -> str:
    """The address of a page that names no row; whose words it shows is a word of its address."""
    words = ["reminder", "es", "sms"] if name == "desk:settings-message-words" else []
    return reverse(name, args=["fisio-retiro", *words])


@pytest.mark.parametrize("name", PLAIN)
def test_every_page_is_for_its_audience_and_nobody_else(
    name: str, as_owner: Client, as_desk: Client, as_professional: Client, as_outsider: Client
) -> None:
    url = address_of(name)
    audience = ROUTES[name].audience
    for client, role in (
        (as_owner, Audience.OWNER),
        (as_desk, Audience.FRONT_DESK),
        (as_professional, Audience.PROFESSIONAL),
    ):
        assert (client.get(url).status_code != 404) == (role in audience), role
    assert as_outsider.get(url).status_code == 404
    assert Client().get(url).status_code == 302


# Pages that first want to know once more who is there.
ASKS_AGAIN = {"desk:settings-closing", "desk:settings-payments", "desk:settings-texts"}
# A page that names what it shows behind the question mark, and leads on where nothing is named.
LEADS_ON = {"desk:settings-message-rule"}


@pytest.mark.parametrize("name", PLAIN)
def test_looking_at_a_setting_changes_nothing(name: str, as_owner: Client) -> None:
    before = checksum()
    shown = 302 if name in ASKS_AGAIN | LEADS_ON else 200
    assert as_owner.get(address_of(name)).status_code == shown
    assert checksum() == before


def test_the_index_leads_an_owner_everywhere_and_a_professional_to_their_hours(
    as_owner: Client, as_desk: Client, as_professional: Client
) -> None:
    text = as_owner.get(SETTINGS).text
    for page in (
        "business",
        "locations",
        "services",
        "rooms",
        "hours",
        "time-off",
        "closures",
        "packages",
        "selling",
        "payments",
        "policies",
        "preferences",
        "professionals",
        "team",
    ):
        assert f'href="{SETTINGS}{page}/"' in text
    desk = as_desk.get(SETTINGS).text
    assert f'href="{SETTINGS}time-off/"' in desk
    assert f'href="{SETTINGS}services/"' not in desk
    assert as_professional.get(SETTINGS)["location"] == f"{SETTINGS}hours/"


LOOK = {
    "name": "Fisio Sol",
    "tagline": "Manos que saben",
    "email": "",
    "phone": "",
    "slug": "fisio-sol",
    "language": "it",
    "is_open": "on",
    "colour": "#0000ff",
}


def test_the_look_is_saved_and_the_page_moves_with_its_address(
    as_owner: Client, business: Business
) -> None:
    answer = as_owner.post(f"{SETTINGS}business/", LOOK)
    assert answer["location"] == "/desk/fisio-sol/settings/business/"
    business.refresh_from_db()
    assert (business.name, business.slug, business.language, business.is_open) == (
        "Fisio Sol",
        "fisio-sol",
        "it",
        True,
    )
    assert (business.hue, business.vivid) == (260, "bold")
    assert "Saved." in as_owner.get(answer["location"]).text


def test_a_colour_that_was_not_touched_stays_exactly_as_it_was(
    as_owner: Client, business: Business
) -> None:
    page = as_owner.get(f"{SETTINGS}business/")
    colour = page.context["form"]["colour"].value()
    as_owner.post(f"{SETTINGS}business/", {**LOOK, "slug": "fisio-retiro", "colour": colour})
    before = (business.hue, business.vivid)
    business.refresh_from_db()
    assert (business.hue, business.vivid) == before


def test_the_colour_is_seen_before_it_is_kept(as_owner: Client) -> None:
    before = checksum()
    seen = as_owner.get(f"{SETTINGS}business/", {"colour": "#ff0000"}).text
    assert seen.count('data-hue="30" data-vivid="bold"') == 2
    again = as_owner.post(f"{SETTINGS}business/", {**LOOK, "preview": "1"}).text
    assert again.count('data-hue="260" data-vivid="bold"') == 2
    assert 'value="Fisio Sol"' in again
    assert checksum() == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("slug", "desk"),
        ("slug", "a b"),
        ("email", "x"),
        ("colour", "blue"),
        ("slug", "salon-next-door"),
    ],
)
def test_a_look_that_cannot_be_kept_is_explained_and_nothing_is_lost(
    as_owner: Client, business: Business, next_door: Business, field: str, value: str
) -> None:
    answer = as_owner.post(f"{SETTINGS}business/", {**LOOK, field: value})
    assert answer.status_code == 422
    assert f"id_{field}-error" in answer.text
    assert 'value="Manos que saben"' in answer.text
    business.refresh_from_db()
    assert business.tagline == ""


PLACE = {
    "name": "Centro",
    "street": "Gran Vía 2",
    "postcode": "",
    "city": "Madrid",
    "country": "es",
    "phone": "",
    "zone": "Atlantic/Canary",
    "is_active": "on",
}


def test_a_location_is_added_and_its_zone_stays(
    as_owner: Client, business: Business, scope: None
) -> None:
    assert as_owner.post(f"{SETTINGS}locations/new/", PLACE).status_code == 302
    place = Location.objects.get(name="Centro")
    assert (place.zone, place.country) == ("Atlantic/Canary", "ES")
    page = f"{SETTINGS}locations/{place.pk}/"
    assert "disabled" in as_owner.get(page).text
    given = {**PLACE, "name": "Playa", "zone": "Europe/Madrid"}
    del given["is_active"]
    assert as_owner.post(page, given).status_code == 302
    place.refresh_from_db()
    assert (place.name, place.zone, place.is_active) == ("Playa", "Atlantic/Canary", False)


@pytest.mark.parametrize(
    ("field", "value"), [("zone", "Madrid"), ("name", ""), ("country", "Spain")]
)
def test_a_bad_location_is_explained(as_owner: Client, field: str, value: str) -> None:
    answer = as_owner.post(f"{SETTINGS}locations/new/", {**PLACE, field: value})
    assert answer.status_code == 422
    assert f"id_{field}-error" in answer.text


def test_a_room_is_added_changed_and_switched_off(
    as_owner: Client, location: Location, next_door: Business
) -> None:
    new = {"name": "Sala 1", "kind": "room", "location": str(location.pk)}
    assert as_owner.post(f"{SETTINGS}rooms/new/", new).status_code == 302
    room = Resource.objects.get(kind=ResourceKind.ROOM)
    as_owner.post(f"{SETTINGS}rooms/{room.pk}/", {"name": "Sala azul", "location": ""})
    room.refresh_from_db()
    assert (room.name, room.location, room.is_active) == ("Sala azul", None, False)
    with business_scope(next_door.pk):
        foreign = Location.objects.get()
    answer = as_owner.post(f"{SETTINGS}rooms/new/", {**new, "location": str(foreign.pk)})
    assert answer.status_code == 422
    assert "id_location-error" in answer.text


def test_a_professional_is_added_and_shown_as_said(as_owner: Client, scope: None) -> None:
    answer = as_owner.post(
        f"{SETTINGS}professionals/new/", {"name": "Bea", "title": "Osteópata", "hue": "320"}
    )
    assert answer["location"] == f"{SETTINGS}hours/"
    person = Professional.objects.get(title="Osteópata")
    page = f"{SETTINGS}professionals/{person.pk}/"
    assert as_owner.get(page).status_code == 200
    as_owner.post(
        page,
        {
            "name": "Beatriz",
            "title": "",
            "about": "Hola",
            "email": "",
            "hue": "70",
            "is_active": "on",
        },
    )
    person = Professional.objects.select_related("resource").get(pk=person.pk)
    assert (person.name, person.resource.hue, person.is_online, person.resource.is_active) == (
        "Beatriz",
        70,
        False,
        True,
    )
    assert "id_name-error" in as_owner.post(page, {"name": "", "hue": "70"}).text


def service_form(*people: Professional, **more: str) -> dict[str, object]:
    return {
        "name": "Masaje",
        "description": "",
        "price": "60",
        "duration_minutes": "60",
        "buffer_before_minutes": "0",
        "buffer_after_minutes": "15",
        "grid_minutes": "30",
        "lead_minutes": "1.5",
        "horizon_days": "60",
        "capacity": "1",
        "reschedule_closes_minutes": "",
        "cancel_closes_minutes": "48",
        "is_online": "on",
        "pays_online": "off",
        "professionals": [str(one.pk) for one in people],
        **more,
    }


def test_a_service_is_added_with_who_gives_it_and_what_it_needs(
    as_owner: Client, business: Business, professional: Professional
) -> None:
    room, other = factories.make_room(business), factories.make_room(business, "Sala 2")
    given = service_form(professional) | {
        "need_0_name": "Una sala",
        "need_0_options": [str(room.pk), str(other.pk)],
    }
    assert as_owner.post(f"{SETTINGS}services/new/", given).status_code == 302
    service = Service.objects.get()
    assert (service.price_minor, service.lead_minutes, service.cancel_closes_minutes) == (
        6000,
        90,
        2880,
    )
    assert service.reschedule_closes_minutes is None
    assert [one.professional for one in service.offers.all()] == [professional]
    (need,) = service.needs.all()
    assert {one.resource for one in need.options.all()} == {room, other}
    page = as_owner.get(f"{SETTINGS}services/{service.pk}/")
    assert 'value="1.5"' in page.text
    assert 'name="need_1_name"' in page.text
    as_owner.post(f"{SETTINGS}services/{service.pk}/", service_form())
    assert not service.needs.exists()
    assert not service.offers.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("duration_minutes", "7"),
        ("buffer_after_minutes", "-5"),
        ("grid_minutes", "0"),
        ("price", "1.001"),
        ("price", "-1"),
        ("capacity", "0"),
        ("horizon_days", "9000"),
        ("lead_minutes", "x"),
        ("need_0_options", ""),
    ],
)
def test_a_bad_service_is_explained_beside_its_field(
    as_owner: Client, business: Business, professional: Professional, field: str, value: str
) -> None:
    factories.make_room(business)
    given = (
        service_form(professional)
        | {"need_0_name": "Una sala" if field == "need_0_options" else ""}
        | {field: value}
    )
    if field == "need_0_options":
        del given[field]
    answer = as_owner.post(f"{SETTINGS}services/new/", given)
    assert answer.status_code == 422
    assert f"id_{field}" in answer.text.split('id="errors"')[1]
    assert not Service.objects.exists()


def test_a_service_of_next_door_can_neither_be_seen_nor_changed(
    as_owner: Client, next_door: Business, scope: None
) -> None:
    with business_scope(next_door.pk):
        foreign = Service.objects.get()
    for page in ("", "archive/"):
        assert as_owner.get(f"{SETTINGS}services/{foreign.pk}/{page}").status_code == 404
        assert as_owner.post(f"{SETTINGS}services/{foreign.pk}/{page}").status_code == 404


def test_archiving_says_first_what_stays_and_can_be_taken_back(
    as_owner: Client, service: Service
) -> None:
    factories.book(service, factories.at("2026-11-24 10:00"))
    page = f"{SETTINGS}services/{service.pk}/archive/"
    assert "1 appointment still to come stays booked." in as_owner.get(page).text
    as_owner.post(page)
    service.refresh_from_db()
    assert not service.is_active
    as_owner.post(f"{SETTINGS}services/{service.pk}/offer/")
    service.refresh_from_db()
    assert service.is_active


@pytest.mark.parametrize(
    "page",
    ["services/", "professionals/", "rooms/", "hours/", "team/", "time-off/", "closures/", ""],
)
def test_a_page_asks_as_much_for_three_as_for_one(
    as_owner: Client,
    business: Business,
    professional: Professional,
    service: Service,
    page: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    factories.make_room(business)
    as_owner.get(SETTINGS + page)
    with CaptureQueriesContext(connection) as one:
        as_owner.get(SETTINGS + page)
    for number in range(2, 4):
        person = factories.make_professional(business, f"Person {number}")
        factories.make_service(business, f"Service {number}", professionals=(person, professional))
        factories.make_room(business, f"Room {number}")
    with django_assert_max_num_queries(len(one)):
        as_owner.get(SETTINGS + page)
