"""Why two cards may be one person's, in words: a sentence for each line of evidence of ``rules/client_match.py``.

The sentences are spoken in the active language: ask for them when the page is drawn, not when the pair is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy as _

from clientela.rules.match_evidence import MILLI, Evidence, Reason

_ONE_VALUE: Final = {
    Reason.SAME_GIVEN_NAME: _("same given name, “%(one)s”"),
    Reason.SAME_SURNAMES: _("same surnames, “%(one)s”"),
    Reason.SAME_EMAIL: _("same e-mail address, %(one)s"),
    Reason.EMAIL_OF_MANY: _("same e-mail address, but many clients have it: %(one)s"),
    Reason.SAME_PHONE: _("same telephone, %(one)s"),
    Reason.PHONE_OF_MANY: _("same telephone, but many clients have it: %(one)s"),
    Reason.SAME_BIRTHDAY: _("same birthday, %(one)s"),
    Reason.COULD_BE_FAMILY: _("could be two people of one family or couple"),
}
_TWO_VALUES: Final = {
    Reason.FAMILIAR_FORM: _("“%(one)s” and “%(other)s” are forms of one name"),
    Reason.POSSIBLE_FORM: _("“%(one)s” and “%(other)s” are sometimes forms of one name"),
    Reason.PART_OF_GIVEN_NAME: _("“%(one)s” and “%(other)s”: part of a longer given name"),
    Reason.COMMON_PART_OF_GIVEN_NAME: _(
        "“%(one)s” and “%(other)s”: part of a longer given name, and a part that many share"
    ),
    Reason.INITIAL_AGREES: _("the initial agrees: “%(one)s” and “%(other)s”"),
    Reason.GIVEN_NAME_MISTYPED: _("given names spelled almost alike: “%(one)s” and “%(other)s”"),
    Reason.GIVEN_NAMES_DIFFER: _("different given names: “%(one)s” and “%(other)s”"),
    Reason.NAME_IN_ANOTHER_ORDER: _("the same name in another order: “%(one)s” and “%(other)s”"),
    Reason.SAME_SURNAME: _("a surname in common: “%(one)s” and “%(other)s”"),
    Reason.SURNAME_IN_ANOTHER_PLACE: _(
        "the one surname of one is the second of the other: “%(one)s” and “%(other)s”"
    ),
    Reason.SURNAME_MISTYPED: _("surnames spelled almost alike: “%(one)s” and “%(other)s”"),
    Reason.SURNAME_INITIAL: _("the initial of the surname agrees: “%(one)s” and “%(other)s”"),
    Reason.ONE_SURNAME_DIFFERS: _(
        "one surname in common, another different: “%(one)s” and “%(other)s”"
    ),
    Reason.SURNAMES_DIFFER: _("different surnames: “%(one)s” and “%(other)s”"),
    Reason.SAME_MAILBOX: _("addresses of one mailbox: %(one)s and %(other)s"),
    Reason.SAME_EMAIL_TAGGED: _(
        "the same address with something added behind “+”: %(one)s and %(other)s"
    ),
    Reason.EMAIL_MISTYPED: _("addresses spelled almost alike: %(one)s and %(other)s"),
    Reason.EMAIL_OTHER_PROVIDER: _("the same address with another provider: %(one)s and %(other)s"),
    Reason.EMAILS_DIFFER: _("different e-mail addresses: %(one)s and %(other)s"),
    Reason.PHONE_MISTYPED: _("telephones that differ in one digit: %(one)s and %(other)s"),
    Reason.PHONES_DIFFER: _("different telephones: %(one)s and %(other)s"),
    Reason.BIRTHDAY_SWAPPED: _(
        "the same birthday with day and month exchanged: %(one)s and %(other)s"
    ),
    Reason.BIRTHDAY_MISTYPED: _("birthdays written almost alike: %(one)s and %(other)s"),
    Reason.BIRTHDAY_PLACEHOLDER: _(
        "birthdays that are often filled in without asking: %(one)s and %(other)s"
    ),
    Reason.BIRTHDAYS_DIFFER: _("different birthdays: %(one)s and %(other)s"),
}
# Where both cards say the same, it is said once.
_SAID_ALIKE: Final = {
    Reason.SAME_SURNAME: _("a surname in common, “%(one)s”"),
    Reason.BIRTHDAY_PLACEHOLDER: _(
        "the same birthday, but one that is often filled in without asking: %(one)s"
    ),
}
_MINUS: Final = "\u2212"
_WORDS: Final = _ONE_VALUE | _TWO_VALUES


def sentence(evidence: Evidence) -> str:
    """Return one line of evidence as a phrase in the active language, with the values as they were typed."""
    one, other = evidence.said
    words = _WORDS[evidence.reason]
    if one.casefold() == other.casefold():
        words = _SAID_ALIKE.get(evidence.reason, words)
    return str(words) % {"one": one, "other": other}


def weight(evidence: Evidence) -> str:
    """Return how much a line weighs, in bits with its sign and one decimal as the active language writes it."""
    bits = round(evidence.millibits / MILLI, 1)
    sign = _MINUS if bits < 0 else "+"
    return f"{sign}{number_format(abs(bits), decimal_pos=1, use_l10n=True)}"


def because(evidence: Iterable[Evidence]) -> str:
    """Return a whole explanation on one line: each phrase with its weight, in the order given."""
    lines = [
        gettext("%(phrase)s (%(bits)s)") % {"phrase": sentence(one), "bits": weight(one)}
        for one in evidence
    ]
    return "; ".join(lines)
