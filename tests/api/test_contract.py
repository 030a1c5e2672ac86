"""Every operation, driven by its own description: right and wrong values, and never a surprise (INJ-16).

Schemathesis makes the cases from the OpenAPI document and calls the application in process. A seed that failed is
printed. ``CLIENTELA_PROVE=1`` runs the long search.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings as hypothesis_settings
from pydantic import TypeAdapter, ValidationError
from schemathesis.core.failures import FailureGroup, ServerError
from schemathesis.openapi.checks import UndefinedStatusCode
from schemathesis.specs.openapi import checks
from tests.cast import Person
from tests.factories import NOW, at, book, make_package, sell

from clientela.api.actions.make_token import make_token
from clientela.api.inputs import Name
from clientela.api.models import TokenScope
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.platform import clock
from clientela.wsgi import application

LONG = os.environ.get("CLIENTELA_PROVE") == "1"
CASES = 1_000 if LONG else 12
QUICKLY = hypothesis_settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# What these checks mean is proved elsewhere and better: who may call by the security matrix, and
# a well-formed body may still be refused (a start that is not free).
LEFT_OUT = [checks.ignored_auth, checks.positive_data_acceptance, checks.missing_required_header]


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application gives its connection back after each request; here it is the test's own transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(business: Business) -> Any:
    """The served document, for the application in process."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def known(business: Business, service: Service, owner: Person) -> dict[str, Any]:
    """What really exists, so that a case gets further than "not found"."""
    made = make_token(
        business=business, label="fuzz", scope=TokenScope.WRITE, by=owner.actor, now=NOW
    )
    appointment = book(service, at("2026-11-25T10:00")).appointment
    return {
        "path_parameters": {
            "business": business.slug,
            "appointment_id": str(appointment.pk),
            "client_id": str(appointment.client_id),
            "sale_id": str(sell(appointment.client, make_package(service)).pk),
        },
        "headers": {"Authorization": f"Bearer {made.secret}"},
        "service": str(service.pk),
    }


def judge(case: Any, answer: Any) -> None:
    """A 5xx, a status or a body that the document does not name: each fails the run."""
    case.validate_response(answer, excluded_checks=LEFT_OUT)


@pytest.mark.django_db
@pytest.mark.req("INJ-16")
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
def test_no_operation_answers_what_its_description_does_not_say(
    schema: Any, known: dict[str, Any], mode: schemathesis.GenerationMode
) -> None:
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        if mode is schemathesis.GenerationMode.NEGATIVE and not _has_values(operation):
            continue
        names = {one.name for one in operation.path_parameters}
        parts = {name: value for name, value in known["path_parameters"].items() if name in names}

        @given(
            case=operation.as_strategy(
                generation_mode=mode, path_parameters=parts, headers=dict(known["headers"])
            )
        )
        @QUICKLY
        def search(case: Any) -> None:
            nonlocal tried
            tried += 1
            judge(case, case.call())

        search()
    print(f"{tried} cases ({mode.value})")


def _has_values(operation: Any) -> bool:
    """Whether there is something to get wrong beside the address itself."""
    return bool(list(operation.query) or list(operation.body))


@pytest.mark.django_db
def test_the_judge_finds_a_broken_operation(
    schema: Any, known: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: an operation that gives what it does not say."""

    def more(**_: object) -> list[dict[str, str]]:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("clientela.api.routes.catalogue.published_services", more)
    path = "/api/v1/businesses/{business}/services"
    case = schema[path]["GET"].Case(path_parameters={"business": "fisio-retiro"})
    with pytest.raises(FailureGroup) as caught:
        judge(case, case.call())
    assert {type(one) for one in caught.value.exceptions} == {ServerError, UndefinedStatusCode}


def test_a_text_is_measured_as_it_is_sent_and_kept_without_the_blanks_around_it() -> None:
    adapter = TypeAdapter(Name)
    assert adapter.validate_python("\x0b Ana  ") == "Ana"
    for refused in ("\x0b" + "a" * 200, " \t", ""):
        with pytest.raises(ValidationError):
            adapter.validate_python(refused)
