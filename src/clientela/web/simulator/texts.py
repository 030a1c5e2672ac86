"""The telephones: who got texts, one telephone's thread with one sender, and answering as its owner would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clientela.notify.actions.answer_simulated_text import answer_simulated_text
from clientela.notify.models import SimulatedText, TextGateway
from clientela.notify.safe_text import one_line
from clientela.people.models import Identifier, IdentifierKind
from clientela.people.phones import as_read
from clientela.platform import clock
from clientela.web.simulator.only_here import simulator_only
from clientela.web.visitor import device_zone

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Phone:
    """One telephone's thread with one sender, in the list."""

    number: str
    sender: str
    shown: str
    sender_shown: str
    name: str
    last: str
    url: str
    is_open: bool


@simulator_only
def texts(request: HttpRequest) -> HttpResponse:
    """GET shows the telephones, or one (``?phone=&from=``); POST texts back from it."""
    phone, sender = (one_line(request.GET.get(name, ""), longest=20) for name in ("phone", "from"))
    if request.method == "POST":
        now = clock.now()
        answer_simulated_text(
            number=phone, sender=sender, body=request.POST.get("body", ""), now=now
        )
        return HttpResponseRedirect(_url(phone, sender))
    thread = _thread(phone, sender)
    newest = f"{thread[-1].pk}-{thread[-1].state}" if thread else "none"
    if request.headers.get("HX-Request") and request.GET.get("seen") == newest:
        return HttpResponse(status=204)
    phones = _phones(phone, sender)
    context = {
        "phones": phones,
        "opened": next((one for one in phones if one.is_open), None),
        "thread": thread,
        "newest": newest,
        "email": _email_of(phone) if thread else "",
        "quick": ("STOP", "START", _("Thank you")),
        "zone": device_zone(request) or "UTC",
    }
    return render(request, "simulator/texts.html", context)


def _url(phone: str, sender: str) -> str:
    return f"{reverse('simulator:texts')}?{urlencode({'phone': phone, 'from': sender})}"


def _thread(phone: str, sender: str) -> list[SimulatedText]:
    """The last texts between the two, oldest first."""
    rows = SimulatedText.objects.filter(number=phone, sender=sender)[:MOST_SHOWN]
    return list(rows)[::-1]


def _phones(phone: str, sender: str) -> list[Phone]:
    """Every thread, the latest first."""
    rows = (
        SimulatedText.objects.order_by()
        .values_list("number", "sender")
        .annotate(latest=Max("at"))
        .order_by("-latest", "number")[:MOST_SHOWN]
    )
    pairs = [(number, by) for number, by, _latest in rows]
    names = _names([by for _number, by in pairs])
    return [
        Phone(
            number=number,
            sender=by,
            shown=as_read(number),
            sender_shown=as_read(by),
            name=names.get(by, as_read(by)),
            last=_last(number, by),
            url=_url(number, by),
            is_open=(number, by) == (phone, sender),
        )
        for number, by in pairs
    ]


def _last(number: str, sender: str) -> str:
    newest = SimulatedText.objects.filter(number=number, sender=sender).first()
    return newest.body if newest else ""


def _names(senders: Sequence[str]) -> dict[str, str]:
    """The businesses that send from these numbers; of several the last to open its gateway."""
    rows = TextGateway.objects.filter(sender__in=senders).order_by("created_at")
    return dict(rows.values_list("sender", "business__name"))


def _email_of(phone: str) -> str:
    """An address of the person with this number, whose mails may be looked at as well; blank if there is none."""
    cards = Identifier.objects.filter(kind=IdentifierKind.PHONE, value=phone).values("client")
    rows = Identifier.objects.filter(kind=IdentifierKind.EMAIL, client__in=cards)
    return rows.order_by("created_at").values_list("value", flat=True).first() or ""
