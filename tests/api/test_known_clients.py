"""Who may book by the API, for whom, and with whom: the log-in mode and the binding hold there too."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client as Browser
from tests import factories
from tests.cast import Person
from tests.factories import NOW, STAFF

from clientela.api.actions.make_token import make_token
from clientela.api.models import TokenScope
from clientela.booking.models import Appointment
from clientela.business.models import BookingPolicy, Business, ClientLogin, Professional
from clientela.catalogue.models import Service
from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.models import ProviderAccount, ProviderName
from clientela.people.actions.bind_to_professional import bind_to_professional
from clientela.people.models import Client
from clientela.platform import clock

pytestmark = pytest.mark.django_db
START = "2026-11-24T10:00:00+01:00"
TYPED = {"name": "Luz Prueba", "email": "luz@example.com"}


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def program(business: Business, owner: Person) -> dict[str, str]:
    """The header of a program of the business."""
    made = make_token(
        business=business, label="till", scope=TokenScope.WRITE, by=owner.actor, now=NOW
    )
    return {"Authorization": f"Bearer {made.secret}"}


@pytest.fixture
def bound(client_card: Client, professional: Professional) -> Client:
    """Ana, bound to Irene."""
    return bind_to_professional(client=client_card, professional=professional, by=STAFF, now=NOW)


def ask(service: Service, headers: dict[str, str] | None = None, **wish: Any) -> tuple[int, Any]:
    answer = Browser().post(
        f"/api/v1/businesses/{service.business.slug}/appointments",
        json.dumps({"service": str(service.pk), "start": START, **wish}),
        content_type="application/json",
        headers=headers or {},
    )
    return answer.status_code, answer.json()


def free(service: Service, headers: dict[str, str] | None = None, **query: Any) -> tuple[int, Any]:
    answer = Browser().get(
        f"/api/v1/businesses/{service.business.slug}/availability",
        {"service": service.pk, "from": "2026-11-24", "to": "2026-11-24", **query},
        headers=headers or {},
    )
    return answer.status_code, answer.json()


@pytest.mark.req("S3.12")
def test_where_a_log_in_is_required_a_stranger_is_refused_and_a_program_is_not(
    service: Service, program: dict[str, str]
) -> None:
    BookingPolicy.objects.update(client_login=ClientLogin.REQUIRED)
    status, said = ask(service, client=TYPED)
    assert (status, said["reason"]) == (403, "login-required")
    assert not Appointment.objects.exists()
    assert not Client.objects.exists()
    assert ask(service, program, client=TYPED)[0] == 201


@pytest.mark.parametrize("mode", list(ClientLogin))
def test_the_mode_is_published(service: Service, mode: ClientLogin) -> None:
    BookingPolicy.objects.update(client_login=mode)
    published = Browser().get(f"/api/v1/businesses/{service.business.slug}").json()
    assert published["client_login"] == mode.value


@pytest.mark.req("S1.28")
def test_a_bound_client_is_booked_with_nobody_else_and_the_answer_says_why(
    shared_service: Service, program: dict[str, str], bound: Client, colleague: Professional
) -> None:
    status, said = ask(
        shared_service, program, client_id=str(bound.pk), professional=str(colleague.pk)
    )
    assert (status, said["reason"]) == (422, "bound-to-professional")
    named = {one for slot in said["alternatives"] for one in slot["professionals"]}
    assert named == {str(bound.bound_to_id)}
    status, said = ask(shared_service, program, client_id=str(bound.pk))
    assert (status, said["professional"], said["client"]) == (
        201,
        str(bound.bound_to_id),
        str(bound.pk),
    )


@pytest.mark.req("S1.28")
def test_the_holder_of_the_link_moves_to_nobody_else(
    shared_service: Service, program: dict[str, str], bound: Client, colleague: Professional
) -> None:
    _, said = ask(shared_service, program, client_id=str(bound.pk))
    link = said["manage_url"].rstrip("/").rpartition("/")[2]
    answer = Browser().post(
        f"/api/v1/businesses/{shared_service.business.slug}/appointments/{said['id']}/reschedule",
        json.dumps({"start": "2026-11-25T10:00:00+01:00", "professional": str(colleague.pk)}),
        content_type="application/json",
        headers={"X-Manage-Token": link},
    )
    assert (answer.status_code, answer.json()["reason"]) == (422, "bound-to-professional")


@pytest.mark.req("S1.27")
def test_a_program_reads_what_a_client_may_book(
    shared_service: Service,
    program: dict[str, str],
    bound: Client,
    professional: Professional,
    colleague: Professional,
) -> None:
    factories.book(shared_service, factories.at("2026-11-24 10:00"), professional=professional)
    everyone = free(shared_service)[1]["starts"]
    theirs = free(shared_service, program, client=bound.pk)[1]["starts"]
    assert theirs == free(shared_service, professional=professional.pk)[1]["starts"]
    assert set(theirs) < set(everyone)
    assert (
        free(shared_service, program, client=bound.pk, professional=colleague.pk)[1]["starts"] == []
    )


def test_only_a_program_of_the_business_names_a_client(
    service: Service, program: dict[str, str], client_card: Client, next_door: Business
) -> None:
    assert ask(service, client_id=str(client_card.pk))[1]["reason"] == "token-needed"
    assert free(service, client=client_card.pk)[1]["reason"] == "token-needed"
    foreign = Client._base_manager.get(business=next_door)
    for unknown in (foreign.pk, UUID(int=7)):
        status, said = ask(service, program, client_id=str(unknown))
        assert (status, said["reason"], said["fields"]) == (
            422,
            "unknown-client",
            {"client_id": "unknown-client"},
        )
        assert free(service, program, client=unknown)[1]["reason"] == "unknown-client"


def test_a_booking_is_for_somebody(service: Service, program: dict[str, str]) -> None:
    for headers in ({}, program):
        status, said = ask(service, headers)
        assert (status, said["reason"]) == (422, "client-missing")


def test_a_stranger_is_not_told_which_card_it_landed_on(
    service: Service, program: dict[str, str], client_card: Client
) -> None:
    typed = {"name": client_card.record_name, "email": "ana@example.com"}
    assert ask(service, client=typed)[1]["client"] is None
    later = ask(service, program, client=TYPED, start="2026-11-24T11:00:00+01:00")[1]
    assert later["client"] == str(Client.objects.get(record_name="Luz Prueba").pk)


class TestWhatIsPaidWhileBooking:
    """A stranger does not get by the API what the page gives against money or a card."""

    @pytest.fixture(autouse=True)
    def _takes_money_online(self, business: Business, scope: None) -> None:
        connect_provider(business=business, provider=ProviderName.SIMULATOR, by=STAFF, now=NOW)

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ({"pays_online": "full"}, 403),
            ({"pays_online": "deposit", "deposit_minor": 100}, 403),
            ({"no_show_fee_minor": 100}, 403),
            ({"pays_online": "may"}, 201),
            ({"pays_online": "off"}, 201),
        ],
        ids=str,
    )
    def test_a_stranger_is_sent_to_the_page(
        self, service: Service, asked: dict[str, Any], status: int
    ) -> None:
        Service.objects.filter(pk=service.pk).update(price_minor=4800, **asked)
        code, told = ask(service, client=TYPED)
        assert code == status
        assert Appointment.objects.count() == (status == 201)
        assert told.get("reason", "payment-needed") == "payment-needed"

    def test_a_program_of_the_business_books_it(
        self, service: Service, program: dict[str, str]
    ) -> None:
        Service.objects.filter(pk=service.pk).update(price_minor=4800, pays_online="full")
        code, told = ask(service, program, client=TYPED)
        assert (code, told["status"]) == (201, "confirmed")

    def test_where_no_money_is_taken_online_nobody_has_to_pay(self, service: Service) -> None:
        ProviderAccount.objects.update(ended_at=NOW)
        Service.objects.filter(pk=service.pk).update(price_minor=4800, pays_online="full")
        assert ask(service, client=TYPED)[0] == 201
