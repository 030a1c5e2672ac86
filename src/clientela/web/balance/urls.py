"""Addresses of the balance door; they stand under ``client/``."""

from __future__ import annotations

from django.urls import path

from clientela.web.balance.appointment import pay_appointment
from clientela.web.balance.business import business_page
from clientela.web.balance.buy import buy
from clientela.web.balance.cards import remove_card
from clientela.web.balance.family import pay_for_family
from clientela.web.balance.home import home
from clientela.web.balance.lend import return_credit, use_credit
from clientela.web.balance.papers import invoice_file, receipt
from clientela.web.balance.sale import pay_sale, sale

app_name = "balance"
_SALE = "sales/<uuid:sale_id>"
urlpatterns = [
    path("balance", home, name="home"),
    path("balance/<slug:slug>/", business_page, name="business"),
    path("buy/<uuid:package_id>/", buy, name="buy"),
    path(f"{_SALE}/", sale, name="sale"),
    path(f"{_SALE}/pay", pay_sale, name="pay-sale"),
    path(f"{_SALE}/payments/<uuid:payment_id>/", receipt, name="receipt"),
    path(f"{_SALE}/invoice/<uuid:invoice_id>.pdf", invoice_file, name="invoice-file"),
    path("family/sales/<uuid:sale_id>/pay", pay_for_family, name="pay-for-family"),
    path("appointments/<uuid:appointment_id>/pay", pay_appointment, name="pay-appointment"),
    path("appointments/<uuid:appointment_id>/credit", use_credit, name="use-credit"),
    path("appointments/<uuid:appointment_id>/credit/back", return_credit, name="return-credit"),
    path("cards-kept/<uuid:card_id>/remove", remove_card, name="remove-card"),
]
