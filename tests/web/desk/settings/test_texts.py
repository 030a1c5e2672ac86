"""Texts, as an owner connects them: secrets only ever written, limits, a test, the end."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories import NOW
from tests.web.desk.settings.conftest import SETTINGS

from clientela.business.models import Business
from clientela.notify.models import AddressState, DirectText, TextGateway

TEXTS = f"{SETTINGS}texts/"
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.time_machine(NOW, tick=False)]

LIMITS = {"price_minor": "0,09", "cap_minor": "12", "countries": "es; pt"}
OWN = {
    "url": "https://texts.example.com/send",
    "token": "a very secret word",
    "hook": "another one",
    "sender_kind": "name",
    "sender": "Fisio",
    **LIMITS,
}


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """An owner who has just shown who they are."""
    monkeypatch.setattr("clientela.web.still_you.asking_page", lambda _request: "")


@pytest.fixture
def connected(business: Business, scope: None) -> TextGateway:
    return TextGateway.objects.create(
        business=business,
        gateway="simulator",
        sender="+34600000001",
        sender_kind="toll-free",
        price_minor=8,
        currency="EUR",
        countries=["ES"],
        created_at=NOW,
    )


@pytest.mark.parametrize("doing", ["connect", "end", "limits", "test"])
def test_whoever_has_not_proved_themselves_lately_is_asked_first(
    as_owner: Client, connected: TextGateway, doing: str
) -> None:
    answer = as_owner.post(f"{TEXTS}?by=http", {**OWN, "number": "+34612345678", "do": doing})
    assert TEXTS not in answer["location"].partition("?")[0]
    row = TextGateway.objects.get()
    assert (row.gateway, row.cap_minor, row.ended_at) == ("simulator", 2000, None)
    assert not DirectText.objects.exists()


def test_an_account_is_connected_and_its_secrets_are_never_shown(
    as_owner: Client, business: Business, scope: None, proved: None
) -> None:
    page = as_owner.get(TEXTS).text
    assert "Nothing is connected" in page
    form = as_owner.get(f"{TEXTS}?by=http").text
    assert "id_account" not in form
    answer = as_owner.post(f"{TEXTS}?by=http", {**OWN, "do": "connect"})
    assert answer["location"] == TEXTS
    row = TextGateway.objects.get()
    assert (row.price_minor, row.cap_minor, row.countries) == (9, 1200, ["ES", "PT"])
    for address in (TEXTS, f"{TEXTS}?by=http"):
        shown = as_owner.get(address).text
        assert "a very secret word" not in shown
        assert "another one" not in shown
    assert f"/hooks/texts/{row.pk}/in" in as_owner.get(TEXTS).text
    assert "Nobody can answer a name" in as_owner.get(TEXTS).text


def test_what_is_wrong_with_an_account_is_blamed_on_its_field(
    as_owner: Client, business: Business, scope: None, proved: None
) -> None:
    wrong = {**OWN, "sender": "a name far too long", "do": "connect"}
    answer = as_owner.post(f"{TEXTS}?by=http", wrong)
    assert answer.status_code == 422
    assert "id_sender" in answer.text.split('id="errors"')[1][:600]
    assert "a very secret word" not in answer.text, "secrets are not sent back"
    unknown = {**OWN, "countries": "ES, Spain", "do": "connect"}
    assert "SPAIN: there is no such country" in as_owner.post(f"{TEXTS}?by=http", unknown).text
    assert not TextGateway.objects.exists()
    assert as_owner.get(f"{TEXTS}?by=pigeon").status_code == 200


def test_limits_are_changed_without_the_account(
    as_owner: Client, connected: TextGateway, proved: None
) -> None:
    assert as_owner.post(TEXTS, {**LIMITS, "do": "limits"})["location"] == TEXTS
    connected.refresh_from_db()
    assert (connected.price_minor, connected.cap_minor) == (9, 1200)
    refused = as_owner.post(TEXTS, {**LIMITS, "cap_minor": "0,05", "do": "limits"})
    assert refused.status_code == 422
    assert "at least" in refused.text


def test_a_test_goes_to_ones_own_phone(
    as_owner: Client, connected: TextGateway, proved: None
) -> None:
    as_owner.post(TEXTS, {"number": "+34 612 34 56 78", "do": "test"})
    text = DirectText.objects.get()
    assert (text.number, text.purpose) == ("+34612345678", "test")
    assert "Fisio Retiro" in text.body
    assert "+34612345678" in as_owner.get(TEXTS).text
    refused = as_owner.post(TEXTS, {"number": "+34 910 00 00 00", "do": "test"})
    assert refused.status_code == 422
    assert "id_number" in refused.text.split('id="errors"')[1][:600]
    AddressState.objects.create(
        business=connected.business,
        channel="sms",
        address="+34612345678",
        trouble="stopped",
        because="keyword",
        since=NOW,
    )
    stopped = as_owner.post(TEXTS, {"number": "+34 612 34 56 78", "do": "test"})
    assert "answered STOP" in stopped.text
    assert DirectText.objects.count() == 1


@pytest.mark.req("S4.9")
def test_what_the_sender_means_for_carriers_is_said(
    as_owner: Client, connected: TextGateway, proved: None
) -> None:
    assert "Some carriers filter toll-free numbers" in as_owner.get(TEXTS).text


def test_it_ends(as_owner: Client, connected: TextGateway, proved: None) -> None:
    assert as_owner.post(TEXTS, {"do": "end"})["location"] == TEXTS
    connected.refresh_from_db()
    assert connected.ended_at == NOW
    assert "Nothing is connected" in as_owner.get(TEXTS).text
