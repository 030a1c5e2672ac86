"""A business and what it has: founded, described, changed."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW, STAFF, SYSTEM

from clientela.accounts.models import Account
from clientela.business import plain_text
from clientela.business.actions.add_location import add_location
from clientela.business.actions.add_professional import add_professional
from clientela.business.actions.add_resource import add_resource
from clientela.business.actions.amend import amend
from clientela.business.actions.found_business import FirstLocation, found_business
from clientela.business.actions.set_policy import set_policy
from clientela.business.actions.update_business import update_business
from clientela.business.actions.update_location import update_location
from clientela.business.actions.update_professional import update_professional
from clientela.business.actions.update_resource import update_resource
from clientela.business.errors import (
    NameMissing,
    SlugInvalid,
    SlugReserved,
    SlugTaken,
    ValueRefused,
    ZoneUnknown,
)
from clientela.business.models import (
    BookingPolicy,
    Business,
    Location,
    Membership,
    Professional,
    Resource,
    ResourceKind,
    Role,
)
from clientela.business.queries.home_country import home_country
from clientela.business.slugs import RESERVED, check_slug, suggest_slug
from clientela.platform.models import AuditEvent
from clientela.platform.tenancy import ForeignTenant, business_scope
from clientela.rules.zone_choice import ZoneMode


def found(owner: Account | None = None, **fields: object) -> Business:
    wish: dict[str, object] = {
        "name": "Café Olé",
        "slug": "cafe-ole",
        "language": "es",
        "currency": "eur",
        "zone": "Europe/Madrid",
        "owner": owner,
        "now": NOW,
        "by": SYSTEM,
        **fields,
    }
    return found_business(**wish)


def test_a_business_starts_with_a_place_a_policy_and_its_owner(db: None) -> None:
    owner = factories.make_account()
    business = found(owner, location=FirstLocation(street="Calle 1", city="Madrid", country="ES"))
    with business_scope(business.pk):
        place = Location.objects.get()
        assert (place.name, place.zone, place.address) == (
            "Café Olé",
            "Europe/Madrid",
            "Calle 1, Madrid",
        )
        assert Membership.objects.get().role == Role.OWNER
        policy = BookingPolicy.objects.get()
        assert (policy.zone_mode, policy.client_may_cancel) == (ZoneMode.CLIENT_CHOOSES, True)
        assert home_country(business=business) == "ES"
    assert business.currency == "EUR"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"slug": "ab"}, SlugInvalid),
        ({"slug": "Café"}, SlugInvalid),
        ({"slug": "a/../b"}, SlugInvalid),
        ({"slug": "desk"}, SlugReserved),
        ({"zone": "Europe/Atlantis"}, ZoneUnknown),
    ],
)
def test_what_cannot_be_founded_leaves_nothing(
    db: None, fields: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        found(**fields)
    assert Business.objects.count() == 0


def test_an_address_belongs_to_one_business(business: Business) -> None:
    with pytest.raises(SlugTaken):
        found(slug=business.slug)
    other = found()
    with pytest.raises(SlugTaken), business_scope(other.pk):
        update_business(business=other, slug=business.slug, by=STAFF, now=NOW)


def test_a_slug_is_suggested_from_the_name_and_ours_are_reserved() -> None:
    assert suggest_slug("Café Olé & Co.") == "cafe-ole-co"
    assert check_slug("cafe-ole-co")
    for word in ("desk", "api", "client", "static", "simulator", "operator", "language"):
        assert word in RESERVED


def test_changes_name_their_fields_and_refuse_bad_values(business: Business, scope: None) -> None:
    update_business(business=business, name="Nueva", hue=120, by=STAFF, now=NOW)
    assert AuditEvent.objects.get(action="business-updated").details == {"fields": ["hue", "name"]}
    for bad in ({"hue": "blue"}, {"email": "nobody"}):
        with pytest.raises(ValueRefused):
            update_business(business=business, by=STAFF, now=NOW, **bad)
    with pytest.raises(NameMissing):
        update_business(business=business, name="", by=STAFF, now=NOW)
    with pytest.raises(TypeError):
        amend(
            business,
            allowed=frozenset(),
            changes={"created_at": NOW},
            action="x",
            by=STAFF,
            now=NOW,
        )


def test_policies_are_values(business: Business, scope: None) -> None:
    policy = set_policy(
        business=business,
        zone_mode=ZoneMode.LOCKED.value,
        cancel_closes_minutes=90,
        by=STAFF,
        now=NOW,
    )
    policy.refresh_from_db()
    assert (policy.zone_mode, policy.cancel_closes_minutes) == ("locked", 90)
    for bad in ({"zone_mode": "sometimes"}, {"cancel_closes_minutes": -1}):
        with pytest.raises(ValueRefused):
            set_policy(business=business, by=STAFF, now=NOW, **bad)


def test_places_people_and_things_are_added_in_order_and_changed(
    business: Business, location: Location
) -> None:
    second = add_location(
        business=business, name="Norte", zone="Atlantic/Canary", by=STAFF, now=NOW
    )
    assert second.position == 1
    update_location(location=second, name="Sur", by=STAFF, now=NOW)
    with pytest.raises(TypeError):
        update_location(location=second, zone="UTC", by=STAFF, now=NOW)
    room = add_resource(
        business=business, kind=ResourceKind.ROOM, name="Sala", location=second, by=STAFF, now=NOW
    )
    person = add_professional(business=business, name="Irene", title="Fisio", by=STAFF, now=NOW)
    assert [one.name for one in Resource.objects.all()] == ["Sala", "Irene"]
    assert person.resource.kind == ResourceKind.PROFESSIONAL
    update_resource(resource=room, is_active=False, location=location, by=STAFF, now=NOW)
    update_professional(
        professional=person, name="Irene R.", is_online=False, about="x", by=STAFF, now=NOW
    )
    assert Professional.objects.get().name == "Irene R."
    for add in (
        lambda: add_location(business=business, name=" ", zone="UTC", by=STAFF, now=NOW),
        lambda: add_professional(business=business, name=" ", by=STAFF, now=NOW),
        lambda: update_resource(resource=room, name=" ", by=STAFF, now=NOW),
        lambda: update_location(location=second, name=" ", by=STAFF, now=NOW),
        lambda: update_professional(professional=person, name=" ", by=STAFF, now=NOW),
    ):
        with pytest.raises(NameMissing):
            add()


def test_the_outsider_cannot_write_ours(business: Business, next_door: Business) -> None:
    with business_scope(next_door.pk), pytest.raises(ForeignTenant):
        add_location(business=business, name="Ours now", zone="UTC", by=STAFF, now=NOW)


def test_text_is_kept_without_what_cannot_be_seen_or_stored() -> None:
    assert plain_text.line(" a\u202e\x00b\n\tc ", limit=5) == "ab c"
    assert plain_text.note("a \r\nb\x07\r\n\r\n", limit=50) == "a\nb"
