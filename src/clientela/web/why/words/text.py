"""Texts."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from clientela.web.why.words.saying import (
    FAIL,
    NO_GATEWAY,
    NO_NUMBER,
    PASS,
    UNKNOWN,
    Key,
    Saying,
)

_BOTH_NUMBERS = pgettext_lazy("check", "Booking: %(used)s · profile: %(card)s")

SAYINGS: Final[dict[Key, Saying]] = {
    ("texts-sent", PASS, ""): Saying(
        pgettext_lazy("check", "The business sends texts"),
        pgettext_lazy("check", "From %(sender)s"),
    ),
    ("texts-sent", PASS, "none"): NO_GATEWAY,
    ("texts-sent", FAIL, ""): Saying(
        pgettext_lazy("check", "The business sends no texts"),
        pgettext_lazy("check", "No text gateway is connected. Everything goes by email."),
        "",
        pgettext_lazy("check", "Everything goes by email here."),
    ),
    ("text-gateway", PASS, ""): Saying(pgettext_lazy("check", "The text gateway takes our texts")),
    ("text-gateway", FAIL, "down"): Saying(
        pgettext_lazy("check", "The text gateway does not answer"),
        pgettext_lazy("check", "Look at its account and its key in the settings."),
        "",
        pgettext_lazy("check", "That is on our side."),
    ),
    ("text-gateway", FAIL, "line-down"): Saying(
        pgettext_lazy("check", "The text gateway cannot be reached"),
        pgettext_lazy(
            "check", "It is asked every minute. What is still news then leaves by itself."
        ),
        "",
        pgettext_lazy("check", "That is on our side. What is still news then leaves by itself."),
    ),
    ("text-gateway", FAIL, "line-was-down"): Saying(
        pgettext_lazy("check", "The text gateway could not be reached until it was too late"),
        pgettext_lazy("check", "If it is still news, send it again."),
        "",
        pgettext_lazy("check", "That was on our side. If it is still news, send it again."),
    ),
    ("text-gateway", FAIL, ""): Saying(
        pgettext_lazy("check", "The text gateway refused the text"),
        pgettext_lazy("check", "Send it again."),
    ),
    ("text-gateway", UNKNOWN, "no-gateway"): NO_GATEWAY,
    ("text-money", PASS, ""): Saying(
        pgettext_lazy("check", "There is money left for this month’s texts"),
        "",
        pgettext_lazy("check", "The business still sends texts this month"),
    ),
    ("text-money", FAIL, ""): Saying(
        pgettext_lazy("check", "This month’s money for texts is used up"),
        pgettext_lazy("check", "Raise the limit in the settings; next month begins anew."),
        pgettext_lazy("check", "The business sends no more texts this month"),
        pgettext_lazy("check", "Email goes on as before."),
    ),
    ("text-money", UNKNOWN, "no-gateway"): NO_GATEWAY,
    ("text-country", PASS, ""): Saying(
        pgettext_lazy("check", "Texts go to the country of this number")
    ),
    ("text-country", FAIL, ""): Saying(
        pgettext_lazy("check", "Texts to the country of this number are switched off"),
        pgettext_lazy("check", "%(number)s. Countries are allowed in the settings."),
        "",
        pgettext_lazy("check", "%(number)s. Everything goes by email."),
    ),
    ("text-country", UNKNOWN, "no-gateway"): NO_GATEWAY,
    ("text-country", UNKNOWN, "no-number"): NO_NUMBER,
    ("text-limit", PASS, ""): Saying(
        pgettext_lazy("check", "The number has not had too many texts")
    ),
    ("text-limit", FAIL, ""): Saying(
        pgettext_lazy("check", "The number has had all its texts for one day"),
        pgettext_lazy("check", "A limit keeps phones from being flooded. Send it again tomorrow."),
    ),
    ("text-number", PASS, ""): Saying(
        pgettext_lazy("check", "There is a phone number"), "%(number)s"
    ),
    ("text-number", PASS, "unneeded"): Saying(
        pgettext_lazy("check", "There is no phone number, and none is needed")
    ),
    ("text-number", FAIL, ""): Saying(
        pgettext_lazy("check", "There is no phone number"),
        pgettext_lazy("check", "Texts need a mobile number."),
    ),
    ("text-number-exists", PASS, ""): Saying(
        pgettext_lazy("check", "The number can exist"), "%(number)s"
    ),
    ("text-number-exists", FAIL, ""): Saying(
        pgettext_lazy("check", "Nobody can have this number"),
        pgettext_lazy("check", "%(number)s has a digit too many, too few, or a wrong one."),
    ),
    ("text-number-exists", FAIL, "carrier"): Saying(
        pgettext_lazy("check", "The phone company does not know this number"),
        pgettext_lazy("check", "%(number)s. Correct it, or try it once more."),
    ),
    ("text-number-exists", UNKNOWN, "no-number"): NO_NUMBER,
    ("text-mobile", PASS, ""): Saying(
        pgettext_lazy("check", "The number is a mobile"), "%(number)s"
    ),
    ("text-mobile", PASS, "arrived"): Saying(
        pgettext_lazy("check", "Texts arrive at this number"),
        pgettext_lazy("check", "%(number)s, the last one %(at)s"),
    ),
    ("text-mobile", FAIL, ""): Saying(
        pgettext_lazy("check", "This number is a landline"),
        pgettext_lazy("check", "%(number)s gets no texts. A mobile number would."),
    ),
    ("text-mobile", FAIL, "carrier"): Saying(
        pgettext_lazy("check", "This number is a landline, the phone company says"),
        pgettext_lazy("check", "%(number)s gets no texts. A mobile number would."),
    ),
    ("text-mobile", UNKNOWN, ""): Saying(
        pgettext_lazy("check", "Mobile or landline? The number does not tell"),
        pgettext_lazy(
            "check", "%(number)s. In some countries both look alike; a test text shows it."
        ),
    ),
    ("text-mobile", UNKNOWN, "no-number"): NO_NUMBER,
    ("number-current", PASS, ""): Saying(
        pgettext_lazy("check", "The number is in use"),
        pgettext_lazy("check", "A text arrived at %(number)s %(at)s."),
    ),
    ("number-current", UNKNOWN, ""): Saying(
        pgettext_lazy("check", "Has the number changed?"),
        pgettext_lazy("check", "Ask whether %(number)s is still theirs."),
        "",
        pgettext_lazy("check", "We have %(number)s. Is it still yours?"),
    ),
    ("number-current", UNKNOWN, "no-number"): NO_NUMBER,
    ("number-typed-right", PASS, ""): Saying(
        pgettext_lazy("check", "Booking and profile have the same number"), "%(number)s"
    ),
    ("number-typed-right", PASS, "card"): Saying(
        pgettext_lazy("check", "The booking has no number of its own"),
        pgettext_lazy("check", "The profile’s counts: %(number)s"),
    ),
    ("number-typed-right", FAIL, ""): Saying(
        pgettext_lazy("check", "One of two numbers looks mistyped"), _BOTH_NUMBERS
    ),
    ("number-typed-right", UNKNOWN, "two"): Saying(
        pgettext_lazy("check", "Booking and profile have different numbers"), _BOTH_NUMBERS
    ),
    ("number-typed-right", UNKNOWN, "no-number"): NO_NUMBER,
    ("phone-reached", PASS, ""): Saying(pgettext_lazy("check", "No phone was out of reach")),
    ("phone-reached", FAIL, ""): Saying(
        pgettext_lazy("check", "The phone could not be reached"),
        pgettext_lazy("check", "It may be switched off, or without a signal. Send it again."),
    ),
    ("phone-reached", FAIL, "gone"): Saying(
        pgettext_lazy("check", "The number cannot be reached any more"),
        pgettext_lazy("check", "%(number)s. Correct it, or try it once more."),
    ),
    ("text-sender", PASS, ""): Saying(
        pgettext_lazy("check", "Texts come from an ordinary number"), "%(sender)s"
    ),
    ("text-sender", PASS, "name"): Saying(
        pgettext_lazy("check", "Texts come from a name"),
        pgettext_lazy("check", "%(sender)s: nobody can answer it."),
    ),
    ("text-sender", UNKNOWN, "toll-free"): Saying(
        pgettext_lazy("check", "Texts come from a toll-free number"),
        pgettext_lazy(
            "check",
            "%(sender)s: some phone companies filter these. If it is not among the blocked numbers of their phone, they can ask their phone company.",
        ),
        "",
        pgettext_lazy(
            "check",
            "%(sender)s: some phone companies filter these. If it is not among the blocked numbers of your phone, ask your phone company.",
        ),
    ),
    ("text-sender", UNKNOWN, "no-gateway"): NO_GATEWAY,
    ("text-not-filtered", PASS, ""): Saying(
        pgettext_lazy("check", "Phone companies let our texts through"),
        pgettext_lazy("check", "One arrived %(at)s."),
    ),
    ("text-not-filtered", FAIL, ""): Saying(
        pgettext_lazy("check", "The phone company filtered our text"),
        pgettext_lazy(
            "check", "They can ask it to let our number through; then send the text again."
        ),
        "",
        pgettext_lazy("check", "Ask it to let our number through; then send the text again."),
    ),
    ("text-not-filtered", UNKNOWN, ""): Saying(
        pgettext_lazy("check", "Does the phone company filter our texts?"),
        pgettext_lazy(
            "check",
            "No receipt says so. They can look at the blocked numbers of their phone, then ask their phone company.",
        ),
        "",
        pgettext_lazy(
            "check",
            "No receipt says so. Look at the blocked numbers of your phone, then ask your phone company.",
        ),
    ),
    ("text-not-stopped", PASS, ""): Saying(
        pgettext_lazy("check", "The number has not stopped texts"), "%(number)s"
    ),
    ("text-not-stopped", FAIL, ""): Saying(
        pgettext_lazy("check", "Texts to this number were stopped by STOP"),
        pgettext_lazy(
            "check",
            "%(number)s, since %(since)s. Only they can take that back, by answering START in the same thread as before.",
        ),
        pgettext_lazy("check", "You stopped the texts with STOP"),
        pgettext_lazy(
            "check",
            "%(number)s, since %(since)s. Answer START in the same thread as before, and texts come again.",
        ),
        by_link=pgettext_lazy(
            "check", "%(number)s. Answer START in the same thread as before, and texts come again."
        ),
    ),
    ("text-not-stopped", UNKNOWN, "no-number"): NO_NUMBER,
    ("answers-read", PASS, ""): Saying(pgettext_lazy("check", "No answer waits to be read")),
    ("answers-read", UNKNOWN, ""): Saying(
        pgettext_lazy("check", "They wrote back, and nobody has read it yet"),
        pgettext_lazy("check", "It may say why. It is in the desk’s Messages."),
    ),
}
