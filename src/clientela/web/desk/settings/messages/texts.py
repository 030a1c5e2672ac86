"""Texts: by whom they leave, under which sender, what they may cost, and what was heard of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, gettext_lazy, override

from clientela.business.queries.home_country import home_country
from clientela.notify.actions.connect_text_gateway import connect_text_gateway
from clientela.notify.actions.disconnect_text_gateway import disconnect_text_gateway
from clientela.notify.actions.send_direct_text import send_direct_text
from clientela.notify.actions.set_text_limits import set_text_limits
from clientela.notify.channels.sms.outward import may_reach_inside
from clientela.notify.channels.sms.registry import inbound_address, news_address
from clientela.notify.models import (
    AddressState,
    DirectText,
    GatewayName,
    TextGateway,
    TextPurpose,
    Trouble,
)
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.text_budget import spent_in_month
from clientela.people.phones import parse_phone
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Link
from clientela.web.desk.settings.messages.plan import GROUP
from clientela.web.desk.settings.messages.refused import MessageForm
from clientela.web.desk.settings.messages.text_forms import (
    SENDER_WORDS,
    GatewayForm,
    LimitsForm,
    country_names,
)
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.desk.undo import told
from clientela.web.message_words import reason_words
from clientela.web.states import Audience
from clientela.web.still_you import fresh_page

HERE: Final = "settings-texts"
NAMES: Final = {
    GatewayName.TWILIO: "Twilio",
    GatewayName.VONAGE: "Vonage",
    GatewayName.HTTP: gettext_lazy("A gateway of your own"),
    GatewayName.SIMULATOR: gettext_lazy("Simulated texts"),
}
_LAST_TESTS: Final = 3


class TestForm(MessageForm):
    """To which phone a test goes."""

    __test__ = False  # no test class, whatever it is called
    number = forms.CharField(
        label=gettext_lazy("Your mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def refuse(self, refusal: Refusal) -> None:
        """Whatever is wrong is wrong with the number."""
        refusal.field = "number"
        super().refuse(refusal)


@fresh_page
def texts(request: DoorRequest, business: str) -> HttpResponse:
    """Show how texts leave; connect, change and end the account, try it. Secrets are only ever written."""
    desk = desk_of(request)
    row = open_gateway(business_id=desk.business.pk)
    doing = request.POST.get("do", "") if request.method == "POST" else ""
    if doing == "end":
        disconnect_text_gateway(business=desk.business, by=desk.actor, now=desk.now)
        told(request, _("Ended. No text leaves any more; replies to old ones are still heard."))
        return redirect(here(desk, HERE))
    form = _form(request, desk, row, doing)
    if doing and form.is_valid():
        act, text = _act(desk, form)
        answer = saved(request, desk, form, act, then=HERE, text=text)
        if answer is not None:
            return answer
    return _page(request, desk, row, form)


def _form(request: DoorRequest, desk: Desk, row: TextGateway | None, doing: str) -> MessageForm:
    """The one form that is asked or drawn: a test, an account, or what texts may cost."""
    data = request.POST if doing else None
    by = _chosen(request)
    if doing == "test" and row is not None:
        return TestForm(data)
    if by is not None and doing in {"", "connect"}:
        return GatewayForm(data, business=desk.business, kept=row, by=by)
    return LimitsForm(data, business=desk.business, gateway=row)


def _chosen(request: DoorRequest) -> GatewayName | None:
    """Which gateway the address names, if this installation can use it."""
    wanted = request.GET.get("by", "")
    return GatewayName(wanted) if wanted in _offered() else None


def _offered() -> list[GatewayName]:
    usual = [GatewayName.TWILIO, GatewayName.VONAGE, GatewayName.HTTP]
    return [*usual, GatewayName.SIMULATOR] if may_reach_inside() else usual


def _act(desk: Desk, form: MessageForm) -> tuple[Callable[[], object], str]:
    """What a valid form asks for, and how it is told."""
    if isinstance(form, TestForm):
        return partial(_test, desk, form.cleaned_data["number"]), _("The test is on its way.")
    given: dict[str, Any] = {"business": desk.business, "by": desk.actor, "now": desk.now}
    if isinstance(form, GatewayForm):
        account = form.given_account()
        act = partial(connect_text_gateway, account=account, limits=form.limits(), **given)
        return act, _("Connected. Now send yourself a test.")
    assert isinstance(form, LimitsForm)  # noqa: S101 -- the only form left
    return partial(set_text_limits, limits=form.limits(), **given), _("Saved.")


def _test(desk: Desk, number: str) -> None:
    """Send one text that says what it is, in the language of the business."""
    phone = parse_phone(number, country=home_country(business=desk.business))
    with override(desk.business.language):
        body = _("A test of texts from %(business)s. It worked.") % {"business": desk.business.name}
    send_direct_text(
        business=desk.business,
        number=phone.e164,
        body=body,
        purpose=TextPurpose.TEST,
        now=desk.now,
    )


def _page(
    request: DoorRequest, desk: Desk, row: TextGateway | None, form: MessageForm
) -> HttpResponse:
    connecting = isinstance(form, GatewayForm)
    return form_page(
        request,
        desk,
        form,
        title=_("Texts"),
        trail=GROUP,
        back="settings",
        template="messages_texts",
        gateway=row,
        by=_chosen(request) if connecting else None,
        by_name=NAMES[by] if (by := _chosen(request)) else "",
        choices=_choices(desk),
        sender_words=SENDER_WORDS,
        limits=form if type(form) is LimitsForm else LimitsForm(None, business=desk.business, gateway=row),
        test=form if isinstance(form, TestForm) else TestForm(),
        **(_standing(desk, row) if row is not None else {}),
    )  # fmt: skip


def _choices(desk: Desk) -> list[Link]:
    return [
        Link(label=str(NAMES[one]), url=f"{here(desk, HERE)}?by={one.value}") for one in _offered()
    ]


def _standing(desk: Desk, row: TextGateway) -> dict[str, Any]:
    """What is known of the account: what it has cost, what was heard, who stopped, how tests went."""
    stopped = AddressState.objects.filter(
        business=desk.business, channel="sms", trouble=Trouble.STOPPED
    )
    tests = DirectText.objects.filter(business=desk.business, purpose=TextPurpose.TEST)
    return {
        "gateway_name": NAMES[GatewayName(row.gateway)],
        "is_simulated": row.gateway == GatewayName.SIMULATOR,
        "sender_word": SENDER_WORDS[row.sender_kind],
        "spent": spent_in_month(business_id=desk.business.pk, now=desk.now),
        "news": news_address(row.pk),
        "inbound": inbound_address(row.pk),
        "stopped": stopped.count(),
        "countries": country_names(row.countries),
        "tests": [
            (one, reason_words(one.reason, audience=Audience.STAFF, channel="sms"))
            for one in tests.order_by("-created_at", "-id")[:_LAST_TESTS]
        ],
    }
