"""Why a message was not sent or did not arrive: one table of reason × channel × audience.

A *cause* is the part of a sentence after its colon ("Not sent: this number is a landline"), so that the forecast,
the trace and the diagnosis say the same thing in the same words. *Next* is what the reader can do about it, and
blank where there is nothing. ``web/message_words.py`` puts the sentences together.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clientela.notify.models import Reason
from clientela.notify.reach import EMAIL, PUSH, SMS

Text = Promise | str
ANY = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """One cause, as staff and as the client read it; the client reads the staff's words where there are no others."""

    staff: Text
    staff_next: Text = ""
    client: Text = ""
    client_next: Text = ""

    def words(self, *, to_staff: bool) -> tuple[str, str]:
        """The cause and what to do about it, in the reader's language."""
        if to_staff:
            return str(self.staff), str(self.staff_next)
        return str(self.client or self.staff), str(self.client_next)


CAUSES: dict[Reason, dict[str, Cause]] = {
    Reason.NOT_ACTIVATED: {
        ANY: Cause(
            staff=pgettext_lazy("message", "the client has not activated the account yet"),
            staff_next=pgettext_lazy("message", "Send the welcome email."),
            client=pgettext_lazy("message", "you have not chosen your messages in an account yet"),
            client_next=pgettext_lazy(
                "message", "Create an account or sign in, and choose your messages there."
            ),
        ),
    },
    Reason.OPTED_OUT: {
        ANY: Cause(
            staff=pgettext_lazy("message", "they have asked for no more messages"),
            staff_next=pgettext_lazy("message", "Ask them first, then open the address again."),
            client=pgettext_lazy("message", "you have asked for no more messages"),
            client_next=pgettext_lazy("message", "Write to the business if you want them again."),
        ),
        SMS: Cause(
            staff=pgettext_lazy("message", "this number has stopped texts (STOP)"),
            staff_next=pgettext_lazy(
                "message", "They get texts again by sending START to your number."
            ),
            client=pgettext_lazy("message", "you stopped the texts of this business (STOP)"),
            client_next=pgettext_lazy(
                "message", "Send START to the number that the texts came from."
            ),
        ),
    },
    Reason.CHANNEL_OFF_BY_CLIENT: {
        ANY: Cause(
            staff=pgettext_lazy("message", "the client has turned messages off"),
            staff_next=pgettext_lazy(
                "message", "Change it on the card only if the client asks for it."
            ),
            client=pgettext_lazy("message", "you have turned messages off"),
            client_next=pgettext_lazy("message", "Turn them on among your messages."),
        ),
        SMS: Cause(
            staff=pgettext_lazy("message", "the client has not chosen texts"),
            staff_next=pgettext_lazy(
                "message", "If the client asks for texts, choose “Email and text” on the card."
            ),
            client=pgettext_lazy("message", "you have not chosen texts"),
            client_next=pgettext_lazy("message", "Choose email and text among your messages."),
        ),
    },
    Reason.NO_ADDRESS: {
        EMAIL: Cause(
            staff=pgettext_lazy("message", "there is no email address"),
            staff_next=pgettext_lazy("message", "Add an email address."),
            client_next=pgettext_lazy("message", "Add your email to your profile."),
        ),
        SMS: Cause(
            staff=pgettext_lazy("message", "there is no phone number"),
            staff_next=pgettext_lazy("message", "Add a mobile number."),
            client_next=pgettext_lazy("message", "Add your mobile number to your profile."),
        ),
        PUSH: Cause(
            staff=pgettext_lazy("message", "no device of theirs takes notices"),
            staff_next=pgettext_lazy("message", "They switch notices on in their own pages."),
            client=pgettext_lazy("message", "no device of yours takes notices"),
            client_next=pgettext_lazy("message", "Switch notices on among your messages."),
        ),
    },
    Reason.LANDLINE: {
        ANY: Cause(
            staff=pgettext_lazy("message", "this number is a landline"),
            staff_next=pgettext_lazy("message", "Add a mobile number."),
            client_next=pgettext_lazy("message", "Add your mobile number to your profile."),
        ),
    },
    Reason.INVALID_NUMBER: {
        ANY: Cause(
            staff=pgettext_lazy("message", "this number cannot get texts"),
            staff_next=pgettext_lazy("message", "Check the number with the client."),
            client_next=pgettext_lazy("message", "Check your number in your profile."),
        ),
    },
    Reason.TOO_CLOSE: {
        ANY: Cause(
            staff=pgettext_lazy(
                "message", "its time had already passed when it was booked or moved"
            )
        ),
    },
    Reason.RULE_DISABLED: {
        ANY: Cause(
            staff=pgettext_lazy("message", "this message is switched off"),
            staff_next=pgettext_lazy("message", "Switch it on among the settings, under Messages."),
            client=pgettext_lazy("message", "the business does not send this message"),
        ),
    },
    Reason.POLICY_GATE: {
        ANY: Cause(
            staff=pgettext_lazy("message", "the address is not confirmed yet"),
            staff_next=pgettext_lazy(
                "message", "Send the welcome email: with it the client confirms it."
            ),
            client=pgettext_lazy("message", "this address is not confirmed yet"),
            client_next=pgettext_lazy("message", "Confirm it in your profile."),
        ),
    },
    Reason.DUPLICATE_SUPPRESSED: {
        ANY: Cause(staff=pgettext_lazy("message", "another message says it already")),
    },
    Reason.QUIET_HOURS: {
        ANY: Cause(
            staff=pgettext_lazy(
                "message", "it fell into the quiet hours, and after them it is too late"
            )
        ),
    },
    Reason.CANCELLED_BEFORE_SEND: {
        ANY: Cause(staff=pgettext_lazy("message", "the appointment was cancelled before it left")),
    },
    Reason.SUPERSEDED: {
        ANY: Cause(staff=pgettext_lazy("message", "a newer message took its place")),
    },
    Reason.BOUNCED_HARD: {
        ANY: Cause(
            staff=pgettext_lazy("message", "the address does not exist, its mail comes back"),
            staff_next=pgettext_lazy("message", "Correct the address."),
            client_next=pgettext_lazy("message", "Correct your email in your profile."),
        ),
        SMS: Cause(
            staff=pgettext_lazy("message", "the number does not exist or cannot be reached"),
            staff_next=pgettext_lazy("message", "Check the number with the client."),
            client_next=pgettext_lazy("message", "Check your number in your profile."),
        ),
        PUSH: Cause(
            staff=pgettext_lazy("message", "the device does not take notices any more"),
            staff_next=pgettext_lazy("message", "They switch notices on again in their own pages."),
            client_next=pgettext_lazy("message", "Switch notices on again among your messages."),
        ),
    },
    Reason.BOUNCED_SOFT: {
        ANY: Cause(
            staff=pgettext_lazy("message", "the mailbox would not take it"),
            staff_next=pgettext_lazy(
                "message", "Ask whether the mailbox is full, then send it again."
            ),
            client_next=pgettext_lazy("message", "See whether your mailbox is full."),
        ),
        SMS: Cause(
            staff=pgettext_lazy("message", "the phone could not be reached"),
            staff_next=pgettext_lazy("message", "Send it again, or call."),
            client_next=pgettext_lazy("message", "See whether your phone has a signal."),
        ),
    },
    Reason.CARRIER_FILTERED: {
        ANY: Cause(
            staff=pgettext_lazy("message", "a filter stopped it on its way"),
            staff_next=pgettext_lazy(
                "message", "They can allow your sender, or ask their mail provider to."
            ),
            client_next=pgettext_lazy("message", "Allow the sender, or ask your mail provider to."),
        ),
        SMS: Cause(
            staff=pgettext_lazy("message", "the phone company filtered it out"),
            staff_next=pgettext_lazy(
                "message", "They can ask their phone company to let your number through."
            ),
            client_next=pgettext_lazy(
                "message", "Ask your phone company to let the number through."
            ),
        ),
    },
    Reason.PROVIDER_ERROR: {
        EMAIL: Cause(
            staff=pgettext_lazy("message", "the mail server refused it"),
            staff_next=pgettext_lazy("message", "Send it again."),
        ),
        SMS: Cause(
            staff=pgettext_lazy("message", "the text gateway refused it"),
            staff_next=pgettext_lazy("message", "Send it again."),
        ),
        PUSH: Cause(
            staff=pgettext_lazy("message", "the notice service refused it"),
            staff_next=pgettext_lazy("message", "Send it again."),
        ),
    },
    Reason.SCHEDULER_DOWN: {
        ANY: Cause(
            staff=pgettext_lazy("message", "the program that sends messages was not running"),
            staff_next=pgettext_lazy("message", "Tell whoever looks after the installation."),
        ),
    },
}
"""Every reason for which nothing leaves or arrives. The row of a channel goes before the row of any."""

LINE_IS_DOWN = Cause(
    staff=pgettext_lazy(
        "message", "Waiting: the server that carries it cannot be reached just now"
    ),
    staff_next=pgettext_lazy("message", "It leaves by itself as soon as that server answers."),
    client_next=pgettext_lazy("message", "It leaves by itself as soon as that server answers."),
)
"""Of a message that waits: why it has not left yet."""

BECAUSE: dict[str, Cause] = {
    "no-consent": Cause(
        staff=pgettext_lazy("message", "nobody has agreed to these messages yet"),
        staff_next=pgettext_lazy(
            "message", "Ask the client, and choose their messages on the card."
        ),
        client=pgettext_lazy("message", "you have not agreed to these messages yet"),
        client_next=pgettext_lazy("message", "Choose them among your messages."),
    ),
    "held-copy": Cause(
        staff=pgettext_lazy(
            "message", "this business is a copy, and its messages are not switched on yet"
        ),
        staff_next=pgettext_lazy(
            "message", "An owner switches them on in the settings, in the plan of messages."
        ),
        client=pgettext_lazy("message", "the business has not switched its messages on yet"),
    ),
    "line-down": Cause(
        staff=pgettext_lazy("message", "the server that carries it could not be reached in time"),
        staff_next=pgettext_lazy("message", "If it is still news, send it again."),
    ),
    "not-attended": Cause(
        staff=pgettext_lazy("message", "the client did not come"),
        client=pgettext_lazy("message", "the visit did not take place"),
    ),
    "not-wished": Cause(
        staff=pgettext_lazy("message", "the client has not asked for such messages"),
        staff_next=pgettext_lazy(
            "message", "If they ask for a word after the visit, note it on the card."
        ),
        client=pgettext_lazy("message", "you have not asked for such messages"),
        client_next=pgettext_lazy("message", "Choose them among your messages."),
    ),
    "complained": Cause(
        staff=pgettext_lazy("message", "they marked an email as unwanted"),
        staff_next=pgettext_lazy("message", "Ask them first, then open the address again."),
        client=pgettext_lazy("message", "an email of this business was marked as unwanted"),
        client_next=pgettext_lazy("message", "Write to the business if you want them again."),
    ),
    "mail-budget": Cause(
        staff=pgettext_lazy("message", "this address had too many emails in an hour or a day"),
    ),
    "number-limit": Cause(
        staff=pgettext_lazy("message", "this number has had its texts for today")
    ),
    "monthly-cap": Cause(
        staff=pgettext_lazy("message", "this month’s money for texts is used up"),
        staff_next=pgettext_lazy("message", "Raise the limit among the settings, under Texts."),
        client=pgettext_lazy("message", "the business sends no more texts this month"),
    ),
    "country-off": Cause(
        staff=pgettext_lazy("message", "texts to that country are switched off"),
        staff_next=pgettext_lazy("message", "Allow the country among the settings, under Texts."),
        client=pgettext_lazy("message", "the business sends no texts to that country"),
    ),
}
"""Where one reason has several causes (``Message.because``), the words of each; they go before the reason's own."""

WHOLE: dict[Reason, dict[str, Text]] = {
    Reason.QUEUED: {ANY: pgettext_lazy("message", "On its way")},
    Reason.HANDED_OVER: {
        EMAIL: pgettext_lazy("message", "Handed over to the mail server"),
        SMS: pgettext_lazy("message", "Handed over to the text gateway"),
        PUSH: pgettext_lazy("message", "Handed over to the notice service"),
    },
    Reason.DELIVERED: {ANY: pgettext_lazy("message", "Delivered")},
    Reason.UNKNOWN: {ANY: pgettext_lazy("message", "Not known whether it left")},
}
"""What has left, waits or may have left: said as a whole, for there is no cause to name."""
