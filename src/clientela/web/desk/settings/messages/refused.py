"""Why a plan, words or an account for texts were refused, as sentences beside the field, with what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from clientela.web import office_refusals
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.message_words import rule_name

if TYPE_CHECKING:
    from clientela.platform.refusal import Refusal

_WORDS: Final[dict[str, Promise]] = {
    "placeholder-unknown": gettext_lazy(
        "“{%(name)s}” stands for nothing here. Use only the names listed on this page."
    ),
    "placeholder-not-here": gettext_lazy("“{%(name)s}” says nothing in this message. Take it out."),
    "placeholder-broken": gettext_lazy(
        "A brace stands alone, or round something that is no name. Write names exactly as listed, such as {name}."
    ),
    "words-too-long": gettext_lazy("That is too long: at most %(most)s letters."),
    "rule-twice": gettext_lazy(
        "The plan has this message at this time already. Choose another time, or a service."
    ),
    "rule-needed": gettext_lazy(
        "“%(rule)s” must reach clients by email: who is not told comes in vain. Nothing was changed."
    ),
    "rule-unknown": gettext_lazy(
        "Somebody changed the plan meanwhile. Nothing was changed; look at it as it is now."
    ),
    "rule-stays": gettext_lazy("This message can be switched off, but not removed."),
    "channel-missing": gettext_lazy("“%(rule)s” needs at least one way. Tick one, or switch it off."),
    "channel-refused": gettext_lazy("Staff are written to by email only."),
    "recipient-refused": gettext_lazy("This message is for somebody else."),
    "timing-refused": gettext_lazy(
        "Choose a time in steps of five minutes, at most two months away."
    ),
    "service-unknown": gettext_lazy("This service is not there any more."),
    "worker-dead": gettext_lazy(
        "Nothing would be sent: the part of the program that sends later is not running. Ask whoever runs this "
        "installation to start the worker (“clientela manage doctor” says how), then save again."
    ),
    "quiet-never-ends": gettext_lazy("Quiet hours end at another time than they begin."),
    "sender-refused": gettext_lazy(
        "This is no sender of that kind: a number needs its prefix (+34…), a short code has three to eight figures, a name "
        "one to eleven letters and figures."
    ),
    "account-refused": gettext_lazy("This is no name of an account there. Copy it whole."),
    "url-refused": gettext_lazy("Write a public address that begins with https://."),
    "secret-refused": gettext_lazy("Copy the secret whole, as the gateway shows it."),
    "price-refused": gettext_lazy("Write what one part costs: more than nothing."),
    "cap-refused": gettext_lazy("A month must be able to pay for one text at least."),
    "country-unknown": gettext_lazy("%(name)s: there is no such country. Use its two letters, such as ES."),
    "country-missing": gettext_lazy("Write at least one country, such as ES."),
    "gateway-not-here": gettext_lazy("This installation cannot use that gateway."),
    "no-text-gateway": gettext_lazy("Texts are not connected any more."),
    "opted-out": gettext_lazy("This number answered STOP, so it gets no texts. Send START from it first."),
    "number-unusable": gettext_lazy("This number cannot get texts: it is a landline, or nobody’s."),
    "words-unknown": gettext_lazy("There are no words of your own for this."),
}  # fmt: skip


class MessageForm(SettingsForm):
    """A form about messages: what was refused is said in their own words."""

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal beside the field it blames, or on top."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, sentence_of(refusal))


def sentence_of(refusal: Refusal) -> str:
    """Say a refusal; never the raw word."""
    words = _WORDS.get(refusal.reason)
    if words is None:
        return office_refusals.sentence_of(refusal)
    facts = dict(refusal.facts)
    if "rule" in facts:
        facts["rule"] = rule_name(str(facts["rule"]))
    return str(words) % facts if "%(" in str(words) else str(words)
