"""Erase my account: what goes and what stays is said first, then it happens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy

from clientela.accounts.models import Account
from clientela.accounts.queries.addresses import verified_emails
from clientela.business.queries.sole_ownerships import sole_ownerships
from clientela.business.queries.workplaces import workplaces
from clientela.people.actions.leave import leave
from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import system_scope
from clientela.policy.door_request import DoorRequest
from clientela.rules.name_match import normalise_email
from clientela.web.leaving.data import known_at
from clientela.web.leaving.frame import own_page, private
from clientela.web.still_you import fresh_page

LOG_IN_ONLY: Final = "log-in"
EVERYTHING: Final = "everything"


class EraseForm(forms.Form):
    """How much goes, and the address typed as a confirmation."""

    what = forms.ChoiceField(
        label=gettext_lazy("What shall go?"),
        choices=[
            (LOG_IN_ONLY, gettext_lazy("Only my log-in")),
            (EVERYTHING, gettext_lazy("My log-in and my data at every business")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    email = forms.CharField(
        label=gettext_lazy("Your email address, to confirm"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none"}
        ),
        error_messages={"required": gettext_lazy("Write the address you sign in with.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, account: Account) -> None:
        """Whoever confirms must know with which address they are signed in."""
        super().__init__(data)
        self.account = account

    def clean_email(self) -> str:
        """Any of the person's proved addresses will do."""
        typed = normalise_email(self.cleaned_data["email"])
        if typed not in {self.account.email, *verified_emails(account=self.account)}:
            raise forms.ValidationError(_("This is not one of your addresses."))
        return typed


@fresh_page
def erase(request: DoorRequest) -> HttpResponse:
    """GET shows what would happen, POST does it; whoever alone owns a business is told to hand it over first."""
    form = EraseForm(request.POST or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            leave(
                account=request.user,
                also_cards=form.cleaned_data["what"] == EVERYTHING,
                by=request.actor,
                now=clock.now(),
            )
        except Refusal:
            form.add_error(None, _("Nothing was erased."))  # the page below says why
        else:
            return _gone(request)
    return own_page(
        request,
        "leaving/erase.html",
        status=422 if form.errors else 200,
        form=form,
        known=known_at(request),
        owned=_owned(request.user),
        works_at=[business.name for business in workplaces(account=request.user)],
        hints=_hints(),
    )


def erased(request: HttpRequest) -> HttpResponse:
    """Say that it is done, to nobody in particular."""
    return render(request, "leaving/erased.html")


def _gone(request: DoorRequest) -> HttpResponse:
    """Sign out, and have the browser forget what it kept for reading offline."""
    logout(request)
    answer = private(redirect("leaving:erased"))
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _owned(account: Account) -> list[str]:
    with system_scope("a person is told which businesses would be left without an owner"):
        return [business.name for business in sole_ownerships(account=account)]


def _hints() -> dict[str, str]:
    return {
        LOG_IN_ONLY: _(
            "Appointments stand, and their emails keep working. Each business keeps its card of you, as of a guest."
        ),
        EVERYTHING: _(
            "What is ahead is cancelled, and sessions you have bought and not used are lost. Each business keeps times and prices in its books, without your name; invoices made out to you stay as they are."
        ),
    }
