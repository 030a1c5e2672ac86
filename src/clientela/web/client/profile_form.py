"""What a person says about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clientela.accounts.models import Account
from clientela.rules.clock_time import is_known_zone
from clientela.web.client.reasons import PLAIN
from clientela.web.design.times import zone_city
from clientela.web.picker.zones import OFFERED

LONGEST_NAME = 200
OPEN = "open"  # stands for "not chosen", which is kept as an empty word


class ProfileForm(forms.Form):
    """Name, mobile, birthday, language and zone, as typed; the action reads the phone."""

    name = forms.CharField(
        label=_("Name and surname"),
        max_length=LONGEST_NAME,
        error_messages={"required": PLAIN["name-missing"]},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Mobile phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    birthday = forms.DateField(
        label=_("Birthday"),
        required=False,
        error_messages={"invalid": PLAIN["birthday-invalid"]},
        widget=forms.DateInput(attrs={"autocomplete": "bday", "type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(
        label=_("Language"), error_messages={"invalid_choice": PLAIN["language-unknown"]}
    )
    zone = forms.ChoiceField(
        label=_("Time zone"), error_messages={"invalid_choice": PLAIN["zone-unknown"]}
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- what Django hands over
        *,
        account: Account,
    ) -> None:
        """Begin with what the account says."""
        kept = {name: getattr(account, name) for name in self.base_fields}
        kept |= {name: kept[name] or OPEN for name in ("language", "zone")}
        super().__init__(data, initial=kept, use_required_attribute=False)
        self._choices("language", [(OPEN, _("As my browser asks")), *settings.LANGUAGES])
        zones = sorted({*OFFERED, *([account.zone] if is_known_zone(account.zone) else [])})
        named = [(one, f"{zone_city(one)} ({one})") for one in zones]
        self._choices("zone", [(OPEN, _("As at the place of the appointment")), *named])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- both are
        field.choices = choices

    def clean_language(self) -> str:
        """The language, or nothing where the browser is to be asked."""
        return _chosen(self.cleaned_data["language"])

    def clean_zone(self) -> str:
        """The zone, or nothing where the place decides."""
        return _chosen(self.cleaned_data["zone"])


def _chosen(word: str) -> str:
    return "" if word == OPEN else word
