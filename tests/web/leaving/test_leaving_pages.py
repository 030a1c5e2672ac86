"""My data: taken along as files, erased with a typed confirmation, by the person alone."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import icalendar
import pytest
from django.test import Client as Browser
from tests import factories
from tests.accounts.people import proved
from tests.web.leaving.conftest import browser_of

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business, Role
from clientela.people.models import Client
from clientela.platform.tenancy import business_scope, system_scope
from clientela.web.leaving.files import FILES, ZIP
from clientela.web.table_file import calm

DATA, ERASE = "/client/data", "/client/erase"


def fetched(account: Account, name: str) -> bytes:
    answer = browser_of(account).get(f"{DATA}/{name}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    return bytes(answer.content)


@pytest.mark.req("L18")
def test_everything_comes_as_json_without_what_is_the_staffs(ana: Account) -> None:
    told = json.loads(fetched(ana, "clientela-data.json"))
    assert told["person"]["name"] == "Ana Prueba"
    assert [one["email"] for one in told["person"]["addresses"]] == [
        "ana@example.com",
        "ana@work.example.com",
    ]
    (here,) = told["businesses"]
    assert set(here) == {
        "addresses",
        "conversations",
        "households",
        "business",
        "card",
        "appointments",
        "messages",
        "payment_cards",
        "sales",
        "sessions_left",
        "waiting_list",
    }
    assert len(here["appointments"]) == 2
    assert "STAFFNOTE" not in json.dumps(told)


@pytest.mark.req("L18")
def test_the_table_begins_no_formula_and_keeps_what_was_written(ana: Account) -> None:
    text = fetched(ana, "clientela-appointments.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["starts_local"] for row in rows] == ["2026-11-24T10:00", "2026-12-01T10:00"]
    assert {row["price"] for row in rows} == {"48.00"}
    assert {row["your_note"] for row in rows} == {"'=1+1 my knee"}
    assert "STAFFNOTE" not in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d"])
def test_a_cell_that_would_be_a_formula_is_set_behind_an_apostrophe(start: str) -> None:
    assert calm(f"{start}cmd()") == f"'{start}cmd()"
    assert calm(f"a{start}") == f"a{start}"


@pytest.mark.req("L18")
def test_the_calendar_file_is_one_that_programs_read(ana: Account) -> None:
    found = icalendar.Calendar.from_ical(fetched(ana, "clientela-appointments.ics"))
    events = found.walk("VEVENT")
    assert len(events) == 2
    assert not any("URL" in event for event in events), "a file that is passed on opens nothing"


def test_all_files_come_in_one(ana: Account) -> None:
    archive = zipfile.ZipFile(io.BytesIO(fetched(ana, ZIP)))
    assert sorted(archive.namelist()) == sorted(FILES)
    assert json.loads(archive.read("clientela-data.json"))["person"]["name"] == "Ana Prueba"


def test_who_has_no_appointment_gets_files_all_the_same(business: Business) -> None:
    nobody = proved("new@example.com")
    for name in (*FILES, ZIP):
        assert fetched(nobody, name)
    assert browser_of(nobody).get(DATA).status_code == 200
    assert browser_of(nobody).get(ERASE).status_code == 200


def test_what_is_not_a_file_is_not_found_and_a_deleted_appointment_is_in_none(
    ana: Account,
) -> None:
    assert browser_of(ana).get(f"{DATA}/passwd").status_code == 404
    with system_scope("a test hides one"):
        hidden = Appointment.objects.order_by("starts_at").first()
        assert hidden is not None
        Appointment.objects.filter(pk=hidden.pk).update(hidden_at=factories.NOW)
    for name in FILES:
        assert str(hidden.pk).encode() not in fetched(ana, name)


@pytest.mark.parametrize("page", [DATA, f"{DATA}/clientela-data.json", ERASE])
def test_a_stranger_signs_in_first(page: str, db: None) -> None:
    assert Browser().get(page)["Location"].startswith("/client/login?next=")


def test_nobody_gets_anybody_elses(ana: Account, next_door: Business) -> None:
    other = proved("otto@example.org")
    for name in FILES:
        assert b"Fisio" not in fetched(other, name)


def test_the_page_of_erasing_says_what_is_held_and_asks_who_it_is(ana: Account) -> None:
    stale = browser_of(ana, is_fresh=False).get(ERASE)
    assert (stale.status_code, stale["Location"]) == (
        302,
        "/client/login/again/email?next=%2Fclient%2Ferase",
    )
    page = browser_of(ana).get(ERASE).content.decode()
    assert "Fisio Retiro" in page
    assert "2 ahead" in page


def test_a_stale_browser_erases_nothing(ana: Account) -> None:
    browser = browser_of(ana, is_fresh=False)
    answer = browser.post(ERASE, {"what": "everything", "email": "ana@example.com"})
    assert answer.status_code == 302
    assert Account.objects.filter(pk=ana.pk).exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"what": "everything"},
        {"what": "everything", "email": "otto@example.org"},
        {"what": "nothing", "email": "ana@example.com"},
        {"email": "ana@example.com"},
    ],
)
def test_without_choice_and_confirmation_nothing_goes(ana: Account, given: dict[str, str]) -> None:
    assert browser_of(ana).post(ERASE, given).status_code in {200, 422}
    assert Account.objects.filter(pk=ana.pk).exists()


def test_only_the_log_in_goes_and_the_business_keeps_its_guest(ana: Account) -> None:
    browser = browser_of(ana)
    answer = browser.post(ERASE, {"what": "log-in", "email": " Ana@Work.example.com "})
    assert (answer.status_code, answer["Location"]) == (302, "/client/erased")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not Account.objects.filter(pk=ana.pk).exists()
    with system_scope("a test looks"):
        card = Client.objects.get(record_name="=Prueba, Ana")
        assert (card.account_id, card.erased_at) == (None, None)
        assert set(Appointment.objects.values_list("status", flat=True)) == {"confirmed"}
    assert browser.get(DATA).status_code == 302
    assert browser.get("/client/erased").status_code == 200


def test_everything_goes_at_every_business(ana: Account) -> None:
    browser_of(ana).post(ERASE, {"what": "everything", "email": "ana@example.com"})
    with system_scope("a test looks"):
        card = Client.objects.get()
        assert card.erased_at is not None
        assert "Ana" not in card.record_name
        assert set(Appointment.objects.values_list("status", flat=True)) == {"cancelled"}


def test_who_works_somewhere_is_told_that_this_ends_too(business: Business) -> None:
    worker = proved("worker@example.com")
    worker.set_unusable_password()
    worker.save()
    with business_scope(business.pk):
        factories.make_member(business, worker, Role.FRONT_DESK)
    assert "Your place at the desk ends: Fisio Retiro." in browser_of(worker).get(ERASE).text
    browser_of(worker).post(ERASE, {"what": "log-in", "email": "worker@example.com"})
    assert not Account.objects.filter(pk=worker.pk).exists()


def test_the_only_owner_is_told_and_not_erased(business: Business) -> None:
    boss = proved("boss@example.com")
    boss.set_unusable_password()
    boss.save()
    with business_scope(business.pk):
        factories.make_member(business, boss, Role.OWNER)
    page = browser_of(boss).get(ERASE).content.decode()
    assert "You are the only owner" in page
    assert "Erase for good" not in page
    answer = browser_of(boss).post(ERASE, {"what": "log-in", "email": "boss@example.com"})
    assert answer.status_code == 422
    assert Account.objects.filter(pk=boss.pk).exists()
