"""A browser in two words. The long line in which it describes itself is read once and never kept."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

# The first that is found counts: many browsers name others besides themselves. The kept words are found again.
_BROWSERS: Final = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("opera", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("samsung internet", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("/mac", "Mac"),
    ("cros", "Chromebook"),
    ("chromebook", "Chromebook"),
    ("linux", "Linux"),
)
_HAND_HELD: Final = frozenset({"iPhone", "iPad", "Android"})
_MARK: Final = "/"


def key_of(user_agent: str) -> str:
    """What is kept of a browser's description: `Firefox/Android`; a part that is not known is left blank.

    Of what was kept it makes the same again.
    """
    said = user_agent.lower()
    return _MARK.join((_first(_BROWSERS, said), _first(_SYSTEMS, said)))


def words_of(key: str) -> str:
    """The kept key in words, in the language in force."""
    browser, _mark, system = key.partition(_MARK)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser")


def icon_of(key: str) -> str:
    """The icon beside the words."""
    return "smartphone" if key.rpartition(_MARK)[2] in _HAND_HELD else "monitor-smartphone"


def _first(known: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for sign, name in known if sign in said), "")
