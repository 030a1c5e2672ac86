"""The rule of passwords as Django asks for it, with the words an attacker would try first."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clientela.business.models import Membership
from clientela.people.queries.own_cards import own_cards
from clientela.platform.tenancy import system_scope
from clientela.rules.password_rule import LONGEST, SHORTEST, Weakness, weakness_of

if TYPE_CHECKING:
    from clientela.accounts.models import Account

_SENTENCES: Final = {
    Weakness.TOO_SHORT: _("Use at least %(shortest)d characters: a few words in a row will do."),
    Weakness.TOO_LONG: _("Use at most %(longest)d characters."),
    Weakness.TOO_COMMON: _("This is one of the passwords that are tried first. Choose another."),
    Weakness.OWN_WORDS: _("Leave out your name, your address and the name of the business."),
}


class PasswordCheck:
    """A validator of ``AUTH_PASSWORD_VALIDATORS``; the only one."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise a ``ValidationError`` with the sentence for what is wrong."""
        weakness = weakness_of(password=password, own_words=_own_words(user), common=_common())
        if weakness is not None:
            raise ValidationError(
                _SENTENCES[weakness],
                code=weakness,
                params={"shortest": SHORTEST, "longest": LONGEST},
            )

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _SENTENCES[Weakness.TOO_SHORT] % {"shortest": SHORTEST}


def _own_words(account: Account | None) -> list[str]:
    words = ["clientela", urlsplit(settings.PUBLIC_URL).hostname or ""]
    if account is None:
        return words
    words += [account.name, account.email, *account.email.replace("@", ".").split(".")]
    if account._state.adding:
        return words
    with system_scope("the names of a person's businesses, in none of them"):
        work = Membership.objects.filter(account_id=account.pk, ended_at__isnull=True)
        words += work.values_list("business__name", flat=True)
        words += [card.business.name for card in own_cards(account_id=account.pk)]
    return words


@cache
def _common() -> frozenset[str]:
    """Django's list of twenty thousand, read once."""
    return frozenset(CommonPasswordValidator().passwords)
