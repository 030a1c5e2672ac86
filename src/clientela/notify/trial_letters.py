"""Two short mails that help to find out why something did not arrive: a test, and the way back to texts."""

from __future__ import annotations

from urllib.parse import quote

from django.utils.translation import gettext as _

from clientela.notify.account_letter import AccountLetter


def trial_letter(*, language: str, business: str, domains: str) -> AccountLetter:
    """The test: that it is read is all it is for. ``domains`` is what to put on the safe list; it may be blank."""
    sentences = [
        _("You can read this: email from %(business)s reaches you.") % {"business": business}
    ]
    if domains:
        sentences.append(
            _(
                "If you found it in spam or another folder, move it to your inbox and put %(domains)s on your safe list."
            )
            % {"domains": domains}
        )
    return AccountLetter(
        language=language,
        subject=_("A test from %(business)s") % {"business": business},
        headline=_("This is a test"),
        sentences=tuple(sentences),
        why=_("%(business)s sent it to see whether its messages arrive.") % {"business": business},
        sender_name=business,
    )


def start_letter(*, language: str, business: str, sender: str) -> AccountLetter:
    """The way back to texts for somebody whose number sent STOP: only they can take that back."""
    return AccountLetter(
        language=language,
        subject=_("Texts from %(business)s are stopped") % {"business": business},
        headline=_("Would you like texts again?"),
        sentences=(
            _("Your number once answered STOP, so %(business)s sends it no texts.")
            % {"business": business},
            _("If you would like them again, text START to %(sender)s from that phone.")
            % {"sender": sender},
        ),
        button=_("Text START"),
        link=start_link(sender),
        why=_("If you do not want texts, you need do nothing."),
        sender_name=business,
    )


def start_link(sender: str) -> str:
    """An address that opens a phone's text with START written in it."""
    return f"sms:{quote(sender, safe='+')}?body=START"
