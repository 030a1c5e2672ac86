"""How the business sells: who it is on an invoice, what it takes, and what a cancellation gives back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.set_sales_policy import (
    LONGEST_HOLD,
    SHORTEST_HOLD,
    set_sales_policy,
)
from clientela.business.models import CancelGives, SalesPolicy
from clientela.checkout.invoice_document import InvoiceFacts, render_invoice
from clientela.policy.door_request import DoorRequest
from clientela.rules.clock_time import local_date
from clientela.rules.tax import split_tax
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import SELLING, Trail, form_page, here, saved
from clientela.web.desk.staff import Desk, desk_of

TRAIL: Trail = ((gettext_lazy("Sales and payments"), f"settings#{SELLING}"),)
_SAMPLE_MINOR, _SAMPLE_TAX = 45_000, 2_100


def _lines(label: Any, hint: Any = "") -> forms.CharField:  # noqa: ANN401 -- text, said later
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SellingForm(SettingsForm):
    """All of the sales policy."""

    plan = (
        (
            gettext_lazy("On invoices"),
            gettext_lazy("The name, the tax number and the address are needed to issue one."),
            ("legal_name", "tax_id", "legal_address", "invoice_series", "invoice_note"),
        ),
        (
            gettext_lazy("How you are paid"),
            gettext_lazy("What the desk can choose when it takes money."),
            ("takes_cash", "takes_terminal", "takes_transfer"),
        ),
        (gettext_lazy("Bank transfers"), "", ("transfer_text",)),
        (
            gettext_lazy("Sessions paid while booking"),
            "",
            ("cancel_gives", "hold_minutes"),
        ),
    )
    wide = frozenset(
        {"legal_name", "legal_address", "invoice_note", "transfer_text", "cancel_gives"}
    )

    legal_name = forms.CharField(label=gettext_lazy("Legal name"), max_length=160, required=False)
    tax_id = forms.CharField(label=gettext_lazy("Tax number"), max_length=40, required=False)
    legal_address = _lines(gettext_lazy("Address"))
    invoice_series = forms.RegexField(
        regex=r"^[A-Za-z0-9][A-Za-z0-9/-]*$",
        label=gettext_lazy("Invoice numbers begin with"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("Letters and figures. The year and a number without gaps follow."),
        error_messages={"invalid": gettext_lazy("Use letters and figures only, such as F or 2A.")},
    )
    invoice_note = _lines(
        gettext_lazy("Small print under every invoice"),
        gettext_lazy("Such as the register you stand in, or why no tax is charged."),
    )
    takes_cash = forms.BooleanField(label=gettext_lazy("Cash"), required=False)
    takes_terminal = forms.BooleanField(label=gettext_lazy("Card terminal"), required=False)
    takes_transfer = forms.BooleanField(label=gettext_lazy("Bank transfer"), required=False)
    transfer_text = _lines(
        gettext_lazy("What clients read"),
        gettext_lazy("The account, and what to write as the reference."),
    )
    cancel_gives = forms.ChoiceField(
        label=gettext_lazy("Cancelled in time, the client gets"),
        choices=[
            (CancelGives.CREDIT.value, gettext_lazy("The session, to book again")),
            (CancelGives.MONEY.value, gettext_lazy("The money, by itself")),
        ],
        widget=forms.RadioSelect,
    )
    hold_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes a time is kept while its client pays"),
        min_value=SHORTEST_HOLD,
        max_value=LONGEST_HOLD,
    )


def selling(request: DoorRequest, business: str) -> HttpResponse:
    """Show and save; what was issued keeps what it says."""
    desk = desk_of(request)
    policy = _policy(desk)
    shown = {name: getattr(policy, name) for name in SellingForm.base_fields}
    form = SellingForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        act = partial(_save, desk, form.cleaned_data)
        answer = saved(request, desk, form, act, then="settings-selling")
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=_("Selling and invoices"),
        trail=TRAIL,
        back="settings",
        template="selling",
        is_ready=bool(policy.legal_name and policy.tax_id and policy.legal_address),
        sample=here(desk, "settings-sample-invoice"),
    )


def _save(desk: Desk, given: dict[str, Any]) -> None:
    set_sales_policy(business=desk.business, by=desk.actor, now=desk.now, **given)


def sample_invoice(request: DoorRequest, business: str) -> HttpResponse:
    """An invoice as it would be issued today, of something that nobody bought."""
    desk = desk_of(request)
    document = render_invoice(_sample(desk, _policy(desk)))
    answer = HttpResponse(document, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="sample.pdf"'
    answer["Cache-Control"] = "no-store, private"
    return answer


def _policy(desk: Desk) -> SalesPolicy:
    return SalesPolicy.objects.filter(business=desk.business).first() or SalesPolicy()


def _sample(desk: Desk, policy: SalesPolicy) -> InvoiceFacts:
    """A sale of ten sessions for 450, in the words of the reader."""
    today = local_date(desk.now, desk.place_zone)
    parts = split_tax(_SAMPLE_MINOR, _SAMPLE_TAX)
    return {
        "kind": "invoice",
        "simplified": False,
        "language": desk.business.language,
        "number": f"{policy.invoice_series}{today.year}-0",
        "issued_on": today.isoformat(),
        "supplied_on": today.isoformat(),
        "currency": desk.business.currency,
        "seller": {
            "name": policy.legal_name or desk.business.name,
            "tax_id": policy.tax_id,
            "address": policy.legal_address,
        },
        "buyer": {"name": _("Sample client"), "tax_id": "", "address": ""},
        "lines": [
            {
                "text": _("Sample: this is not an invoice"),
                "detail": _("10 sessions"),
                "quantity": 1,
                "gross_minor": _SAMPLE_MINOR,
            }
        ],
        "taxes": [
            {
                "basis_points": _SAMPLE_TAX,
                "net_minor": parts.net,
                "tax_minor": parts.tax,
                "gross_minor": _SAMPLE_MINOR,
            }
        ],
        "net_minor": parts.net,
        "tax_minor": parts.tax,
        "gross_minor": _SAMPLE_MINOR,
        "payments": [{"on": today.isoformat(), "method": "cash", "amount_minor": _SAMPLE_MINOR}],
        "note": policy.invoice_note,
        "corrects": None,
        "because": "",
        "hue": desk.business.hue,
        "vivid": desk.business.vivid,
    }
