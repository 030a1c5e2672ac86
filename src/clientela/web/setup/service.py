"""Step 4: the first service."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from clientela.business.models import Professional
from clientela.catalogue.actions.add_service import add_service
from clientela.catalogue.models import Service
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.rules.money import Money, exponent
from clientela.web.form_refusals import put_refusal
from clientela.web.setup.steps import steps

if TYPE_CHECKING:
    from django.http import HttpResponse

    from clientela.policy.door_request import DoorRequest


class ServiceForm(forms.Form):
    """What it is called, how long it takes, what it costs."""

    name = forms.CharField(label=_("What can be booked?"), max_length=120)
    duration_minutes = forms.IntegerField(
        label=_("Minutes"), min_value=5, max_value=1440, step_size=5
    )
    price = forms.DecimalField(required=False)  # made anew for the currency, see __init__
    buffer_after_minutes = forms.IntegerField(
        label=_("Minutes kept free afterwards"), min_value=0, max_value=240, step_size=5
    )
    description = forms.CharField(label=_("In one line"), max_length=400, required=False)

    def __init__(self, data: Any, *, currency: str) -> None:  # noqa: ANN401 -- a request's data or none
        """A price has as many digits as its currency."""
        super().__init__(data, initial={"duration_minutes": 60, "buffer_after_minutes": 0})
        self.currency = currency
        self.fields["price"] = forms.DecimalField(
            label=_("Price"),
            min_value=Decimal(0),
            max_digits=9,
            decimal_places=exponent(currency),
            required=False,
        )


def service(request: DoorRequest, business: str) -> HttpResponse:
    """Add the first service, given by everybody there is so far."""
    form = ServiceForm(request.POST or None, currency=request.business.currency)
    if request.method == "POST" and form.is_valid():
        try:
            _add(request, form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("setup:invite", business=business)
    context = {"form": form, "present": Service.objects.filter(is_active=True), **steps(4)}
    return render(request, "setup/service.html", context)


def _add(request: DoorRequest, given: dict[str, Any]) -> None:
    price = given["price"] or Decimal(0)
    add_service(
        business=request.business,
        name=given["name"],
        duration_minutes=given["duration_minutes"],
        buffer_after_minutes=given["buffer_after_minutes"],
        description=given["description"],
        price_minor=Money.of_major(price, request.business.currency).minor,
        professionals=list(Professional.objects.all()),
        by=request.actor,
        now=clock.now(),
    )
