"""A sale's page, and what is done from it: payment, money back, voiding, papers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import NOW, SYSTEM

from clientela.business.actions.set_sales_policy import set_sales_policy
from clientela.checkout.taken import Taken
from clientela.ledger.models import Invoice, Method, Payment, Sale
from clientela.rules.redemption_state import RedemptionState

pytestmark = pytest.mark.django_db

APPLIES = date(2026, 11, 12)


@pytest.fixture
def sale(sold, pending):
    return sold(applies_on=APPLIES)


@pytest.fixture
def paid(sold, pending):
    return sold(applies_on=APPLIES, payment=Taken(method=Method.CASH, amount_minor=30_000))


@pytest.fixture
def legal(business):
    set_sales_policy(
        business=business,
        legal_name="Fisio Retiro SL",
        tax_id="B00000000",
        legal_address="Calle Ejemplo 1",
        invoice_series="FR",
        by=SYSTEM,
        now=NOW,
    )


def at_page(home, sale, tail=""):
    return f"{home}sales/{sale.pk}/{tail}"


def labels(page) -> list[str]:
    return [act.label for act in page.context["acts"]]


@pytest.mark.req("S1.11")
@pytest.mark.req("S1.12")
def test_an_unpaid_sale_says_pending_payment_while_its_appointments_are_booked(
    at_desk, home, sale, pending
):
    page = at_desk.get(at_page(home, sale))
    assert page.context["state"].text == "Pending payment"
    assert [use.badge.text for use in page.context["uses"]] == ["Booked", "Booked"]
    assert page.context["left"] == "3 credits are left, until Wed 12 May 2027."
    assert labels(page)[0] == "Take payment"


@pytest.mark.req("S1.14")
def test_taking_the_rest_makes_it_paid(at_desk, home, sale):
    form = {"method": "terminal", "amount": "120.50", "paid_on": "2026-11-23", "key": "a"}
    assert at_desk.post(at_page(home, sale, "pay/"), form).status_code == 302
    page = at_desk.get(at_page(home, sale))
    assert (page.context["state"].text, page.context["due"]) == ("Partly paid", 17_950)
    form |= {"amount": "179,50", "key": "b"}
    at_desk.post(at_page(home, sale, "pay/"), form)
    page = at_desk.get(at_page(home, sale))
    assert page.context["state"].text == "Paid"
    assert "Take payment" not in labels(page)


@pytest.mark.req("S1.21")
def test_the_day_of_the_payment_is_not_the_application_date(at_desk, home, sale):
    form = {"method": "transfer", "amount": "300", "paid_on": "2026-11-20", "key": "a"}
    at_desk.post(at_page(home, sale, "pay/"), form)
    sale.refresh_from_db()
    assert Payment.objects.get().paid_on == date(2026, 11, 20)
    assert sale.applies_on == APPLIES


def test_a_second_press_takes_the_money_once(at_desk, home, sale):
    form = {"method": "cash", "amount": "100", "paid_on": "2026-11-23", "key": "same"}
    for _ in range(2):
        at_desk.post(at_page(home, sale, "pay/"), form)
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "300.01"),
        ("amount", "1e2"),
        ("amount", ""),
        ("paid_on", "2026-11-24"),
        ("method", ""),
    ],
)
def test_wrong_money_is_said_beside_its_field(at_desk, home, sale, field, value):
    form = {"method": "cash", "amount": "10", "paid_on": "2026-11-23", "key": "a", field: value}
    answer = at_desk.post(at_page(home, sale, "pay/"), form)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Payment.objects.exists()


def test_a_paid_sale_leads_back_to_its_page(at_desk, home, paid):
    page = at_desk.get(at_page(home, paid, "pay/"))
    assert page.context["state"].text == "Paid"


@pytest.mark.req("S1.25")
def test_voiding_says_which_appointments_wait_again_and_does_it(at_desk, home, paid, pending):
    page = at_desk.get(at_page(home, paid, "void/"))
    assert [(one.when, one.after.text) for one in page.context["turns"]] == [
        ("Thu 12 Nov, 17:00 (Madrid)", "Pending redemption"),
        ("Thu 26 Nov, 17:00 (Madrid)", "Pending redemption"),
    ]
    assert "€300.00 goes back to the client." in page.text
    paid.refresh_from_db()
    assert paid.state == "paid"
    at_desk.post(at_page(home, paid, "void/"), {"because": "Sold by mistake", "method": "cash"})
    paid.refresh_from_db()
    assert (paid.state, paid.voided_because) == ("refunded", "Sold by mistake")
    for one in pending:
        one.refresh_from_db()
        assert one.redemption == RedemptionState.PENDING
    page = at_desk.get(at_page(home, paid))
    assert "Sold by mistake" in page.text
    assert labels(page) == []


def test_voiding_asks_why(at_desk, home, sale):
    answer = at_desk.post(at_page(home, sale, "void/"), {"because": " "})
    assert answer.status_code == 422
    sale.refresh_from_db()
    assert sale.state == "pending_payment"


def test_a_part_goes_back_and_the_credits_stay(at_desk, home, paid):
    form = {"amount": "50", "method": "cash", "because": "A kindness", "key": "a"}
    for _ in range(2):
        at_desk.post(at_page(home, paid, "refund/"), form)
    page = at_desk.get(at_page(home, paid))
    assert page.context["sums"].refunded == 5_000
    assert page.context["state"].text == "Paid"
    assert [line.is_refund for line in page.context["money_lines"]] == [False, True]
    assert page.context["left"].startswith("3 credits")


def test_no_more_goes_back_than_was_paid(at_desk, home, paid):
    form = {"amount": "300.01", "method": "cash", "because": "Why", "key": "a"}
    assert at_desk.post(at_page(home, paid, "refund/"), form).status_code == 422
    assert Payment.objects.count() == 1


def test_an_invoice_is_issued_and_read_again_byte_by_byte(at_desk, home, paid, legal):
    answer = at_desk.post(at_page(home, paid, "invoice/"), {})
    assert answer.status_code == 302
    paper = Invoice.objects.get()
    page = at_desk.get(at_page(home, paid))
    assert "Issue an invoice" not in labels(page)
    file = at_desk.get(at_page(home, paid, f"invoice/{paper.pk}.pdf"))
    assert file["Content-Type"] == "application/pdf"
    assert file.content == bytes(paper.document)


def test_half_a_buyer_is_told_what_is_missing(at_desk, home, paid, legal):
    answer = at_desk.post(at_page(home, paid, "invoice/"), {"name": "Empresa SL"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"tax_id", "address"}
    assert not Invoice.objects.exists()


def test_without_the_businesss_own_facts_there_is_no_invoice(at_desk, home, paid):
    answer = at_desk.post(at_page(home, paid, "invoice/"), {})
    assert answer.status_code == 422
    assert "To the settings" in answer.text
    assert not Invoice.objects.exists()


def test_money_goes_back_by_owner_and_front_desk_only(
    sit, professional_member, professional, home, sold, pending
):
    own = sold(applies_on=APPLIES, professional=professional)
    browser = sit(professional_member)
    page = browser.get(at_page(home, own))
    assert "Void the sale" not in labels(page)
    for tail in ("void/", "refund/"):
        assert browser.post(at_page(home, own, tail), {"because": "x"}).status_code == 404
    own.refresh_from_db()
    assert own.state == "pending_payment"


def test_a_professional_reads_only_the_sales_that_count_for_them(
    sit, professional_member, colleague, home, sold, pending
):
    other = sold(applies_on=APPLIES, professional=colleague)
    assert sit(professional_member).get(at_page(home, other)).status_code == 404


@pytest.mark.parametrize("tail", ["", "pay/", "refund/", "void/", "invoice/"])
def test_the_neighbours_find_no_sale(sit, outsider, home, sale, tail):
    assert sit(outsider).get(at_page(home, sale, tail)).status_code == 404


@pytest.mark.parametrize("tail", ["", "pay/", "refund/", "void/", "invoice/"])
def test_looking_changes_nothing(at_desk, home, paid, tail):
    before = list(Sale.objects.values()) + list(Payment.objects.values())
    assert at_desk.get(at_page(home, paid, tail)).status_code == 200
    assert list(Sale.objects.values()) + list(Payment.objects.values()) == before


def test_a_long_sale_costs_no_more_queries(at_desk, home, sale):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert at_desk.get(at_page(home, sale)).status_code == 200
        return len(counted)

    form = {"method": "cash", "amount": "10", "paid_on": "2026-11-23", "key": "first"}
    at_desk.post(at_page(home, sale, "pay/"), form)
    queries()
    one = queries()
    for number in range(4):
        at_desk.post(at_page(home, sale, "pay/"), {**form, "key": str(number)})
    queries()
    assert queries() == one
