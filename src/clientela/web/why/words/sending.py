"""Whether messages leave at all."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from clientela.web.why.words.saying import FAIL, PASS, UNKNOWN, Key, Saying

SAYINGS: Final[dict[Key, Saying]] = {
    ("sending-released", PASS, ""): Saying(pgettext_lazy("check", "Messages may leave")),
    ("sending-released", FAIL, ""): Saying(
        pgettext_lazy("check", "All messages are held back since a backup was restored"),
        pgettext_lazy(
            "check",
            "Since %(since)s. Whoever looks after the installation lets them go, once it is clear what was sent already.",
        ),
        pgettext_lazy("check", "All messages are held back for the moment"),
        pgettext_lazy("check", "Since %(since)s. It has nothing to do with you."),
    ),
    ("sending-released", FAIL, "copy"): Saying(
        pgettext_lazy("check", "This business is a copy, and its messages are not switched on yet"),
        pgettext_lazy(
            "check",
            "So that nobody is written to twice, nothing about appointments leaves it. An owner switches that on in the plan of messages.",
        ),
        pgettext_lazy("check", "The business has not switched its messages on yet"),
        pgettext_lazy("check", "It has nothing to do with you."),
    ),
    ("worker-alive", PASS, ""): Saying(
        pgettext_lazy("check", "The program that sends messages is running")
    ),
    ("worker-alive", FAIL, ""): Saying(
        pgettext_lazy("check", "The program that sends messages is not running"),
        pgettext_lazy(
            "check", "Nothing leaves until it runs again. What is still news then leaves by itself."
        ),
    ),
    ("worker-alive", FAIL, "was-down"): Saying(
        pgettext_lazy("check", "The program that sends messages was not running at the time"),
        pgettext_lazy("check", "It runs again now."),
    ),
    ("messages-planned", PASS, ""): Saying(
        pgettext_lazy("check", "Every message there should be has its line")
    ),
    ("messages-planned", UNKNOWN, "none"): Saying(
        pgettext_lazy("check", "No message is noted"),
        pgettext_lazy(
            "check",
            "What was taken over from a file is not announced. Of what was booked this moment, the first line comes within seconds.",
        ),
    ),
    ("outcome-known", PASS, ""): Saying(
        pgettext_lazy("check", "It is known what became of each message")
    ),
    ("outcome-known", FAIL, ""): Saying(
        pgettext_lazy("check", "A message may or may not have left"),
        pgettext_lazy(
            "check",
            "The connection broke off in between. Ask whether it arrived; if not, send it again.",
        ),
        "",
        pgettext_lazy(
            "check", "The connection broke off in between. If it did not arrive, send it again."
        ),
    ),
}
