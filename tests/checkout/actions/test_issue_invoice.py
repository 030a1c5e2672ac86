"""Invoices: numbered without a gap, printed once, corrected by credit notes, never changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests import factories
from tests.checkout.shop import THE_TENTH, cash, days, legal, needs_credits, pack, sold
from tests.factories import GUEST, STAFF

from clientela.booking.errors import StaffOnly
from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.checkout.actions.credit_note import credit_part, credit_rest
from clientela.checkout.actions.issue_invoice import Buyer, issue_invoice
from clientela.checkout.actions.number_invoice import next_number, series_of
from clientela.checkout.actions.refund_sale import refund_sale
from clientela.checkout.actions.void_sale import void_sale
from clientela.checkout.actions.write_invoice import write_invoice
from clientela.checkout.errors import BuyerIncomplete, InvoiceDataMissing
from clientela.ledger.errors import SaleOver
from clientela.ledger.models import Invoice, InvoiceKind, Sale
from clientela.people.actions.take_up_card import take_up_card
from clientela.people.models import Client, Proof
from clientela.platform.audit import history

PARTS = (credit_part, credit_rest, write_invoice, next_number)
BUYER = Buyer("Luz Prueba", "12345678Z", "Calle Menor 2\n28013 Madrid")


@pytest.fixture
def package(service: Service, business: Business) -> Package:
    """Five sessions for 200 €, 21 % of tax in it."""
    return pack(business, needs_credits(service), tax_basis_points=2100)


@pytest.fixture
def sale(client_card: Client, package: Package, business: Business) -> Sale:
    """The package, paid half in cash."""
    legal(business)
    return sold(client_card, package, payment=cash(10_000))


def issue(sale: Sale, buyer: Buyer | None = None) -> Invoice:
    """Issue it, by staff."""
    return issue_invoice(sale=sale, buyer=buyer, by=STAFF, now=THE_TENTH)


def test_an_invoice_says_all_there_is_to_say(sale: Sale) -> None:
    invoice = issue(sale, BUYER)
    assert (str(invoice), invoice.issued_on) == ("FR2026-1", date(2026, 7, 10))
    assert (invoice.gross_minor, invoice.net_minor, invoice.tax_minor) == (20_000, 16_529, 3471)
    assert invoice.facts == {
        "kind": "invoice",
        "simplified": False,
        "language": "es",
        "number": "FR2026-1",
        "issued_on": "2026-07-10",
        "supplied_on": "2026-07-10",
        "currency": "EUR",
        "seller": {
            "name": "Fisio Retiro S.L.",
            "tax_id": "B12345678",
            "address": "Calle Mayor 1\n28013 Madrid",
        },
        "buyer": {
            "name": "Luz Prueba",
            "tax_id": "12345678Z",
            "address": "Calle Menor 2\n28013 Madrid",
        },
        "lines": [
            {
                "text": "Bono 5",
                "detail": "10 de julio de 2026 – 10 de enero de 2027",
                "quantity": 1,
                "gross_minor": 20_000,
            }
        ],
        "taxes": [
            {
                "basis_points": 2100,
                "net_minor": 16_529,
                "tax_minor": 3471,
                "gross_minor": 20_000,
            }
        ],
        "net_minor": 16_529,
        "tax_minor": 3471,
        "gross_minor": 20_000,
        "payments": [{"on": "2026-07-10", "method": "cash", "amount_minor": 10_000}],
        "note": "",
        "corrects": None,
        "because": "",
        "hue": sale.business.hue,
        "vivid": sale.business.vivid,
    }
    assert bytes(invoice.document).startswith(b"%PDF")
    assert hashlib.sha256(invoice.document).hexdigest() == invoice.digest
    assert [line.action for line in history(subject=sale)][-1] == "invoice-issued"


def test_without_a_buyer_it_is_simplified_and_a_buyer_is_named_whole_or_not(sale: Sale) -> None:
    with pytest.raises(BuyerIncomplete) as refused:
        issue(sale, Buyer("Luz", " ", "Calle"))
    assert refused.value.field == "tax_id"
    invoice = issue(sale)
    assert (invoice.facts["simplified"], invoice.facts["buyer"]) == (True, None)


def test_a_sale_has_one_invoice_however_often_it_is_asked_for(sale: Sale) -> None:
    first = issue(sale, BUYER)
    assert issue(sale) == first
    assert Invoice.objects.count() == 1


def test_numbers_run_by_series_and_year(client_card: Client, package: Package, sale: Sale) -> None:
    numbers = [str(issue(sale))]
    numbers += [str(issue(sold(client_card, package))) for _ in range(2)]
    later = THE_TENTH + days(200)
    in_january = sold(client_card, package, now=later)
    numbers.append(str(issue_invoice(sale=in_january, by=STAFF, now=later)))
    legal(sale.business, invoice_series="X")
    numbers.append(str(issue(sold(client_card, package))))
    assert numbers == ["FR2026-1", "FR2026-2", "FR2026-3", "FR2027-1", "X2026-1"]
    assert series_of(begins="", issued_on=date(2026, 1, 1)) == "2026"


def test_what_is_rolled_back_leaves_no_gap(
    client_card: Client, package: Package, sale: Sale
) -> None:
    with transaction.atomic():
        issue(sale)
        transaction.set_rollback(True)
    assert not Invoice.objects.exists()
    assert issue(sold(client_card, package)).number == 1


def test_it_needs_to_know_who_the_business_is(client_card: Client, package: Package) -> None:
    sale = sold(client_card, package)
    with pytest.raises(InvoiceDataMissing) as refused:
        issue(sale)
    assert refused.value.facts["missing"] == ["legal_name", "tax_id", "legal_address"]
    with pytest.raises(StaffOnly):
        issue_invoice(sale=sale, by=GUEST, now=THE_TENTH)


def test_refunds_of_an_invoiced_sale_issue_credit_notes_that_sum_to_the_invoice(
    sale: Sale,
) -> None:
    invoice = issue(sale, BUYER)
    for amount in (3333, 3333, 1):
        refund_sale(sale=sale, amount_minor=amount, because="Less", by=STAFF, now=THE_TENTH)
    void_sale(sale=sale, because="All of it", by=STAFF, now=THE_TENTH)
    notes = list(Invoice.objects.filter(corrects=invoice).order_by("number"))
    assert [note.gross_minor for note in notes] == [3333, 3333, 1, 13_333]
    assert sum(note.net_minor for note in notes) == invoice.net_minor
    assert sum(note.tax_minor for note in notes) == invoice.tax_minor
    assert [str(note) for note in notes] == ["FR2026-2", "FR2026-3", "FR2026-4", "FR2026-5"]
    last = notes[-1]
    assert last.kind == InvoiceKind.CREDIT_NOTE
    assert last.facts["corrects"] == {"number": "FR2026-1", "issued_on": "2026-07-10"}
    assert (last.facts["because"], last.facts["buyer"]) == ("All of it", invoice.facts["buyer"])
    assert [paid["amount_minor"] for paid in last.facts["payments"]] == [3333]


def test_what_was_given_back_before_is_not_invoiced_and_voiding_without_invoice_writes_no_note(
    client_card: Client, package: Package, sale: Sale
) -> None:
    refund_sale(sale=sale, amount_minor=5000, because="Less", by=STAFF, now=THE_TENTH)
    invoice = issue(sale)
    assert (invoice.gross_minor, invoice.net_minor + invoice.tax_minor) == (15_000, 15_000)
    void_sale(sale=sale, because="All", by=STAFF, now=THE_TENTH)
    assert Invoice.objects.get(corrects=invoice).gross_minor == 15_000
    plain = sold(client_card, package)
    void_sale(sale=plain, because="All", by=STAFF, now=THE_TENTH)
    assert not Invoice.objects.filter(sale=plain).exists()
    with pytest.raises(SaleOver):
        issue(plain)


@pytest.mark.req("MRG-10", "S1.39")
def test_an_issued_invoice_is_the_same_to_the_byte_after_its_card_was_joined_to_another(
    client_card: Client, business: Business, sale: Sale
) -> None:
    before = issue(sale, BUYER)
    other = factories.make_client(business, "Ana P.", "ana.p@example.com")
    take_up_card(card=client_card, into=other, proof=Proof.LOG_IN, by=STAFF, now=THE_TENTH)
    after = Invoice.objects.get(pk=before.pk)
    assert after.sale.client == other
    assert bytes(after.document) == bytes(before.document)
    assert (after.facts, after.digest, str(after)) == (before.facts, before.digest, str(before))


def test_the_database_refuses_to_change_an_invoice(sale: Sale) -> None:
    invoice = issue(sale)
    with pytest.raises(DatabaseError), transaction.atomic():
        Invoice.objects.filter(pk=invoice.pk).update(digest="0" * 64)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_invoice")
    assert Counter(Invoice.objects.values_list("kind", flat=True)) == {"invoice": 1}
