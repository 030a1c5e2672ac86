"""What may be written in a body: nothing of another business, and no field that is not the form's (SEC-02, SEC-06).

CVE rows 1, 8 and 11: identity fields, foreign keys and columns of our tables, sent wherever a form is taken.
"""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import models
from django.test import Client as Browser
from tests.security.addresses import Address
from tests.security.callers import Caller
from tests.security.test_strange_text import field_names
from tests.security.town import Side, Town
from tests.security.visits import guests, takes
from tests.security.watching import tables_touched, undone

from clientela.accounts.models import Account
from clientela.business.models import Membership
from clientela.platform.tenancy import system_scope

FORM = "application/x-www-form-urlencoded"
# Where somebody is named by an address on purpose: the operator says who answers for the support.
NAMES_ANYBODY = frozenset({"operator:agents", "operator:end-agent"})
# What decides who somebody is and what is theirs: no form may touch these of anybody.
IDENTITY: list[tuple[type[models.Model], tuple[str, ...]]] = [
    (Account, ("id", "email", "password", "is_operator", "is_support", "is_active")),
    (Membership, ("id", "business_id", "account_id")),
]


def every_column() -> list[str]:
    """The names of all columns of all our tables, as an attacker would guess them."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("clientela.")]
    return sorted(
        {name for m in ours for f in m._meta.concrete_fields for name in (f.name, f.attname)}
    )


def identities(town: Town) -> list[Any]:
    """Who is who at this moment, in all businesses."""
    known = [town.operator.account.pk, town.support.account.pk] + [
        person.account.pk for side in (town.ours, town.theirs) for person in side.people.values()
    ]
    with system_scope("the test looks at everybody"):
        accounts = Account.objects.filter(pk__in=known).order_by("pk")
        members = Membership.objects.filter(account__in=known).order_by("pk")
        return [
            list(accounts.values_list(*IDENTITY[0][1])),
            list(members.values_list(*IDENTITY[1][1])),
        ]


def of_businesses() -> list[type[models.Model]]:
    """Every table whose rows belong to a business."""
    return [
        model
        for model in apps.get_models()
        if any(column.name == "business" for column in model._meta.concrete_fields)
    ]


def rows_of(side: Side, tables: Container[str] | None = None) -> dict[str, list[Any]]:
    """Everything a business has, table by table; of these tables only, if some are named."""
    with system_scope("the test looks at the other side"):
        return {
            model._meta.label: sorted(
                map(repr, model._base_manager.filter(business=side.business).values_list())
            )
            for model in of_businesses()
            if tables is None or model._meta.db_table in tables
        }


def ids_of(side: Side) -> dict[str, str]:
    """The other side's row for every field that could name one."""
    return {name: str(row.pk) for key, row in side.rows.items() for name in (key, key[:-3])}


@pytest.mark.req("SEC-06")
def test_no_form_takes_a_column_that_is_not_its_own(town: Town) -> None:
    theirs = town.theirs.people["owner"]
    wished = dict.fromkeys(every_column(), "1") | {
        "business": town.theirs.business.pk,
        "business_id": town.theirs.business.pk,
        "account": theirs.account.pk,
        "account_id": theirs.account.pk,
        "user": theirs.account.pk,
        "email": theirs.account.email,
        "is_operator": "on",
        "is_support": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "password": "attacker's own password",
    }
    complaints = []
    before, foreign = identities(town), rows_of(town.theirs)
    for address, caller, path in guests(town):
        is_tried = not address.name.startswith("api-v1:") and address.name not in NAMES_ANYBODY
        if takes(address, "POST") and is_tried:
            with undone():
                with tables_touched() as touched:
                    caller.send("POST", path, data=urlencode(wished), content_type=FORM)
                complaints += _changed(address, town, touched, before, foreign)
    assert not complaints, "\n".join(complaints)


@pytest.mark.req("SEC-02")
def test_no_form_reads_or_writes_a_row_of_another_business(town: Town) -> None:
    complaints = []
    before, foreign = identities(town), rows_of(town.theirs)
    wished = dict.fromkeys(field_names(), "") | ids_of(town.theirs)
    wished |= {"start": "20261125T0900Z", "name": "Somebody", "email": "some@example.org"}
    for address, caller, path in guests(town):
        if address.name in NAMES_ANYBODY:
            continue
        for method in ("GET", "POST"):
            if takes(address, method) and not address.name.startswith(("api-v1:", "simulator")):
                with undone():
                    with tables_touched() as touched:
                        complaints += _sent(address, caller, method, path, wished, town)
                    complaints += _changed(address, town, touched, before, foreign)
                    crossed = _rows_that_cross(town, touched)
                complaints += [f"{method} {address.name}: {one}" for one in crossed]
    assert not complaints, "\n".join(complaints)


def _sent(
    address: Address, caller: Caller, method: str, path: str, wished: dict[str, str], town: Town
) -> list[str]:
    sent = urlencode(wished)
    answer = caller.send(method, f"{path}?{sent}", data=sent, content_type=FORM)
    seen = (
        set()
        if caller.name == "operator"
        else caller.words_it_must_not_see(answer.content.decode("utf-8", "replace"), town)
    )
    return [f"{method} {address.name}: showed {sorted(seen)}"] if seen else []


def _changed(
    address: Address, town: Town, touched: set[str], before: Any, foreign: dict[str, list[Any]]
) -> list[str]:
    """What a request changed that it may not: only the tables that its statements wrote to need a look."""
    found = [f"{address.name}: changed who is who"] if identities(town) != before else []
    theirs = rows_of(town.theirs, touched)
    changed = [label for label, rows in theirs.items() if rows != foreign[label]]
    return found + [f"{address.name}: changed theirs, {label}" for label in changed]


def _rows_that_cross(town: Town, touched: set[str]) -> list[str]:
    """Rows of ours that point at a row of theirs (INV-11), in the tables that were written to."""
    theirs = {str(row.pk) for row in town.theirs.rows.values()}
    found = []
    with system_scope("the test looks for references that cross"):
        for model in of_businesses():
            names = [
                column.attname
                for column in model._meta.concrete_fields
                if isinstance(column, models.ForeignKey) and column.name != "business"
            ]
            if names and model._meta.db_table in touched:
                rows = model._base_manager.filter(business=town.ours.business).values_list(*names)
                if any(str(value) in theirs for row in rows for value in row):
                    found.append(f"{model.__name__} points at theirs")
    return found


@pytest.mark.django_db
@pytest.mark.req("SEC-02")
def test_no_operation_of_the_api_takes_a_foreign_id_or_an_unknown_field(town: Town) -> None:
    base = "/api/v1/businesses/house-ours/appointments"
    ours = town.ours.appointments["irene"]
    body = {
        "service": str(ours.service_id),
        "start": "2026-11-25T10:00:00+01:00",
        "client": {"name": "Somebody"},
    }
    before = rows_of(town.ours)
    for field in ("service", "professional", "location"):
        foreign = {**body, field: town.theirs.id_of(f"{field}_id")}
        answer = Browser().post(base, json.dumps(foreign), content_type="application/json")
        assert (answer.status_code, answer.json()["fields"]) == (422, {field: f"unknown-{field}"})
    for side in (town.ours, town.theirs):
        named = {**body, "client": None, "client_id": side.id_of("client_id")}
        answer = Browser().post(base, json.dumps(named), content_type="application/json")
        assert (answer.status_code, answer.json()["reason"]) == (401, "token-needed")
    known = {*body, "client_id", "professional", "location", "zone", "language", "note"}
    unknown = dict.fromkeys(set(every_column()) - known, "1")
    answer = Browser().post(base, json.dumps(body | unknown), content_type="application/json")
    assert answer.json()["fields"] == dict.fromkeys(unknown, "unknown-field")
    assert rows_of(town.ours) == before


@pytest.mark.req("ACC-02")
def test_booking_as_somebody_with_an_account_changes_nothing_of_theirs(town: Town) -> None:
    """CVE row 2: an address that belongs to an account, typed by a stranger, here and next door."""
    before = identities(town)
    email = town.ours.people["owner"].account.email
    for side in (town.ours, town.theirs):
        body = {
            "service": str(side.appointments["irene"].service_id),
            "start": "2026-11-25T10:00:00+01:00",
            "client": {"name": "Mallory", "email": email},
        }
        path = f"/api/v1/businesses/{side.business.slug}/appointments"
        answer = Browser().post(path, json.dumps(body), content_type="application/json")
        assert answer.status_code == 201
        assert side.business.slug in answer.json()["manage_url"]
    assert identities(town) == before
