"""Selling, paying and taking back by the API: the shapes, the refusals, and the article's example."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests import factories
from tests.api.program import Program, reason
from tests.cast import Person
from tests.factories import NOW, at, book

from clientela.api.actions.make_token import make_token
from clientela.api.models import TokenScope
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Package, SoldOnline
from clientela.ledger.models import Movement, Payment, Sale
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.tenancy import business_scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def wish(client: Client, package: Package, **changes: Any) -> dict[str, Any]:
    return {"client": str(client.pk), "package": str(package.pk), **changes}


_AS_AGREED = {
    "kind": "package",
    "service": None,
    "name": "Bono 5",
    "credits": 5,
    "price_minor": 20000,
    "net_minor": 20000,
    "tax_minor": 0,
    "currency": "EUR",
    "sold_on": "2026-11-23",
    "applies_on": "2026-11-23",
    "valid_until": None,
    "appointment": None,
}


def test_a_sale_is_previewed_made_and_read(
    program: Program, client_card: Client, package: Package, waiting: Appointment
) -> None:
    status, shown = program.post("/sales/preview", wish(client_card, package))
    assert status == 200
    assert shown == {
        "price_minor": 20000,
        "currency": "EUR",
        "applies_on": "2026-11-23",
        "valid_until": None,
        "redeems": [
            {
                "appointment": str(waiting.pk),
                "service": str(waiting.service_id),
                "start": "2026-11-24T10:00:00+01:00",
                "number": 1,
                "from_this_sale": True,
            }
        ],
        "stays": [],
        "left": 4,
        "digest": shown["digest"],
    }
    assert not Sale.objects.exists()
    half = {"method": "cash", "amount_minor": 5000, "note": "half"}
    status, sale = program.post(
        "/sales", wish(client_card, package, expects=shown["digest"], payment=half)
    )
    assert status == 201, sale
    assert sale == {
        **_AS_AGREED,
        "id": sale["id"],
        "client": str(client_card.pk),
        "package": str(package.pk),
        "state": "partly_paid",
        "paid_minor": 5000,
        "refunded_minor": 0,
        "returned_minor": 0,
        "due_minor": 15000,
        "redeems": [str(waiting.pk)],
        "payments": [
            {
                "id": sale["payments"][0]["id"],
                "kind": "payment",
                "method": "cash",
                "amount_minor": 5000,
                "paid_on": "2026-11-23",
            }
        ],
        "invoices": [],
    }
    assert program.get(f"/sales/{sale['id']}") == (200, sale)
    assert program.get(f"/clients/{client_card.pk}/sales") == (200, [sale])
    status, told = program.get(f"/appointments/{waiting.pk}")
    assert (told["redemption"], told["held_until"]) == ("redeemed", None)


@pytest.mark.req("S1.19", "S1.20", "S1.21")
def test_the_articles_example_by_the_api(
    program: Program, client_card: Client, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session of 2 July waits; paid on 10 July it is redeemed only with the application date of 2 July."""
    (service,) = (row.service for row in package.covers.all())
    earlier = datetime(2026, 7, 1, 8, tzinfo=UTC)
    session = book(service, at("2026-07-02T10:00"), client=client_card, now=earlier).appointment
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 7, 10, 8, tzinfo=UTC))
    paid = {"payment": {"method": "terminal", "amount_minor": 20000}}
    _, without = program.post("/sales", wish(client_card, package, **paid))
    assert (without["state"], without["applies_on"], without["redeems"]) == (
        "paid",
        "2026-07-10",
        [],
    )
    assert [one["id"] for one in program.get("/to-settle")[1]["pending"]] == [str(session.pk)]
    _, dated = program.post("/sales", wish(client_card, package, applies_on="2026-07-02", **paid))
    assert (dated["sold_on"], dated["applies_on"]) == ("2026-07-10", "2026-07-02")
    assert dated["payments"][0]["paid_on"] == "2026-07-10"
    assert dated["redeems"] == [str(session.pk)]
    assert program.get("/to-settle") == (
        200,
        {"pending": [], "pending_count": 0, "sales": [], "sales_count": 0},
    )


def test_the_balance_says_what_is_left_and_why_also_as_it_was_known(
    program: Program, client_card: Client, package: Package, waiting: Appointment
) -> None:
    before = NOW - timedelta(minutes=1)
    _, sale = program.post("/sales", wish(client_card, package))
    status, told = program.get(f"/clients/{client_card.pk}/balance")
    assert status == 200
    assert told["on"] == "2026-11-23"
    assert [(one["sale"], one["credits"], one["free"]) for one in told["balances"]] == [
        (sale["id"], 5, 4)
    ]
    assert [
        (one["step"], one["change"], one["left"], one["appointment"]) for one in told["steps"]
    ] == [
        ("granted", 5, 5, None),
        ("redeemed", -1, 4, str(waiting.pk)),
    ]
    _, then = program.get(f"/clients/{client_card.pk}/balance", known_at=before.isoformat())
    assert (then["balances"], then["steps"]) == ([], [])
    _, past = program.get(f"/clients/{client_card.pk}/balance", on="2026-11-22")
    assert [one["applies_on"] for one in past["balances"]] == ["2026-11-23"]
    naive = program.get(f"/clients/{client_card.pk}/balance", known_at="2026-11-23T08:00:00")
    assert reason(naive) == (422, "needs-offset")
    far, _ = program.get(f"/clients/{client_card.pk}/balance", known_at="2026-11-23T08:00:00+18:11")
    assert far == 200  # an offset that one of the databases would not take


def test_money_comes_in_parts_goes_back_in_part_and_a_sale_ends(
    program: Program, client_card: Client, package: Package, waiting: Appointment
) -> None:
    _, sale = program.post("/sales", wish(client_card, package))
    path = f"/sales/{sale['id']}"
    status, part = program.post(f"{path}/payments", {"method": "cash", "amount_minor": 15000})
    assert (status, part["state"], part["due_minor"]) == (201, "partly_paid", 5000)
    too_much = program.post(f"{path}/payments", {"method": "cash", "amount_minor": 5001})
    assert reason(too_much) == (422, "paid-too-much")
    _, paid = program.post(f"{path}/payments", {"method": "transfer", "amount_minor": 5000})
    assert (paid["state"], paid["due_minor"]) == ("paid", 0)
    status, back = program.post(
        f"{path}/refunds", {"amount_minor": 4000, "because": "One session less"}
    )
    assert (status, back["state"], back["returned_minor"], back["refunded_minor"]) == (
        201,
        "paid",
        4000,
        4000,
    )
    assert back["redeems"] == [str(waiting.pk)]
    status, ended = program.post(f"{path}/void", {"because": "A mistake", "refund_by": "cash"})
    assert (status, ended["state"], ended["redeems"], ended["due_minor"]) == (
        200,
        "refunded",
        [],
        0,
    )
    assert program.post(f"{path}/void", {"because": "Again"})[1] == ended
    assert reason(program.post(f"{path}/payments", {"method": "cash", "amount_minor": 1})) == (
        409,
        "sale-ended",
    )
    waiting.refresh_from_db()
    assert waiting.redemption == "pending"


def test_a_preview_that_no_longer_holds_sells_nothing(
    program: Program, client_card: Client, package: Package, waiting: Appointment
) -> None:
    _, shown = program.post("/sales/preview", wish(client_card, package))
    book(waiting.service, at("2026-11-24T11:00"), client=client_card)
    changed = program.post("/sales", wish(client_card, package, expects=shown["digest"]))
    assert reason(changed) == (409, "preview-changed")
    assert not Sale.objects.exists()


def test_a_repeated_request_sells_pays_and_refunds_once(
    program: Program, client_card: Client, package: Package
) -> None:
    key = {"Idempotency-Key": "till-1"}
    body = wish(client_card, package)
    sold = [program.post("/sales", body, **key) for _ in range(2)]
    assert sold[0] == sold[1]
    path = f"/sales/{sold[0][1]['id']}"
    money = {"method": "cash", "amount_minor": 100}
    paid = [program.post(f"{path}/payments", money, **key) for _ in range(2)]
    assert paid[0] == paid[1]
    back = [
        program.post(f"{path}/refunds", {"amount_minor": 50, "because": "x"}, **key)
        for _ in range(2)
    ]
    assert back[0] == back[1]
    assert Sale.objects.count() == 1
    assert sorted(Payment.objects.values_list("amount_minor", flat=True)) == [50, 100]
    other = program.post("/sales", {**body, "price_minor": 1}, **key)
    assert reason(other) == (422, "idempotency-key-reused")


def test_one_session_is_sold_for_the_appointment_it_is_for(
    program: Program, client_card: Client, waiting: Appointment
) -> None:
    later = book(waiting.service, at("2026-11-24T12:00"), client=client_card).appointment
    body = {
        "client": str(client_card.pk),
        "service": str(waiting.service_id),
        "appointment": str(later.pk),
    }
    status, sale = program.post("/sales", body)
    assert (status, sale["kind"], sale["price_minor"]) == (201, "single", 4500)
    assert (sale["appointment"], sale["redeems"]) == (str(later.pk), [str(later.pk)])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"package": None}, (422, "one-of-two")),
        ({"service": "6ab7d6a0-0000-7000-8000-000000000000"}, (422, "one-of-two")),
        ({"package": "6ab7d6a0-0000-7000-8000-000000000000"}, (422, "unknown-package")),
        ({"client": "6ab7d6a0-0000-7000-8000-000000000000"}, (422, "unknown-client")),
        ({"professional": "6ab7d6a0-0000-7000-8000-000000000000"}, (422, "unknown-professional")),
        ({"appointment": "6ab7d6a0-0000-7000-8000-000000000000"}, (422, "appointment-unsuitable")),
        ({"applies_on": "2024-11-01"}, (422, "applies-too-early")),
        ({"applies_on": "2028-12-01"}, (422, "applies-too-late")),
        ({"payment": {"method": "online", "amount_minor": 1}}, (422, "invalid")),
        ({"payment": {"method": "cash", "amount_minor": 1, "paid_on": "2026-11-24"}}, (422, "paid-on-refused")),
        ({"tip_minor": -100}, (422, "invalid")),
        ({"net_minor": 0}, (422, "invalid")),
    ],
)  # fmt: skip
def test_what_cannot_be_sold_is_refused_by_its_reason(
    program: Program,
    client_card: Client,
    package: Package,
    changes: dict[str, Any],
    told: tuple[int, str],
) -> None:
    assert reason(program.post("/sales", wish(client_card, package) | changes)) == told
    assert not Sale.objects.exists()
    assert not Movement.objects.exists()


STRANGE = ("-1", "0.001", "0.5", "1e308", "1e5", "NaN", "Infinity", '"1e5"', '"٣"', "true", "10000000001", "[1]")  # fmt: skip


@pytest.mark.req("PAY-08")
@pytest.mark.parametrize("number", [*STRANGE, "null"])
def test_no_strange_number_becomes_money(
    program: Program, client_card: Client, package: Package, number: str
) -> None:
    """Every numeric field of every body (CVE-2026-2519): nothing is written, and no total falls below nothing."""
    body = wish(client_card, package)
    sale_id = program.post("/sales", body)[1]["id"]
    movements = Movement.objects.count()
    money = {"method": "cash", "amount_minor": "@"}
    tries: list[tuple[str, Any]] = [
        ("/sales", {**body, "payment": money}),
        (f"/sales/{sale_id}/payments", money),
        (f"/sales/{sale_id}/refunds", {"because": "x", "amount_minor": "@"}),
    ]
    if number != "null":  # a price that is not said is the business's own
        tries += [(path, {**body, "price_minor": "@"}) for path in ("/sales", "/sales/preview")]
    for path, said in tries:
        text = json.dumps(said).replace('"@"', number)
        status, told = program.post(path, text)
        assert (status, told["reason"]) in {(422, "invalid"), (400, "not-json")}, (path, told)
    assert Movement.objects.count() == movements
    assert Sale.objects.get().price_minor == 20000


def test_a_sale_costs_what_the_business_says_and_a_program_may_agree_another_price(
    program: Program, client_card: Client, package: Package
) -> None:
    assert program.post("/sales", wish(client_card, package, price_minor=0))[1]["state"] == "paid"
    assert program.post("/sales", wish(client_card, package))[1]["price_minor"] == 20000


def test_anyone_reads_what_can_be_bought_online_and_a_program_the_rest(
    program: Program, business: Business, package: Package
) -> None:
    anyone = Program(business, "")
    status, rows = anyone.get("/packages")
    assert status == 200
    assert rows == [
        {
            "id": str(package.pk),
            "name": "Bono 5",
            "description": "",
            "credits": 5,
            "price_minor": 20000,
            "tax_basis_points": 0,
            "currency": "EUR",
            "valid_count": None,
            "valid_unit": "month",
            "sold_online": "clients",
            "services": [str(row.service_id) for row in package.covers.all()],
        }
    ]
    Package.objects.update(sold_online=SoldOnline.NOBODY)
    assert anyone.get("/packages") == (200, [])
    assert [row["id"] for row in program.get("/packages")[1]] == [str(package.pk)]


def test_money_is_for_programs_of_the_business_that_may(
    program: Program,
    business: Business,
    owner: Person,
    client_card: Client,
    package: Package,
    outsider: Person,
) -> None:
    body = wish(client_card, package)
    sale_id = program.post("/sales", body)[1]["id"]
    reading = make_token(
        business=business, label="r", scope=TokenScope.READ, by=owner.actor, now=NOW
    )
    reader, nobody = Program(business, reading.secret), Program(business, "")
    writes = ["/sales/preview", "/sales", f"/sales/{sale_id}/void", f"/sales/{sale_id}/payments"]
    reads = [f"/sales/{sale_id}", f"/clients/{client_card.pk}/balance", "/to-settle"]
    assert {reason(nobody.get(path)) for path in reads} == {(401, "token-needed")}
    assert {reader.get(path)[0] for path in reads} == {200}
    bodies = {
        path: body if "/sales" in path[:15] and sale_id not in path else {"because": "x"}
        for path in writes
    }
    bodies[writes[3]] = {"method": "cash", "amount_minor": 1}
    assert {reason(nobody.post(path, bodies[path])) for path in writes} == {(401, "token-needed")}
    assert {reason(reader.post(path, bodies[path])) for path in writes} == {
        (403, "scope-too-small")
    }
    other = outsider.membership.business
    with business_scope(other.pk):
        theirs = make_token(
            business=other, label="x", scope=TokenScope.WRITE, by=outsider.actor, now=NOW
        )
    foreign = Program(other, theirs.secret)
    assert reason(foreign.get(f"/sales/{sale_id}")) == (404, "not-found")
    assert reason(foreign.get(f"/clients/{client_card.pk}/balance")) == (404, "not-found")
    assert reason(foreign.post(f"/sales/{sale_id}/void", {"because": "x"})) == (404, "not-found")
    assert reason(foreign.post("/sales", body))[0] == 422


def test_many_sales_cost_no_more_questions_than_one(
    program: Program,
    client_card: Client,
    package: Package,
    django_assert_max_num_queries: Any,
) -> None:
    path = f"/clients/{client_card.pk}/sales"
    counts = []
    for _ in range(2):
        sale_id = program.post("/sales", wish(client_card, package))[1]["id"]
        factories.pay(Sale.objects.get(pk=UUID(sale_id)), 100)
        with django_assert_max_num_queries(30) as seen:
            assert program.get(path)[0] == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
