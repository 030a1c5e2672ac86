"""The devices: what each would have shown on its screen."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clientela.notify.models import PushDevice, SimulatedPush
from clientela.web.browser_words import icon_of, words_of
from clientela.web.simulator.only_here import simulator_only
from clientela.web.visitor import device_zone

MOST_DEVICES, MOST_SHOWN = 30, 20


@dataclass(frozen=True, slots=True)
class Screen:
    """One device and what is on its screen, newest first."""

    words: str
    icon: str
    email: str
    is_on: bool
    shown: list[SimulatedPush]


@simulator_only
def pushes(request: HttpRequest) -> HttpResponse:
    """Every device of everybody, those with the newest notice first. Unchanged since ``?seen=``: nothing to swap in."""
    newest = SimulatedPush.objects.order_by("-at", "-id").values_list("pk", "at").first()
    mark = f"{newest[0]}-{newest[1]:%H%M%S}" if newest else "none"
    if request.headers.get("HX-Request") and request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    context = {"screens": _screens(), "newest": mark, "zone": device_zone(request) or "UTC"}
    return render(request, "simulator/pushes.html", context)


def _screens() -> list[Screen]:
    devices = PushDevice.objects.select_related("account").prefetch_related("simulated")
    screens = [
        Screen(
            words=words_of(one.name),
            icon=icon_of(one.name),
            email=one.account.email,
            is_on=one.ended_at is None,
            shown=list(one.simulated.all())[:MOST_SHOWN],
        )
        for one in devices[:MOST_DEVICES]
    ]
    return sorted(screens, key=lambda one: bool(one.shown), reverse=True)
