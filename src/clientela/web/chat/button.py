"""Where the button "Write to us" leads, for every page: a context processor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from django.http import HttpRequest

# Here the button would lead to where one is, or nowhere: before the first account, and offline.
_WITHOUT: Final = ("chat:", "setup:", "simulator:", "installable:")


def support_url(request: HttpRequest) -> dict[str, str]:
    """Name the address of the chat; it says from which business's page one comes. Asks nothing of the database.

    Pages of error are drawn with it, too, so it never fails.
    """
    match = getattr(request, "resolver_match", None)
    if match is not None and match.view_name.startswith(_WITHOUT):
        return {}
    try:
        url = reverse("chat:open")
    except NoReverseMatch:
        return {}
    business = getattr(request, "business", None)
    if business is None:
        return {"support_url": url}
    desk = "&desk=1" if getattr(request, "membership", None) is not None else ""
    return {"support_url": f"{url}?at={business.slug}{desk}"}
