"""Step 1: prove that you run this server, and make your log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy as _

from clientela.accounts.actions.create_account import create_account
from clientela.accounts.queries.any_account import any_account
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.client_address import client_address
from clientela.platform.refusal import Refusal
from clientela.platform.throttle import allow
from clientela.web.form_refusals import put_refusal
from clientela.web.setup.code import forget_code, is_code
from clientela.web.setup.steps import steps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TRIES_PER_HOUR = 30
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class StartForm(forms.Form):
    """The console's code and a log-in."""

    code = forms.CharField(label=_("Set-up code"), max_length=40)
    name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your email"), max_length=254)
    password = forms.CharField(
        label=_("A password"), max_length=256, strip=False, widget=forms.PasswordInput
    )

    def clean_code(self) -> str:
        """Only the code in force."""
        code = str(self.cleaned_data["code"])
        if not is_code(code):
            raise forms.ValidationError(
                _("This is not the code that the server printed when it last started.")
            )
        return code


def start(request: HttpRequest) -> HttpResponse:
    """Make the first account; as soon as one exists there is nothing at this address."""
    if any_account():
        raise Http404
    form = StartForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and _may_try(request) and form.is_valid():
        try:
            _create(request, form.cleaned_data)
        except Refusal as refusal:
            put_refusal(form, refusal)
        else:
            return redirect("setup:business")
    return render(request, "setup/start.html", {"form": form, **steps(1)})


def _may_try(request: HttpRequest) -> bool:
    key = f"setup:{client_address(request)}"
    if allow(key=key, limit=TRIES_PER_HOUR, per_seconds=3600, now=clock.now()):
        return True
    raise Http404


def _create(request: HttpRequest, given: dict[str, Any]) -> None:
    account = create_account(
        email=given["email"],
        name=given["name"],
        password=given["password"],
        language=(get_language() or "en")[:2],
        is_operator=True,
        by=Actor.system("set-up"),
        now=clock.now(),
    )
    forget_code()
    login(request, account, backend=BACKEND)
