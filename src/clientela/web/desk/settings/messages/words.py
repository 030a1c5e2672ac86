"""The business's own words for one message, in one language and by one channel, with how they will look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from clientela.notify.actions.set_message_template import (
    LANGUAGES,
    LONGEST_BODY,
    LONGEST_SUBJECT,
    checked_words,
    set_message_template,
)
from clientela.notify.models import Message, Rule
from clientela.notify.our_words import our_words
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.queries.text_gateways import open_gateway
from clientela.notify.queries.words_of import OURS, OwnWords, own_words, words_of
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.notify.short_text import sample_facts
from clientela.notify.template_text import placeholders_of
from clientela.platform.refusal import Refusal
from clientela.policy.door_request import DoorRequest
from clientela.web.design.shapes import Link
from clientela.web.desk.settings.messages.plan import HERE as PLAN, TRAIL
from clientela.web.desk.settings.messages.preview import preview_of
from clientela.web.desk.settings.messages.refused import MessageForm
from clientela.web.desk.settings.messages.sample import sample_message
from clientela.web.desk.settings.shell import form_page, here, saved
from clientela.web.desk.staff import Desk, desk_of
from clientela.web.message_words import channel_name, rule_name

HERE: Final = "settings-message-words"
_CHANNELS: Final = (EMAIL, SMS, PUSH)
_MEANINGS: Final[dict[str, Promise]] = {
    "name": gettext_lazy("the client’s first name"),
    "when": gettext_lazy("day, time and zone"),
    "date": gettext_lazy("the day"),
    "time": gettext_lazy("the time"),
    "zone": gettext_lazy("whose time it is"),
    "place": gettext_lazy("where it is"),
    "service": gettext_lazy("what is booked"),
    "professional": gettext_lazy("with whom"),
    "business": gettext_lazy("your name"),
    "link": gettext_lazy("the page of the appointment"),
    "before": gettext_lazy("when it was before"),
    "count": gettext_lazy("how many"),
}


@dataclass(frozen=True, slots=True)
class Which:
    """Which words are being written."""

    desk: Desk
    rule: Rule
    language: str
    channel: str


@dataclass(frozen=True, slots=True)
class Name:
    """A placeholder as it is offered: how it is written, what it means, what it says in the example."""

    written: str
    meaning: str
    says: str


class WordsForm(MessageForm):
    """A subject (for a notice, its title) and the words. Left empty, ours are said."""

    subject = forms.CharField(required=False)
    body = forms.CharField(required=False, widget=forms.Textarea)

    def __init__(self, data: Any, *, which: Which, kept: OwnWords) -> None:  # noqa: ANN401 -- a request's data or none
        """Show what is kept; what the channel does not have is not asked."""
        super().__init__(data, initial={"subject": kept.subject, "body": kept.body})
        body, subject = self.fields["body"], self.fields["subject"]
        body.label, subject.label = _("Your words"), _("Subject")
        body.widget.attrs |= {"rows": 8 if which.channel == EMAIL else 4}
        if which.channel == EMAIL:
            body.help_text = _("The first line stands large. An empty line begins a paragraph.")
        if which.channel == PUSH:
            subject.label = _("Title")
        if which.channel == SMS:
            del self.fields["subject"]
        # Longer than that is said in our own sentence, by whoever checks the words.
        body.widget.attrs |= {"maxlength": LONGEST_BODY[which.channel]}
        subject.widget.attrs |= {"maxlength": LONGEST_SUBJECT[which.channel]}

    def typed(self) -> dict[str, str]:
        """What was written, as the action takes it."""
        return {name: self.cleaned_data.get(name, "") for name in ("subject", "body")}


def words(
    request: DoorRequest, business: str, rule: str, language: str, channel: str
) -> HttpResponse:
    """Show the words with how they look; try others (`do=look`), keep them, or go back to ours (`do=ours`)."""
    which = Which(desk_of(request), *_known(rule, language, channel))
    kept = words_of(
        business_id=which.desk.business.pk, rule=rule, language=language, channel=channel
    )
    form = WordsForm(request.POST or None, which=which, kept=_begun(request, which, kept))
    shown = _begun(request, which, kept)
    if request.method == "POST" and form.is_valid():
        doing = request.POST.get("do", "")
        typed = {} if doing == "ours" else form.typed()
        try:
            shown = _checked(which, typed)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            answer = None if doing == "look" else _kept(request, which, form, typed)
            if answer is not None:
                return answer
    return _page(request, which, form, kept=kept, shown=shown)


def _known(rule: str, language: str, channel: str) -> tuple[Rule, str, str]:
    try:
        kind = Rule(rule)
    except ValueError as error:
        raise Http404 from error
    if kind.startswith("staff-") or language not in LANGUAGES or channel not in _CHANNELS:
        raise Http404
    return kind, language, channel


def _begun(request: DoorRequest, which: Which, kept: OwnWords) -> OwnWords:
    """What the fields begin with: what is kept, or ours to be changed (`?from=ours`)."""
    if request.GET.get("from") == "ours" and request.method == "GET":
        return our_words(rule=which.rule, language=which.language, channel=which.channel)
    return kept


def _checked(which: Which, typed: dict[str, str]) -> OwnWords:
    wanted = {"subject": "", "body": "", **typed}
    return checked_words(rule=which.rule, language=which.language, channel=which.channel, **wanted)


def _kept(
    request: DoorRequest, which: Which, form: WordsForm, typed: dict[str, str]
) -> HttpResponse | None:
    desk = which.desk
    act = partial(
        set_message_template,
        business=desk.business,
        rule=which.rule,
        language=which.language,
        channel=which.channel,
        by=desk.actor,
        now=desk.now,
        **typed,
    )
    text = _("Saved. Messages say it like this from now on.") if typed else _("Our words are said again.")  # fmt: skip
    answer = saved(request, desk, form, act, then=PLAN, text=text)
    if answer is not None:
        answer["Location"] = _address(which)
    return answer


def _address(which: Which, *, language: str = "", channel: str = "") -> str:
    """The address of these words, or of the same in another language or by another channel."""
    return here(
        which.desk, HERE, which.rule.value, language or which.language, channel or which.channel
    )


def _page(
    request: DoorRequest, which: Which, form: WordsForm, *, kept: OwnWords, shown: OwnWords
) -> HttpResponse:
    desk = which.desk
    message = sample_message(desk, rule=which.rule, language=which.language, channel=which.channel)
    gateway = open_gateway(business_id=desk.business.pk)
    key = (which.rule.value, which.language, which.channel)
    policy = ClientPolicy(words={key: shown})
    return form_page(
        request,
        desk,
        form,
        title=_("Words: %(what)s") % {"what": rule_name(which.rule)},
        trail=TRAIL,
        back=PLAN,
        template="messages_words",
        which=which,
        kept=kept,
        is_ours=kept.subject == kept.body == "",
        channels=_channels(which),
        languages=_languages(which),
        names=_names(which, message),
        preview=preview_of(message, policy=policy, gateway=gateway),
        from_ours=f"{_address(which)}?from=ours",
        page=_address(which),
    )


def _channels(which: Which) -> list[Link]:
    return [
        Link(
            label=channel_name(one), url=_address(which, channel=one), current=one == which.channel
        )
        for one in _CHANNELS
    ]


def _languages(which: Which) -> list[Link]:
    """The languages, with a number beside those in which there are words of one's own by this channel."""
    found = own_words(business_ids=[which.desk.business.pk]).get(which.desk.business.pk, {})
    return [
        Link(
            label=f"{name} ✎"
            if found.get((which.rule.value, code, which.channel), OURS).body
            else name,
            url=_address(which, language=code),
            current=code == which.language,
        )
        for code, name in settings.LANGUAGES
    ]


def _names(which: Which, message: Message) -> list[Name]:
    facts = sample_facts(message, channel=which.channel)
    return [
        Name("{" + one + "}", str(_MEANINGS[one]), facts[one])
        for one in placeholders_of(which.rule)
    ]
