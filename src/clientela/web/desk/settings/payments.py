"""Online payments: the account their money goes to, whether it answers, and what of it needs a person."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.checkout.actions.connect_provider import connect_provider
from clientela.checkout.actions.end_provider import end_provider
from clientela.checkout.models import ProviderAccount, ProviderName
from clientela.checkout.providers.port import ProviderSilent
from clientela.checkout.providers.registry import provider_of, simulator_is_allowed
from clientela.checkout.providers.stripe_news import KINDS
from clientela.checkout.queries.next_account import next_account_id
from clientela.checkout.queries.online import alarms, failed_refunds, online_account
from clientela.platform.refusal import Refusal
from clientela.platform.sealed import unseal
from clientela.policy.door_request import DoorRequest
from clientela.web import office_refusals
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.selling import TRAIL
from clientela.web.desk.settings.shell import form_page, here
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.still_you import fresh_page

HERE: Final = "settings-payments"
_TEST_KEYS: Final = ("sk_test_", "rk_test_")


class StripeForm(SettingsForm):
    """The two secrets. They are written here and never shown again."""

    secret = forms.CharField(
        label=gettext_lazy("Secret key"),
        max_length=255,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "From Developers, API keys. A restricted key that may write Checkout Sessions, "
            "Payment Intents, Refunds, Customers and read the account is enough."
        ),
    )
    hook_secret = forms.CharField(
        label=gettext_lazy("Signing secret of the webhook"),
        max_length=255,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("It begins with whsec_."),
    )


@fresh_page
def payments(request: DoorRequest, business: str) -> HttpResponse:
    """Show where money paid online goes; connect, try and end the account. Secrets are only ever written."""
    desk = desk_of(request)
    doing = request.POST.get("do", "")
    if request.method == "POST" and doing in _DO:
        told(request, _DO[doing](desk))
        return redirect(here(desk, HERE))
    form = StripeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _connect(desk, form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            told(request, _("Connected. Clients can pay online from now on."))
            return redirect(here(desk, HERE))
    return _page(request, desk, form)


def _page(request: DoorRequest, desk: Desk, form: StripeForm) -> HttpResponse:
    account = online_account(desk.business)
    inbox = account.pk if account else next_account_id(business=desk.business)
    return form_page(
        request,
        desk,
        form,
        title=_("Online payments"),
        trail=TRAIL,
        back="settings",
        template="payments",
        account=account,
        is_test=account is not None and _is_test(account),
        is_simulated=account is not None and account.provider == ProviderName.SIMULATOR,
        may_simulate=simulator_is_allowed(),
        has_stripe=find_spec("stripe") is not None,
        hook=request.build_absolute_uri(reverse("pay:hook", args=[inbox])),
        heard=sorted(KINDS),
        alarms=alarms(business=desk.business),
        failed=failed_refunds(business=desk.business),
    )


def _connect(desk: Desk, form: StripeForm) -> None:
    connect_provider(
        business=desk.business,
        provider=ProviderName.STRIPE,
        secret=form.cleaned_data["secret"],
        hook_secret=form.cleaned_data["hook_secret"],
        by=desk.actor,
        now=desk.now,
    )


def _simulate(desk: Desk) -> str:
    """Begin to simulate payments, where that is allowed."""
    try:
        connect_provider(
            business=desk.business, provider=ProviderName.SIMULATOR, by=desk.actor, now=desk.now
        )
    except Refusal as refusal:
        return office_refusals.sentence_of(refusal)
    return _("Payments are simulated from now on. No money moves.")


def _end(desk: Desk) -> str:
    """Take no more money online; what was paid can still be given back."""
    end_provider(business=desk.business, by=desk.actor, now=desk.now)
    return _("Ended. Clients can no longer pay online; refunds of old payments still work.")


def _try(desk: Desk) -> str:
    """Ask the provider who we are."""
    account = online_account(desk.business)
    if account is None:
        return _("Nothing is connected.")
    try:
        provider_of(account).who()
    except ProviderSilent:
        return _("The provider did not answer just now. Try again in a few minutes.")
    except Refusal:
        return _("The provider no longer knows the secret key. Connect again with a new one.")
    return _("The provider answers. All is well.")


_DO: Final = {"simulate": _simulate, "end": _end, "try": _try}


def _is_test(account: ProviderAccount) -> bool:
    """Whether the key is one with which no real money moves."""
    return bool(account.sealed_secret) and unseal(account.sealed_secret).startswith(_TEST_KEYS)
