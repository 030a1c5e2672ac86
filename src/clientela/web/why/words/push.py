"""Notices on the client's devices."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from clientela.web.why.words.saying import FAIL, PASS, UNKNOWN, Key, Saying

_NONE = Saying(
    pgettext_lazy("check", "No device takes notices"),
    pgettext_lazy("check", "They switch them on in their own pages, among their messages."),
    pgettext_lazy("check", "None of your devices takes notices"),
    pgettext_lazy("check", "Switch them on among your messages, if you would like them."),
)

SAYINGS: Final[dict[Key, Saying]] = {
    ("push-device", PASS, ""): Saying(pgettext_lazy("check", "A device takes notices")),
    ("push-device", UNKNOWN, ""): _NONE,
    ("push-device", FAIL, ""): _NONE,
    ("push-taken", PASS, ""): Saying(
        pgettext_lazy("check", "The notice service took every notice")
    ),
    ("push-taken", FAIL, "line-down"): Saying(
        pgettext_lazy("check", "The notice service cannot be reached"),
        pgettext_lazy(
            "check", "It is asked every minute. What is still news then leaves by itself."
        ),
        "",
        pgettext_lazy("check", "That is on our side. What is still news then leaves by itself."),
    ),
    ("push-taken", FAIL, "line-was-down"): Saying(
        pgettext_lazy("check", "The notice service could not be reached until it was too late"),
        pgettext_lazy("check", "If it is still news, send it again."),
        "",
        pgettext_lazy("check", "That was on our side. If it is still news, send it again."),
    ),
    ("push-taken", FAIL, ""): Saying(
        pgettext_lazy("check", "The notice service refused the notice"),
        pgettext_lazy("check", "Send it again."),
    ),
}
