"""The forms of texts: an account with a gateway, and what texts may cost."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.models import Business
from clientela.business.queries.home_country import home_country
from clientela.notify.channels.sms.registry import NEEDS
from clientela.notify.models import GatewayName, SenderKind, TextGateway
from clientela.notify.text_account import (
    LONGEST_SECRET,
    MOST_CAP_MINOR,
    MOST_PRICE_MINOR,
    GatewayAccount,
    TextLimits,
)
from clientela.platform.language import active_locale
from clientela.web.desk.sales.amounts import AmountField
from clientela.web.desk.settings.messages.refused import MessageForm

_SECRET: Final = {"autocomplete": "off"}
_USUAL_PRICE, _USUAL_CAP = 8, 2000


class CountriesField(forms.CharField):
    """Countries, written as their two letters."""

    def __init__(self) -> None:
        """A line such as `ES, PT`."""
        super().__init__(
            label=gettext_lazy("Countries"),
            help_text=gettext_lazy(
                "Two letters each, such as ES, PT. Numbers of other countries get no texts: that is how strangers would spend your money."
            ),
            max_length=400,
        )

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """A list as a line; what somebody typed stays as it is."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 -- a field's own signature
        """A line as a list."""
        text = super().to_python(value) or ""
        return text.replace(",", " ").replace(";", " ").split()


class LimitsForm(MessageForm):
    """What one part of a text costs, what a month may cost, and where texts may go."""

    countries = CountriesField()

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        business: Business,
        gateway: TextGateway | None,
    ) -> None:
        """Show what is kept, or what is usual."""
        shown = gateway or TextGateway(
            price_minor=_USUAL_PRICE,
            cap_minor=_USUAL_CAP,
            countries=[one for one in [home_country(business=business)] if one],
        )
        names = ("price_minor", "cap_minor", "countries")
        super().__init__(data, initial={name: getattr(shown, name) for name in names})
        currency = business.currency
        self.fields["price_minor"] = AmountField(
            currency=currency,
            least=1,
            most=MOST_PRICE_MINOR,
            label=_("Price of one part, in %(currency)s") % {"currency": currency},
            help_text=_("What the gateway charges, at the most. Texts are counted with it before they leave."),
        )  # fmt: skip
        self.fields["cap_minor"] = AmountField(
            currency=currency,
            least=1,
            most=MOST_CAP_MINOR,
            label=_("What a month may cost, in %(currency)s") % {"currency": currency},
            help_text=_("Never more. Owners get an email at 80 % and when it is used up."),
        )

    def limits(self) -> TextLimits:
        """What was given, as the actions take it."""
        names = ("price_minor", "cap_minor", "countries")
        return TextLimits(**{name: self.cleaned_data[name] for name in names})


class GatewayForm(LimitsForm):
    """An account with one gateway. Its secrets are written here and never shown again."""

    account = forms.CharField(max_length=100)
    url = forms.CharField(
        label=gettext_lazy("Address it takes texts at"),
        max_length=300,
        help_text=gettext_lazy("It begins with https:// and is public."),
    )
    token = forms.CharField(max_length=LONGEST_SECRET, widget=forms.PasswordInput(attrs=_SECRET))
    hook = forms.CharField(
        label=gettext_lazy("Secret it signs with"),
        max_length=LONGEST_SECRET,
        widget=forms.PasswordInput(attrs=_SECRET),
        help_text=gettext_lazy("What it sends us is believed only with this signature."),
    )
    sender_kind = forms.ChoiceField(
        label=gettext_lazy("Texts come from"),
        choices=[
            (SenderKind.LONG_NUMBER.value, gettext_lazy("A number of your country")),
            (SenderKind.TOLL_FREE.value, gettext_lazy("A toll-free number")),
            (SenderKind.SHORT_CODE.value, gettext_lazy("A short code")),
            (SenderKind.NAME.value, gettext_lazy("A name")),
        ],
        widget=forms.RadioSelect,
    )
    sender = forms.CharField(
        label=gettext_lazy("Sender"),
        max_length=20,
        help_text=gettext_lazy(
            "A number with its prefix, such as +34600000000; or a name of up to eleven letters."
        ),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 -- a request's data or none
        *,
        business: Business,
        kept: TextGateway | None,
        by: GatewayName,
    ) -> None:
        """Ask what this gateway needs; the rest is not there."""
        super().__init__(data, business=business, gateway=kept)
        self.by = by
        same = kept if kept is not None and kept.gateway == by else None
        self.initial.update(
            {
                "account": same.account if same else "",
                "url": same.url if same else "",
                "sender": kept.sender if kept else "",
                "sender_kind": kept.sender_kind if kept else SenderKind.LONG_NUMBER.value,
            }
        )
        self.fields["account"].label, self.fields["token"].label = _names(by)
        absent = {"token", "hook"} - set(NEEDS[by])
        if by != GatewayName.HTTP:
            absent.add("url")
        if by in {GatewayName.HTTP, GatewayName.SIMULATOR}:
            absent.add("account")
        for name in absent:
            del self.fields[name]

    def given_account(self) -> GatewayAccount:
        """What was given of the account, as the action takes it."""
        names = ("account", "url", "token", "hook", "sender")
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        kind = SenderKind(self.cleaned_data["sender_kind"])
        return GatewayAccount(gateway=self.by, sender_kind=kind, **given)


def _names(by: GatewayName) -> tuple[str, str]:
    """What the gateway itself calls the account and its secret."""
    if by == GatewayName.TWILIO:
        return _("Account SID"), _("Auth token")
    if by == GatewayName.VONAGE:
        return _("API key"), _("API secret")
    return _("Account"), _("Secret we prove ourselves with")


SENDER_WORDS: Final = {
    SenderKind.LONG_NUMBER.value: gettext_lazy(
        "Clients can answer and send STOP. Arrives almost everywhere; in some countries it must be registered."
    ),
    SenderKind.TOLL_FREE.value: gettext_lazy(
        "Clients can answer and send STOP. Some carriers filter toll-free numbers as spam, above all unverified ones: their clients may have to ask their carrier to let it through."
    ),
    SenderKind.SHORT_CODE.value: gettext_lazy(
        "Clients can answer and send STOP. Rarely filtered; rented by the month, and known in one country only."
    ),
    SenderKind.NAME.value: gettext_lazy(
        "Nobody can answer a name, so STOP and replies do not reach you: clients stop texts on their pages. Some countries forbid it."
    ),
}


def country_names(codes: list[str]) -> list[str]:
    """Return the countries in the reader's language."""
    territories = active_locale().territories
    return [str(territories.get(one, one)) for one in codes]
