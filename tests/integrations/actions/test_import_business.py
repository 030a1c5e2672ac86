"""All of a file, or nothing; beside others, and never announced."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from tests.integrations.papers import NOW, example, full, text

from clientela.accounts.models import Account
from clientela.booking.links import token_of
from clientela.booking.models import Appointment, BusyBlock, Occupancy, Seat
from clientela.business.models import Business, Invitation, Membership, Professional
from clientela.integrations.actions.import_business import Imported, import_business
from clientela.integrations.actions.import_file import import_file
from clientela.integrations.business_file.reading import read_text
from clientela.integrations.errors import BadFile
from clientela.integrations.queries.export_text import export_text
from clientela.people.actions.claim_cards import claim_cards
from clientela.people.models import Client, Identifier
from clientela.people.queries.contacts import notification_email
from clientela.people.queries.living_cards import living_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import history
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import business_scope, system_scope
from clientela.schedule.models import OpenBlock

BY = Actor.system("test")
Paper = dict[str, Any]
pytestmark = pytest.mark.django_db


def bring_in(paper: Paper, **options: Any) -> Imported:
    return import_business(document=read_text(text(paper)), by=BY, now=NOW, **options)


@pytest.fixture
def scope() -> Iterator[None]:
    with system_scope("a test looks at everything"):
        yield


def rows() -> dict[str, int]:
    kinds = (Business, Client, Appointment, Occupancy, BusyBlock, OpenBlock, Invitation, Seat)
    with system_scope("a test counts"):
        return {kind.__name__: kind.objects.count() for kind in kinds}


def test_the_business_of_a_file_is_there_and_says_how_much_of_it() -> None:
    done = bring_in(example())
    assert done.slug == "taller-ejemplo"
    assert {word: count for word, count in done.counts.items() if count} == {
        "locations": 1, "professionals": 1, "resources": 1, "services": 2, "staff": 1, "hours": 1,
        "exceptions": 2, "time_off": 1, "closures": 1, "clients": 2, "sessions": 1, "appointments": 3,
    }  # fmt: skip
    with business_scope(done.business_id):
        assert list(Appointment.objects.order_by("starts_at").values_list("promised_local", flat=True)) == [
            "2026-11-16T09:00", "2026-11-26T17:30", "2026-11-30T18:00",
        ]  # fmt: skip
        assert Occupancy.objects.count() == 5  # two with a room, one session
        assert [
            line.action for line in history(subject=("business.Business", done.business_id))
        ] == ["business-imported"]


def test_nobody_is_told_of_what_a_file_holds(scope: None) -> None:
    bring_in(full())
    assert OutboxEvent.objects.count() == 0


def test_a_rehearsal_does_everything_and_takes_it_back() -> None:
    before = rows()
    assert bring_in(full(), dry_run=True).slug == "all-said"
    assert rows() == before
    bring_in(full())
    assert rows() != before


def test_a_bad_file_changes_nothing_and_says_all_at_once() -> None:
    bring_in(example())
    before = rows()
    paper = example()
    paper["appointments"][1]["client"] = "eva"
    paper["clients"][0]["contacts"][0]["email"] = "ana@nowhere"
    with pytest.raises(BadFile) as refusal:
        bring_in(paper)
    assert str(refusal.value).splitlines() == [
        '/business/slug: "taller-ejemplo" is taken in this installation',
        '/appointments/1/client: "eva" is not in this file',
        "/clients/0/contacts/0/email: no mail could arrive there",
    ]
    assert rows() == before


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("desk", '"desk" is an address of the installation'),
        ("ab", "must be 3 to 60 small letters, digits and hyphens"),
    ],
)
def test_a_slug_that_is_no_address_is_refused(slug: str, sentence: str) -> None:
    paper = example()
    paper["business"]["slug"] = slug
    with pytest.raises(BadFile) as refusal:
        bring_in(paper)
    assert str(refusal.value) == f"/business/slug: {sentence}"


def test_the_same_business_cannot_come_in_twice_but_a_copy_can() -> None:
    first = bring_in(full())
    with pytest.raises(BadFile) as refusal:
        bring_in(full() | {"business": full()["business"] | {"slug": "renamed"}})
    assert (
        str(refusal.value)
        == "/business/id: is a business of this installation; import a copy under another slug"
    )
    copy = bring_in(full(), slug="another")
    assert copy.business_id != first.business_id
    told = {
        word: value
        for word, value in example_of(copy.slug).items()
        if word not in {"business", "anchor"}
    }
    assert told == {word: value for word, value in example_of("all-said").items() if word in told}


def example_of(slug: str) -> Paper:
    """The file of a business without ids, and without what explains an assignment by them."""
    paper = read_text(export_text(slug=slug)).model_dump(exclude_defaults=True)
    for entry in paper["appointments"]:
        entry.pop("assigned_because", None)
    told: Paper = without_ids(paper)
    return told


def without_ids(part: Any) -> Any:
    """The same tree; where a row's id is told, only that one is."""
    if isinstance(part, dict):
        return {word: without_ids(value) for word, value in part.items() if word != "id"}
    if isinstance(part, list):
        return [without_ids(item) for item in part]
    return "an id" if isinstance(part, UUID) else part


def test_an_id_in_use_elsewhere_is_refused_at_its_place() -> None:
    bring_in(full())
    paper = example()
    paper["clients"][1]["id"] = full()["clients"][0]["id"]
    with pytest.raises(BadFile) as refusal:
        bring_in(paper)
    assert str(refusal.value) == "/clients/1/id: is in use in this installation"


def test_the_guards_stand_while_a_file_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: without our own check the database refuses, and nothing stays."""
    monkeypatch.setattr(
        "clientela.integrations.business_file.checking.check_overlaps",
        lambda _taken, *, problems: None,
    )
    paper = example()
    paper["appointments"].append({**paper["appointments"][1], "client": "luis"})
    before = rows()
    with pytest.raises(IntegrityError):
        bring_in(paper)
    assert rows() == before


def test_staff_who_proved_their_address_are_members_and_the_others_are_invited(scope: None) -> None:
    known = Account.objects.create(email="nora@example.com", created_at=NOW)
    EmailAddress.objects.create(user=known, email="nora@example.com", verified=True, primary=True)
    impostor = Account.objects.create(email="eva@example.com", created_at=NOW)
    EmailAddress.objects.create(
        user=impostor, email="eva@example.com", verified=False, primary=True
    )
    paper = example()
    paper["staff"].append({"email": "eva@example.com", "role": "owner"})
    bring_in(paper)
    assert list(Membership.objects.values_list("account__email", "role")) == [
        ("nora@example.com", "owner")
    ]
    assert list(Invitation.objects.values_list("email", "role")) == [("eva@example.com", "owner")]
    assert Professional.objects.get().account == known


def test_cards_keep_the_order_of_their_contacts_and_join_no_account(scope: None) -> None:
    Account.objects.create(email="ana.prueba@example.com", created_at=NOW)
    paper = example()
    paper["clients"][0]["contacts"] = [
        {"email": f"{name}@example.com"} for name in ("zoe", "ana", "mia")
    ]
    bring_in(paper)
    card = Client.objects.get(record_name="Ana Prueba García")
    first = notification_email(card)
    assert first is not None
    assert (first.value, card.account) == ("zoe@example.com", None)
    assert card.search_text.startswith("ana prueba garcia")
    assert [one.value for one in Identifier.objects.order_by("id")] == [
        "zoe@example.com",
        "ana@example.com",
        "mia@example.com",
    ]


def test_every_appointment_gets_a_link_that_can_be_sent(scope: None) -> None:
    bring_in(example())
    tokens = {token_of(appointment) for appointment in Appointment.objects.all()}
    assert len(tokens) == 3


def test_seats_are_as_numbered_and_the_rest_take_the_lowest(scope: None) -> None:
    paper = example()
    seat = paper["appointments"][2]
    paper["appointments"] = [seat, {**seat, "seat": 1}, seat, {**seat, "status": "cancelled"}]
    bring_in(paper)
    assert list(Seat.objects.order_by("number").values_list("number", "appointment__status")) == [
        (1, "confirmed"), (2, "confirmed"), (3, "confirmed"),
    ]  # fmt: skip


def test_a_file_on_the_disk_is_moved_to_this_week(tmp_path: Path, scope: None) -> None:
    path = tmp_path / "business.json"
    path.write_text(text(example()), encoding="utf-8")
    now = datetime.fromisoformat("2027-03-31T12:00:00+02:00")
    import_file(path=path, anchor_today=True, by=BY, now=now)
    assert list(Appointment.objects.order_by("starts_at").values_list("promised_local", "status")) == [
        ("2027-03-22T09:00", "attended"), ("2027-04-01T17:30", "confirmed"), ("2027-04-05T18:00", "confirmed"),
    ]  # fmt: skip


@pytest.mark.slow
def test_many_thousand_appointments_come_in_together(scope: None) -> None:
    """Twenty thousand in ``make prove-all``. The figure is printed, never judged: machines differ."""
    people = 20 if os.environ.get("CLIENTELA_PROVE") == "1" else 2
    cards = 200 * people
    paper = example()
    paper["professionals"] = [
        {"key": f"p{number}", "name": f"P {number}"} for number in range(people)
    ]
    paper["services"] = [{"key": "s", "name": "S", "duration_minutes": 30}]
    for section in ("staff", "hours", "exceptions", "time_off", "sessions"):
        paper[section] = []
    paper["clients"] = [
        {
            "key": f"c{number}",
            "name": f"Client {number}",
            "contacts": [{"email": f"c{number}@example.com"}],
        }
        for number in range(cards)
    ]
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 26)]
    paper["appointments"] = [
        {
            "client": f"c{(number * 7) % cards}",
            "service": "s",
            "professional": f"p{person}",
            "starts": f"{day}T{hour}:00",
        }
        for person in range(people)
        for number, (day, hour) in enumerate(
            (day, hour) for day in days for hour in ("09", "11", "13", "15")
        )
    ]
    wall, processor = time.monotonic(), time.process_time()
    bring_in(paper)
    wall, processor = time.monotonic() - wall, time.process_time() - processor
    assert Appointment.objects.count() == Occupancy.objects.count() == 1000 * people
    print(
        f"{1000 * people} appointments and {cards} cards imported "
        f"in {wall:.1f} s ({processor:.1f} s CPU)"
    )


@pytest.mark.req("L16")
def test_log_ins_do_not_travel_and_whoever_proves_an_address_finds_the_card(scope: None) -> None:
    """What staff decided does: the one professional, the choice of messages, the cards that are no more."""
    paper = full()
    for card in paper["clients"]:
        card.pop("is_provisional", None)
    bring_in(paper)
    account = Account.objects.create(email="ana@example.com", name="Ana Prueba", created_at=NOW)
    EmailAddress.objects.create(user=account, email="ana@example.com", verified=True, primary=True)
    (card,) = claim_cards(account=account, now=NOW)
    with system_scope("the test looks"):
        assert card.activated_at is None
        assert card.notify_by == "none"
        assert card.bound_to is not None
        assert [one.how for one in card.consents.order_by("at")] == ["activation", "stop-link"]
        assert Client.objects.get(merged_into=card).record_name == "Ana Prueba"
        assert living_cards().get() == card


def test_a_guests_card_that_waited_to_be_proved_still_does(scope: None) -> None:
    bring_in(full())
    account = Account.objects.create(email="ana@example.com", name="Ana Prueba", created_at=NOW)
    EmailAddress.objects.create(user=account, email="ana@example.com", verified=True, primary=True)
    assert claim_cards(account=account, now=NOW) == []
