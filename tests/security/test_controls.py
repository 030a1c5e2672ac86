"""The matrix can fail: each kind of hole, made on purpose, is found and named."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser, override_settings
from django.urls import include, path
from tests.security.addresses import Address, every_address
from tests.security.callers import callers
from tests.security.expected import Target
from tests.security.test_matrix import _try
from tests.security.town import Town

from clientela.booking.models import Appointment
from clientela.platform.tenancy import system_scope
from clientela.policy.rule import Scope, public, staff
from clientela.policy.table import TABLE


def leaks(request: HttpRequest, business: str) -> HttpResponse:
    with system_scope("a hole made on purpose"):
        return HttpResponse([row.client.record_name for row in Appointment.objects.all()])


def writes(request: HttpRequest, business: str) -> HttpResponse:
    Appointment.objects.update(staff_note="written by a look")
    return HttpResponse("done")


def forgets(request: HttpRequest, business: str, appointment_id: str) -> HttpResponse:
    """What a view does that finds its row outside the scope: the gate cannot know."""
    with system_scope("a hole made on purpose"):
        return HttpResponse(str(Appointment.objects.get(pk=appointment_id).pk))


def breaks(request: HttpRequest, business: str) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("holes/<slug:business>/leaks/", leaks, name="leaks"),
    path("holes/<slug:business>/writes/", writes, name="writes"),
    path("holes/<slug:business>/breaks/", breaks, name="breaks"),
    path("holes/<slug:business>/<uuid:appointment_id>/", forgets, name="forgets"),
    path("holes/undeclared/", lambda request: HttpResponse("open"), name="undeclared"),
    path("", include("clientela.urls")),
]
HOLES = {
    "leaks": public(scope=Scope.BUSINESS),
    "writes": public(scope=Scope.BUSINESS),
    "breaks": public(scope=Scope.BUSINESS),
    "forgets": staff(),
}


@pytest.fixture
def found(town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    for name, rule in HOLES.items():
        monkeypatch.setitem(TABLE, name, rule)

    def look(caller: str, name: str, target: Target = Target.OURS) -> list[str]:
        with override_settings(ROOT_URLCONF=__name__):
            [address] = [one for one in every_address() if one.name == name]
            return list(_try(town, callers(town)[caller](), address, "GET", target))

    return look


def test_a_page_that_shows_the_clients_of_both_businesses_is_found(
    found: Callable[..., list[str]],
) -> None:
    [complaint] = found("owner", "leaks")
    assert complaint.startswith("owner GET leaks (ours): showed ['Wombattheirs")
    [complaint] = found("anonymous", "leaks")
    assert "Quokkaours one" in complaint


def test_a_look_that_writes_is_found(found: Callable[..., list[str]]) -> None:
    assert found("anonymous", "writes") == [
        "anonymous GET writes (ours): wrote ['booking_appointment']"
    ]


def test_a_view_that_forgets_whose_rows_it_reads_is_found(
    found: Callable[..., list[str]],
) -> None:
    assert found("owner", "forgets") == []
    [complaint] = found("owner", "forgets", Target.THEIR_ROWS_AT_OURS)
    assert complaint.endswith("passes, not not found")


def test_a_broken_page_is_found(found: Callable[..., list[str]]) -> None:
    assert found("anonymous", "breaks") == ["anonymous GET breaks (ours): answers 500, not passes"]


@pytest.mark.django_db
def test_a_route_that_nobody_declared_does_not_answer() -> None:
    with override_settings(ROOT_URLCONF=__name__):
        assert Address("undeclared", ()) in every_address()
        with pytest.raises(ImproperlyConfigured, match="undeclared"):
            Browser().get("/holes/undeclared/")


def test_a_rule_that_lets_anybody_in_is_found(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the gate forgot to ask: the table says staff, the gate reads another table."""
    gate = "clientela.policy.gate.TABLE"
    monkeypatch.setattr(gate, {**TABLE, "desk:calendar": public()})
    [address] = [one for one in every_address() if one.name == "desk:calendar"]
    complaints = list(_try(town, callers(town)["anonymous"](), address, "GET", Target.OURS))
    assert complaints[0].startswith("anonymous GET desk:calendar (ours): ")
