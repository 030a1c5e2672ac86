"""How a business sells, and where its money goes: kept as typed, secrets only ever written."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.checkout.pdf_text import pages_of
from tests.web.desk.settings.conftest import SETTINGS

from clientela.business.models import BookingPolicy, Business, SalesPolicy
from clientela.checkout.models import ProviderAccount
from clientela.checkout.queries.next_account import next_account_id

SELLING = {
    "legal_name": "Fisio Retiro S.L.",
    "tax_id": "B12345678",
    "legal_address": "Alcalá 1\r\n28009 Madrid",
    "invoice_series": "F",
    "invoice_note": "Exenta",
    "takes_cash": "on",
    "transfer_text": "ES00\r\nConcepto: nombre",
    "cancel_gives": "money",
    "hold_minutes": "20",
}


def test_selling_is_kept_as_it_was_typed(as_owner: Client, business: Business) -> None:
    page = f"{SETTINGS}selling/"
    assert "No invoice can be issued yet" in as_owner.get(page).text
    assert as_owner.post(page, SELLING)["location"] == page
    kept = SalesPolicy.objects.get()
    assert (kept.legal_address, kept.transfer_text) == (
        "Alcalá 1\n28009 Madrid",
        "ES00\nConcepto: nombre",
    )
    assert (kept.takes_cash, kept.takes_terminal, kept.takes_transfer) == (True, False, False)
    assert (kept.cancel_gives, kept.hold_minutes) == ("money", 20)
    assert "Everything an invoice needs is here." in as_owner.get(page).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("invoice_series", "F 1"),
        ("invoice_series", "-"),
        ("hold_minutes", "4"),
        ("hold_minutes", "121"),
        ("cancel_gives", "x"),
    ],
)
def test_what_cannot_be_is_explained_and_nothing_is_lost(
    as_owner: Client, business: Business, field: str, value: str
) -> None:
    answer = as_owner.post(f"{SETTINGS}selling/", {**SELLING, field: value})
    assert answer.status_code == 422
    assert field in answer.text.split('id="errors"')[1][:1000]
    assert "B12345678" in answer.text
    assert not SalesPolicy.objects.exists()


def test_a_sample_shows_the_paper_and_issues_nothing(as_owner: Client, business: Business) -> None:
    as_owner.post(f"{SETTINGS}selling/", SELLING)
    answer = as_owner.get(f"{SETTINGS}selling/sample.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = "\n".join(pages_of(answer.content))
    assert "Fisio Retiro S.L." in text
    assert "Sample: this is not an invoice" in text
    assert "28009 Madrid" in text


def test_the_policies_say_what_cancelling_and_missing_cost(
    as_owner: Client, business: Business
) -> None:
    given = {
        "client_login": "optional",
        "client_may_cancel": "on",
        "cancel_closes_minutes": "12",
        "client_may_reschedule": "on",
        "reschedule_closes_minutes": "12",
        "cancel_free_minutes": "36",
        "notification_gate": "own_booking",
    }
    assert as_owner.post(f"{SETTINGS}policies/", given).status_code == 302
    policy = BookingPolicy.objects.get()
    assert (policy.cancel_free_minutes, policy.no_show_forfeits) == (2160, False)
    as_owner.post(
        f"{SETTINGS}policies/", {**given, "cancel_free_minutes": "", "no_show_forfeits": "on"}
    )
    policy.refresh_from_db()
    assert (policy.cancel_free_minutes, policy.no_show_forfeits) == (None, True)


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """An owner who has just shown who they are."""
    monkeypatch.setattr("clientela.web.still_you.asking_page", lambda _request: "")


PAYMENTS = f"{SETTINGS}payments/"


def test_whoever_has_not_proved_themselves_lately_is_asked_first(
    as_owner: Client, business: Business
) -> None:
    answer = as_owner.post(PAYMENTS, {"do": "simulate"})
    assert answer.status_code == 302
    assert PAYMENTS not in answer["location"].partition("?")[0]
    assert not ProviderAccount.objects.exists()


def test_payments_are_simulated_tried_and_ended(
    as_owner: Client, business: Business, proved: None
) -> None:
    page = as_owner.get(PAYMENTS)
    assert "Nothing is connected" in page.text
    expected = next_account_id(business=business)
    assert f"/pay/hooks/{expected}/" in page.text
    assert as_owner.post(PAYMENTS, {"do": "simulate"})["location"] == PAYMENTS
    account = ProviderAccount.objects.get()
    assert (account.pk, account.provider) == (expected, "simulator")
    assert next_account_id(business=business) != expected
    assert "Simulation" in as_owner.get(PAYMENTS).text
    as_owner.post(PAYMENTS, {"do": "try"})
    assert "The provider answers." in as_owner.get(PAYMENTS).text
    as_owner.post(PAYMENTS, {"do": "end"})
    account.refresh_from_db()
    assert account.ended_at is not None
    assert "Nothing is connected" in as_owner.get(PAYMENTS).text


@pytest.mark.parametrize(
    ("secret", "hook_secret", "field"),
    [
        ("", "whsec_x", "secret"),
        ("sk_test_x", "", "hook_secret"),
        ("pk_test_x", "whsec_x", "secret"),
        ("sk_test_x", "x", "hook_secret"),
    ],
)
def test_a_secret_that_cannot_be_one_is_refused_and_never_shown(
    as_owner: Client, business: Business, proved: None, secret: str, hook_secret: str, field: str
) -> None:
    answer = as_owner.post(PAYMENTS, {"secret": secret, "hook_secret": hook_secret})
    assert answer.status_code == 422
    assert f"#id_{field}" in answer.text
    for one in ("sk_test_x", "pk_test_x", "whsec_x"):
        assert one not in answer.text
    assert not ProviderAccount.objects.exists()
