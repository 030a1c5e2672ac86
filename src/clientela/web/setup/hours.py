"""Step 3: who gives appointments, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from clientela.business.actions.add_professional import add_professional
from clientela.business.models import Location, Professional
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.schedule.actions.set_weekly_hours import set_weekly_hours
from clientela.web.form_refusals import put_refusal
from clientela.web.hours_form import DAYS, WeekForm
from clientela.web.setup.steps import steps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

USUAL = "09:00–13:30, 15:00–19:00"


class FirstWeekForm(WeekForm):
    """The first professional and their week."""

    professional = forms.CharField(label=_("Who gives the appointments?"), max_length=120)


def hours(request: HttpRequest, business: str) -> HttpResponse:
    """Take the first professional's name and weekly hours; a second visit corrects the first."""
    location = Location.objects.filter(is_active=True).first()
    usual = {name: USUAL for name, _label in DAYS[:5]}
    name = request.user.name or request.user.email.partition("@")[0]  # type: ignore[union-attr]  # the gate let an owner pass
    form = FirstWeekForm(request.POST or None, initial={"professional": name, **usual})
    if request.method == "POST" and form.is_valid() and location is not None:
        try:
            _save(request, form, location)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("setup:service", business=business)
    context = {"form": form, "location": location, **steps(3)}
    return render(request, "setup/hours.html", context)


def _save(request: Any, form: FirstWeekForm, location: Location) -> None:  # noqa: ANN401 -- a request with what the gate set
    now = clock.now()
    with transaction.atomic():
        professional = Professional.objects.filter(account=request.user).first()
        if professional is None:
            professional = add_professional(
                business=request.business,
                name=form.cleaned_data["professional"],
                account=request.user,
                by=request.actor,
                now=now,
            )
        set_weekly_hours(
            resource=professional, location=location, rows=form.rows(), by=request.actor, now=now
        )
