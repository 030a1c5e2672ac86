"""What the client chose, and what they may hear."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from clientela.web.why.words.saying import FAIL, PASS, UNKNOWN, Key, Saying

SAYINGS: Final[dict[Key, Saying]] = {
    ("channel-chosen", PASS, "both"): Saying(pgettext_lazy("check", "Email and text are chosen")),
    ("channel-chosen", PASS, "email"): Saying(pgettext_lazy("check", "Email is chosen")),
    ("channel-chosen", FAIL, "none"): Saying(
        pgettext_lazy("check", "The client has turned messages off"),
        pgettext_lazy(
            "check", "Turn them on only if the client asks for it; that is kept as evidence."
        ),
        pgettext_lazy("check", "You have turned messages off"),
        pgettext_lazy("check", "Turn them on again, whenever you like."),
    ),
    ("channel-chosen", FAIL, "email"): Saying(
        pgettext_lazy("check", "Only email is chosen, no texts"),
        pgettext_lazy("check", "Add texts if the client asks for them; that is kept as evidence."),
        pgettext_lazy("check", "You have chosen email, no texts"),
        pgettext_lazy("check", "Add texts, if you would like them."),
    ),
    ("channel-chosen", UNKNOWN, "email"): Saying(
        pgettext_lazy("check", "Email is chosen, no texts"),
        pgettext_lazy("check", "If they expected a text, this is why there was none."),
        pgettext_lazy("check", "You have chosen email, no texts"),
        pgettext_lazy("check", "If you expected a text, this is why there was none."),
    ),
    ("activated", PASS, ""): Saying(
        pgettext_lazy("check", "These messages need no activated account")
    ),
    ("activated", PASS, "active"): Saying(pgettext_lazy("check", "The account is active")),
    ("activated", FAIL, ""): Saying(
        pgettext_lazy("check", "The client has not activated an account yet"),
        pgettext_lazy(
            "check",
            "Until then this message is not sent, so that nobody is written to against their will. The welcome email invites them.",
        ),
        pgettext_lazy("check", "You have no account here yet"),
        pgettext_lazy("check", "With an account you choose which messages you get."),
        you_by_link=pgettext_lazy("check", "You have not chosen your messages yet"),
    ),
    ("activated", FAIL, "has-account"): Saying(
        pgettext_lazy("check", "The client has not chosen their messages yet"),
        pgettext_lazy(
            "check",
            "They have an account. The next time they sign in, they are asked which messages they want.",
        ),
        pgettext_lazy("check", "You have not chosen your messages yet"),
        pgettext_lazy("check", "Choose them, and they come."),
    ),
    ("address-proved", PASS, ""): Saying(
        pgettext_lazy("check", "These messages need no confirmed address")
    ),
    ("address-proved", PASS, "proved"): Saying(pgettext_lazy("check", "The address is confirmed")),
    ("address-proved", FAIL, ""): Saying(
        pgettext_lazy("check", "The address has not been confirmed"),
        pgettext_lazy(
            "check",
            "%(address)s: this business writes to confirmed addresses only. With the welcome email the client confirms it.",
        ),
        pgettext_lazy("check", "Your address has not been confirmed"),
        pgettext_lazy(
            "check",
            "%(address)s: this business writes to confirmed addresses only. Confirm it in your profile.",
        ),
        by_link=pgettext_lazy(
            "check",
            "%(address)s: this business writes to confirmed addresses only. With an account you confirm it.",
        ),
    ),
    ("consent-kept", PASS, ""): Saying(
        pgettext_lazy("check", "The client agreed to messages"),
        pgettext_lazy("check", "%(at)s, %(how)s"),
        pgettext_lazy("check", "You agreed to messages"),
        by_link="",
    ),
    ("consent-kept", FAIL, ""): Saying(
        pgettext_lazy("check", "Nobody has agreed to these messages yet"),
        pgettext_lazy("check", "Ask the client, and keep here what they say."),
        pgettext_lazy("check", "You have not agreed to messages yet"),
        pgettext_lazy("check", "Choose them here, and they come."),
    ),
    ("consent-kept", FAIL, "texts"): Saying(
        pgettext_lazy("check", "The client’s last word was email, no texts"),
        pgettext_lazy("check", "If they want texts again, keep here that they say so."),
        pgettext_lazy("check", "Your last word was email, no texts"),
        pgettext_lazy("check", "If you want texts again, say so here."),
    ),
    ("consent-kept", UNKNOWN, "none-wanted"): Saying(
        pgettext_lazy("check", "Messages are turned off, so nothing is to be agreed")
    ),
    ("rule-on", PASS, ""): Saying(pgettext_lazy("check", "The message is switched on")),
    ("rule-on", FAIL, ""): Saying(
        pgettext_lazy("check", "This message is switched off"),
        pgettext_lazy("check", "%(message)s. It is switched on in the settings, under Messages."),
        pgettext_lazy("check", "The business does not send this message"),
        "%(message)s",
    ),
    ("told-once", PASS, ""): Saying(pgettext_lazy("check", "Nothing had been said already")),
    ("told-once", PASS, "series"): Saying(
        pgettext_lazy("check", "One message tells it for the whole series")
    ),
    ("still-true", PASS, ""): Saying(pgettext_lazy("check", "No message was overtaken")),
    ("still-true", PASS, "overtaken"): Saying(
        pgettext_lazy("check", "A newer message took the place of an older one"),
        pgettext_lazy("check", "The older one would have told what was no longer so."),
    ),
}
