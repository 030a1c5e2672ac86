"""Zones and hours."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from clientela.web.why.words.saying import FAIL, PASS, UNKNOWN, Key, Saying

_OTHER_PROFILE = pgettext_lazy("check", "The profile is in another zone than the place")

SAYINGS: Final[dict[Key, Saying]] = {
    ("place-zone", PASS, ""): Saying(
        pgettext_lazy("check", "The appointment is kept in the place’s own time"), "%(place)s"
    ),
    ("place-zone", FAIL, "moved"): Saying(
        pgettext_lazy("check", "The clocks changed under this appointment"),
        pgettext_lazy(
            "check",
            "In %(place)s it now reads another hour than was promised. Move it, or tell the client.",
        ),
        "",
        pgettext_lazy(
            "check", "In %(place)s it now reads another hour than was promised. Ask which counts."
        ),
    ),
    ("place-zone", FAIL, "unknown-zone"): Saying(
        pgettext_lazy("check", "The zone of the location is not known"),
        pgettext_lazy("check", "%(place)s. Choose another one in the settings."),
    ),
    ("booking-zone", PASS, ""): Saying(
        pgettext_lazy("check", "Messages are written in the place’s time"), "%(place)s"
    ),
    ("booking-zone", PASS, "locked"): Saying(
        pgettext_lazy("check", "All times are locked to the place’s zone"), "%(place)s"
    ),
    ("booking-zone", UNKNOWN, "chosen"): Saying(
        pgettext_lazy("check", "Messages are written in the zone chosen when booking"),
        pgettext_lazy(
            "check", "%(booking)s, while the place is in %(place)s. Ask whether that was meant."
        ),
        "",
        pgettext_lazy("check", "%(booking)s, while the place is in %(place)s. Was that meant?"),
    ),
    ("device-zone", PASS, "own"): Saying(
        pgettext_lazy("check", "It was not booked by hand at the desk")
    ),
    ("device-zone", PASS, "home"): Saying(
        pgettext_lazy("check", "It was booked by hand on a device in the place’s time"),
        "%(device)s",
    ),
    ("device-zone", UNKNOWN, ""): Saying(
        pgettext_lazy("check", "On which device it was booked by hand is not known"),
        pgettext_lazy("check", "If somebody was travelling, check the hour."),
    ),
    ("device-zone", FAIL, ""): Saying(
        pgettext_lazy("check", "It was booked by hand on a device in another zone"),
        pgettext_lazy(
            "check",
            "The device was on the time of %(device)s, the place is in %(place)s. Check that the hour is the one that was agreed.",
        ),
    ),
    ("reader-device", PASS, ""): Saying(
        pgettext_lazy("check", "This device is on the place’s time"), "%(device)s"
    ),
    ("reader-device", UNKNOWN, ""): Saying(
        pgettext_lazy("check", "The zone of this device is not known")
    ),
    ("reader-device", FAIL, ""): Saying(
        pgettext_lazy("check", "This device is not on the place’s time"),
        pgettext_lazy(
            "check",
            "It reads %(device)s, and so does the calendar on it; the place is in %(place)s. The zone is changed in the device itself.",
        ),
    ),
    ("booked-in-time", PASS, ""): Saying(pgettext_lazy("check", "It was booked early enough")),
    ("booked-in-time", FAIL, ""): Saying(
        pgettext_lazy("check", "It was booked too late for this message"),
        pgettext_lazy(
            "check", "The time to send it had passed when the appointment was booked or moved."
        ),
    ),
    ("profile-zone", PASS, ""): Saying(
        pgettext_lazy("check", "The profile is in the place’s time"), "%(profile)s"
    ),
    ("profile-zone", PASS, "none"): Saying(
        pgettext_lazy("check", "The profile names no zone; the place’s counts"), "%(place)s"
    ),
    ("profile-zone", FAIL, ""): Saying(
        _OTHER_PROFILE,
        pgettext_lazy(
            "check",
            "Profile: %(profile)s · place: %(place)s. Messages are written in the profile’s time.",
        ),
    ),
    ("profile-zone", FAIL, "unused"): Saying(
        _OTHER_PROFILE,
        pgettext_lazy(
            "check",
            "Profile: %(profile)s · place: %(place)s. For this appointment the profile’s does not count.",
        ),
    ),
    ("quiet-hours", PASS, ""): Saying(pgettext_lazy("check", "No message fell into quiet hours")),
    ("quiet-hours", FAIL, ""): Saying(
        pgettext_lazy("check", "It fell into the quiet hours"),
        pgettext_lazy("check", "When they ended, it was too late to be of use."),
    ),
}
