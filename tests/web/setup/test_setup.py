"""First-run set-up: who may do it, each step with its refusal, and what stands at the end."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from tests import factories
from tests.web.checksum import checksum
from tests.web.mails import delivered, link_of
from tests.web.setup.conftest import SERVICE, SHOP, WEEK, YOU

from clientela.accounts.models import Account
from clientela.booking.queries.open_slots import open_slots
from clientela.business.models import Business, Invitation, Location, Membership, Professional, Role
from clientela.catalogue.models import Service
from clientela.platform.tenancy import business_scope
from clientela.schedule.models import WeeklyHours
from clientela.web.setup.code import is_code, new_code


def test_whoever_reads_the_console_becomes_the_operator(visitor: Client, code: str) -> None:
    page = visitor.get("/setup/", {"code": code})
    assert f'value="{code}"' in page.text
    answer = visitor.post("/setup/", {**YOU, "code": code})
    assert answer["location"] == "/setup/business/"
    account = Account.objects.get()
    assert (account.email, account.name, account.is_operator) == ("olga@example.com", "Olga", True)
    assert visitor.get("/setup/business/").status_code == 200
    assert not is_code(code)


def test_set_up_is_over_as_soon_as_there_is_a_log_in(operator: Client) -> None:
    code = new_code(now=factories.NOW)
    assert operator.get("/setup/").status_code == 404
    assert (
        operator.post("/setup/", {**YOU, "email": "other@example.com", "code": code}).status_code
        == 404
    )
    assert Account.objects.count() == 1


@pytest.mark.parametrize("wrong", ["", "AAAAA-AAAAA-AAAAA", "BCDFG"])
def test_without_the_code_nothing_is_made(visitor: Client, code: str, wrong: str) -> None:
    answer = visitor.post("/setup/", {**YOU, "code": wrong})
    assert "id_code-error" in answer.text
    assert 'value="olga@example.com"' in answer.text
    assert not Account.objects.exists()


def test_a_code_is_read_however_it_is_typed_and_only_the_newest_counts(code: str) -> None:
    assert is_code(code.lower().replace("-", " "))
    assert is_code(f"  {code} ")
    assert code not in str(cache.get("setup-code"))
    newer = new_code(now=factories.NOW)
    assert not is_code(code)
    assert is_code(newer)


def test_guessing_the_code_ends_after_thirty_tries(visitor: Client, code: str) -> None:
    answers = [
        visitor.post(
            "/setup/",
            {**YOU, "code": f"GUESS-{number}"},
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        )
        for number in range(31)
    ]
    assert [one.status_code for one in answers] == [200] * 30 + [404]
    assert visitor.post("/setup/", {**YOU, "code": code}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("password", "short"), ("email", "olga"), ("name", "")]
)
def test_a_bad_answer_is_explained_beside_its_field(
    visitor: Client, code: str, field: str, value: str
) -> None:
    answer = visitor.post("/setup/", {**YOU, "code": code, field: value})
    assert answer.status_code == 200
    assert f"id_{field}-error" in answer.text
    assert not Account.objects.exists()


def test_opening_the_first_page_changes_nothing(visitor: Client, code: str) -> None:
    before = checksum()
    visitor.get("/setup/", {"code": code})
    visitor.head("/setup/")
    assert checksum() == before


def test_a_stranger_is_sent_to_sign_in_from_the_later_steps(founder: Client) -> None:
    for page in (
        "business/",
        "fisio-rio/hours/",
        "fisio-rio/service/",
        "fisio-rio/invite/",
        "fisio-rio/done/",
    ):
        answer = Client().get(f"/setup/{page}")
        assert answer.status_code == 302, page
        assert answer["location"].startswith("/client/login")


def test_the_second_page_begins_from_the_device(operator: Client) -> None:
    page = operator.get("/setup/business/").text
    assert 'value="Europe/Madrid"' in page
    assert page.count('data-theme="') == 2
    assert "Step 2 of 5" in page


def test_the_colour_is_shown_in_both_themes_before_it_is_kept(operator: Client) -> None:
    before = checksum()
    page = operator.get("/setup/business/", {"colour": "#ff0000"}).text
    assert page.count('data-hue="30" data-vivid="bold"') == 2
    again = operator.post("/setup/business/", {**SHOP, "colour": "#ff0000", "preview": "1"}).text
    assert again.count('data-hue="30" data-vivid="bold"') == 2
    assert 'value="Fisio Río"' in again
    assert checksum() == before


def test_a_business_is_founded_with_its_place_colour_and_owner(founder: Client) -> None:
    business = Business.objects.get()
    assert (business.name, business.slug, business.language, business.currency) == (
        "Fisio Río",
        "fisio-rio",
        "es",
        "EUR",
    )
    assert business.hue == 30
    assert business.vivid == "bold"
    with business_scope(business.pk):
        place = Location.objects.get()
        assert (place.name, place.zone, place.address, place.country) == (
            "Madrid",
            "Europe/Madrid",
            "Calle Mayor 1, 28013 Madrid",
            "ES",
        )
        assert Membership.objects.get().role == Role.OWNER


@pytest.mark.parametrize(
    ("field", "value"),
    [("slug", "desk"), ("slug", "No Way"), ("zone", "Madrid"), ("colour", "red"), ("name", " ")],
)
def test_a_bad_business_is_explained_and_nothing_is_lost(
    operator: Client, field: str, value: str
) -> None:
    answer = operator.post("/setup/business/", {**SHOP, field: value})
    assert answer.status_code == 200
    assert f"id_{field}-error" in answer.text
    assert 'value="Calle Mayor 1"' in answer.text
    assert not Business.objects.exists()


def test_an_address_that_is_taken_is_told(operator: Client, next_door: Business) -> None:
    answer = operator.post("/setup/business/", {**SHOP, "slug": next_door.slug})
    assert "Another business has this address" in answer.text


def test_an_interrupted_set_up_is_taken_up_again(founder: Client) -> None:
    page = founder.get("/setup/business/").text
    assert 'href="/setup/fisio-rio/hours/"' in page


def test_hours_with_breaks_are_read_as_people_write_them(founder: Client) -> None:
    assert founder.get("/setup/fisio-rio/hours/").status_code == 200
    answer = founder.post("/setup/fisio-rio/hours/", WEEK)
    assert answer["location"] == "/setup/fisio-rio/service/"
    with business_scope(Business.objects.get().pk):
        rows = WeeklyHours.objects.values_list("weekday", "opens_minute", "closes_minute")
        assert sorted(rows) == [(0, 540, 810), (0, 900, 1140), (1, 600, 840)]
        founder.post("/setup/fisio-rio/hours/", {**WEEK, "tuesday": ""})
        assert WeeklyHours.objects.count() == 2
        assert Professional.objects.count() == 1


def test_hours_that_cannot_be_read_are_shown_again_with_the_reason(founder: Client) -> None:
    answer = founder.post("/setup/fisio-rio/hours/", {**WEEK, "friday": "25:00-26:00"})
    assert "holds a time that no clock shows" in answer.text
    assert 'value="9-13:30 y 15:00–19:00"' in answer.text
    with business_scope(Business.objects.get().pk):
        assert not WeeklyHours.objects.exists()


def test_the_first_service_can_be_booked_at_once(founder: Client) -> None:
    founder.post("/setup/fisio-rio/hours/", WEEK)
    answer = founder.post("/setup/fisio-rio/service/", SERVICE)
    assert answer["location"] == "/setup/fisio-rio/invite/"
    business = Business.objects.get()
    with business_scope(business.pk):
        service = Service.objects.get()
        assert (service.duration_minutes, service.price_minor, service.buffer_after_minutes) == (
            45,
            4850,
            10,
        )
        slots = open_slots(
            business=business,
            service=service,
            now=factories.NOW,
            from_at=factories.at("2026-11-24 00:00"),
            until_at=factories.at("2026-11-25 00:00"),
        )
        assert slots[0].starts_at == factories.at("2026-11-24 10:00")
    assert Client().get("/fisio-rio/").status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("duration_minutes", "17"), ("duration_minutes", "0"), ("price", "1.005"), ("name", "")],
)
def test_a_bad_service_is_explained_beside_its_field(
    founder: Client, field: str, value: str
) -> None:
    answer = founder.post("/setup/fisio-rio/service/", {**SERVICE, field: value})
    assert f"id_{field}-error" in answer.text
    with business_scope(Business.objects.get().pk):
        assert not Service.objects.exists()


def test_a_price_has_as_many_digits_as_its_currency(operator: Client) -> None:
    operator.post("/setup/business/", {**SHOP, "currency": "JPY"})
    assert (
        "id_price-error"
        in operator.post("/setup/fisio-rio/service/", {**SERVICE, "price": "48.50"}).text
    )
    operator.post("/setup/fisio-rio/service/", {**SERVICE, "price": "4800"})
    with business_scope(Business.objects.get().pk):
        assert Service.objects.get().price_minor == 4800


def test_colleagues_get_a_link_by_mail_and_nobody_is_fine_too(founder: Client) -> None:
    given = {"email": "marta@example.com", "name": "Marta", "role": "front_desk"}
    assert founder.post("/setup/fisio-rio/invite/", given)["location"] == "/setup/fisio-rio/invite/"
    page = founder.get("/setup/fisio-rio/invite/").text
    assert "marta@example.com" in page
    (mail,) = delivered("marta@example.com")
    link = link_of(mail)
    assert link.startswith(f"{settings.PUBLIC_URL}/desk/fisio-rio/invitation/")
    assert (
        "id_email-error" in founder.post("/setup/fisio-rio/invite/", {**given, "email": "x"}).text
    )
    done = founder.get("/setup/fisio-rio/done/").text
    assert f"{settings.PUBLIC_URL}/fisio-rio/" in done
    assert "/desk/fisio-rio/" in done


def test_the_owner_of_another_business_finds_nothing_here(
    founder: Client, next_door: Business
) -> None:
    outsider = factories.make_account("otto@example.org", "Otto")
    with business_scope(next_door.pk):
        factories.make_member(next_door, outsider, Role.OWNER)
    client = Client()
    client.force_login(outsider)
    for page in ("hours", "service", "invite", "done"):
        assert client.get(f"/setup/fisio-rio/{page}/").status_code == 404
    assert client.get("/setup/business/").status_code == 404


def test_an_invited_professional_has_a_calendar_from_the_start(founder: Client) -> None:
    given = {"email": "irene@example.com", "name": "Irene", "role": "professional"}
    for _ in range(2):
        founder.post("/setup/fisio-rio/invite/", given)
    with business_scope(Business.objects.get().pk):
        person = Professional.objects.get()
        assert person.name == "Irene"
        offer = Invitation.objects.get(withdrawn_at__isnull=True)
        assert offer.professional == person


def test_an_operator_without_a_business_is_led_back_to_set_up(operator: Client) -> None:
    assert 'href="/setup/business/"' in operator.get("/desk/").text
