"""Ordering faults: what the simulated carriers are to do wrong, for whom and how often."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from clientela.notify.actions.order_fault import MOST_TIMES, lift_fault, order_fault
from clientela.notify.models import SimulatedFault
from clientela.notify.simulated_faults import FAULTS
from clientela.platform import clock
from clientela.web.message_words import channel_icon, channel_name
from clientela.web.simulator.only_here import simulator_only

WRONG = 422
WORDS: dict[str, Promise] = {
    "refuse": gettext_lazy("The mailbox does not exist"),
    "later": gettext_lazy("Not now, again later"),
    "silent": gettext_lazy("Taken, but the answer is lost: ambiguous"),
    "reject": gettext_lazy("The gateway refuses it"),
    "landline": gettext_lazy("Taken; then: it is a landline"),
    "invalid": gettext_lazy("There is no such number"),
    "filtered": gettext_lazy("Taken; then: the carrier filtered it"),
    "opted-out": gettext_lazy("The number has opted out"),
    "timeout-after-accept": gettext_lazy("Taken, the answer lost; the receipt still comes"),
    "429": gettext_lazy("Too many at once (429)"),
    "500": gettext_lazy("The gateway is broken (500)"),
    "slow": gettext_lazy("Taken; the receipt comes ten minutes later"),
    "no-receipt": gettext_lazy("Taken, and no receipt ever comes"),
    "lost-receipt": gettext_lazy("Taken, and neither answer nor receipt comes"),
    "gone": gettext_lazy("The browser is gone (410)"),
}


class FaultForm(forms.Form):
    """Which fault of which channel, for whom, and how often."""

    what = forms.ChoiceField(label=gettext_lazy("What goes wrong"))
    address = forms.CharField(
        label=gettext_lazy("For one address or number only"), required=False, max_length=254
    )
    times = forms.IntegerField(
        label=gettext_lazy("How often"), required=False, min_value=1, max_value=MOST_TIMES
    )

    def __init__(self, data: Any = None, **options: Any) -> None:  # noqa: ANN401 -- what Django hands over
        """Group the faults by their channel."""
        super().__init__(data, **options)
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- it stands above
        field.choices = [
            (channel_name(channel), [(f"{channel}:{one}", WORDS[one]) for one in faults])
            for channel, faults in FAULTS.items()
        ]


@simulator_only
def faults(request: HttpRequest) -> HttpResponse:
    """GET shows what is ordered, POST orders one more, or lifts one."""
    if request.method != "POST":
        return _page(request, FaultForm(initial={"times": 1}))
    if named := request.POST.get("lift", ""):
        return _lift(request, named)
    form = FaultForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=WRONG)
    channel, _colon, fault = form.cleaned_data["what"].partition(":")
    order_fault(
        channel=channel,
        fault=fault,
        address=form.cleaned_data["address"],
        times=form.cleaned_data["times"],
        now=clock.now(),
    )
    toasts.success(request, _("Ordered."))
    return redirect("simulator:faults")


def _lift(request: HttpRequest, named: str) -> HttpResponse:
    try:
        lift_fault(fault_id=UUID(named))
    except ValueError as error:
        raise Http404 from error
    toasts.success(request, _("Lifted."))
    return redirect("simulator:faults")


def _page(request: HttpRequest, form: FaultForm, *, status: int = 200) -> HttpResponse:
    ordered = [
        {
            "id": one.pk,
            "icon": channel_icon(one.channel),
            "channel": channel_name(one.channel),
            "words": WORDS.get(one.fault, one.fault),
            "address": one.address,
            "times": one.times,
        }
        for one in SimulatedFault.objects.exclude(times=0).order_by("created_at", "id")
    ]
    context = {"form": form, "ordered": ordered, "always": pgettext_lazy("fault", "until lifted")}
    return render(request, "simulator/faults.html", context, status=status)
