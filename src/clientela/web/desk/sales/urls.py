"""Addresses of the desk's sales; they stand below ``/desk/<business>/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.desk.sales.fee import charge_fee
from clientela.web.desk.sales.invoice import invoice, invoice_file
from clientela.web.desk.sales.lend import return_credit, use_credit
from clientela.web.desk.sales.link import send_link
from clientela.web.desk.sales.listing import sales
from clientela.web.desk.sales.pay import pay
from clientela.web.desk.sales.refund import refund
from clientela.web.desk.sales.sale import sale
from clientela.web.desk.sales.sell import sell
from clientela.web.desk.sales.void import void
from clientela.web.desk.sales.waive import waive

SALE = "sales/<uuid:sale_id>/"
APPOINTMENT = "appointments/<uuid:appointment_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sales/", sales, name="sales"),
    path("clients/<uuid:client_id>/sell/", sell, name="sell"),
    path(SALE, sale, name="sale"),
    path(f"{SALE}pay/", pay, name="sale-pay"),
    path(f"{SALE}link/", send_link, name="sale-link"),
    path(f"{SALE}invoice/", invoice, name="sale-invoice"),
    path(f"{SALE}invoice/<uuid:invoice_id>.pdf", invoice_file, name="invoice-file"),
    path(f"{SALE}refund/", refund, name="sale-refund"),
    path(f"{SALE}void/", void, name="sale-void"),
    path(f"{APPOINTMENT}waive/", waive, name="waive"),
    path(f"{APPOINTMENT}credit/", use_credit, name="use-credit"),
    path(f"{APPOINTMENT}credit/back/", return_credit, name="return-credit"),
    path(f"{APPOINTMENT}fee/", charge_fee, name="charge-fee"),
]
