"""What somebody lets the others of their household do, and the child they put there, as typed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from clientela.people.models import Client
from clientela.people.queries.households import Permissions
from clientela.web.client.profile_form import LONGEST_NAME
from clientela.web.client.reasons import PLAIN


class PermissionsForm(forms.Form):
    """Four switches, each off unless the person says otherwise."""

    lets_book = forms.BooleanField(
        label=_("Book for me"),
        help_text=_("They book appointments in my name."),
        required=False,
    )
    lets_see = forms.BooleanField(
        label=_("See my appointments"),
        help_text=_("Those ahead: when, what, with whom and where. Nothing of what is over."),
        required=False,
    )
    lets_pay = forms.BooleanField(
        label=_("Pay for me"),
        help_text=_("They can pay what I bought and have not paid yet."),
        required=False,
    )
    shares_credits = forms.BooleanField(
        label=_("Use my sessions"),
        help_text=_(
            "They can use a session of mine for an appointment of theirs that is not paid yet. My balance stays mine to see."
        ),
        required=False,
    )

    @property
    def permissions(self) -> Permissions:
        """What was chosen; only after the form was found valid."""
        return Permissions(**self.cleaned_data)


class ChildPermissionsForm(PermissionsForm):
    """The same of a child, said by whoever answers for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- passes Django's own on
        """Speak of the child instead of oneself."""
        super().__init__(*args, **kwargs)
        for name, (label, hint) in _OF_CHILD.items():
            self.fields[name].label = label
            self.fields[name].help_text = hint


_OF_CHILD = {
    "lets_book": (_("Book for the child"), _("They book appointments in its name.")),
    "lets_see": (_("See its appointments"), _("Those ahead: when, what, with whom and where. Nothing of what is over.")),
    "lets_pay": (_("Pay for the child"), _("They can pay what was bought for it and is not paid yet.")),
    "shares_credits": (_("Use its sessions"), _("They can use a session of the child for an appointment of theirs that is not paid yet. They do not see its balance.")),
}  # fmt: skip


def permissions_form(
    gives: Permissions, *, client_id: UUID, is_child: bool = False
) -> PermissionsForm:
    """Return the switches of one card as they stand; several of them have room on one page."""
    kind = ChildPermissionsForm if is_child else PermissionsForm
    return kind(initial=asdict(gives), auto_id=f"{client_id}-%s")


class ChildForm(forms.Form):
    """A child: at which business, its name and, if wished, its birthday."""

    at = forms.ChoiceField(
        label=_("At which business"), error_messages={"required": _("Choose the business.")}
    )
    name = forms.CharField(
        label=_("The child's name and surname"),
        max_length=LONGEST_NAME,
        error_messages={"required": PLAIN["name-missing"]},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birthday = forms.DateField(
        label=_("Birthday"),
        required=False,
        error_messages={"invalid": PLAIN["birthday-invalid"]},
        widget=forms.DateInput(attrs={"autocomplete": "off", "type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401 -- what Django hands over
        *,
        cards: list[Client],
    ) -> None:
        """Offer the businesses where the person has a card."""
        super().__init__(data, use_required_attribute=False, auto_id="child-%s")
        at = self.fields["at"]
        assert isinstance(at, forms.ChoiceField)  # noqa: S101 -- it is
        at.choices = [(str(card.pk), card.business.name) for card in cards]
        if len(cards) == 1:
            at.initial = str(cards[0].pk)
            at.widget = forms.HiddenInput()
