"""E-mail."""

from __future__ import annotations

from typing import Final

from django.utils.translation import pgettext_lazy

from clientela.web.why.words.saying import FAIL, NO_ADDRESS, PASS, UNKNOWN, Key, Saying

_SPAM = pgettext_lazy("check", "Did it land in spam?")

SAYINGS: Final[dict[Key, Saying]] = {
    ("email-address", PASS, ""): Saying(
        pgettext_lazy("check", "There is an email address"), "%(address)s"
    ),
    ("email-address", FAIL, ""): Saying(
        pgettext_lazy("check", "There is no email address"),
        pgettext_lazy("check", "Add one, and messages go there from then on."),
    ),
    ("email-typed-right", PASS, ""): Saying(
        pgettext_lazy("check", "The email address looks right"), "%(address)s"
    ),
    ("email-typed-right", FAIL, "provider"): Saying(
        pgettext_lazy("check", "The email address looks mistyped"),
        pgettext_lazy("check", "%(address)s: perhaps %(meant)s is meant."),
        by_link=pgettext_lazy(
            "check",
            "What stands after the @ is almost the name of a large provider, but not quite.",
        ),
    ),
    ("email-typed-right", FAIL, "booking"): Saying(
        pgettext_lazy("check", "Two email addresses differ by a slip of the finger"),
        pgettext_lazy("check", "Booked with %(used)s; email goes to %(address)s."),
        by_link=pgettext_lazy(
            "check", "The one it was booked with, and the one that email goes to."
        ),
    ),
    ("email-typed-right", UNKNOWN, "no-address"): NO_ADDRESS,
    ("email-accepted", PASS, ""): Saying(pgettext_lazy("check", "Nothing has come back from it")),
    ("email-accepted", FAIL, ""): Saying(
        pgettext_lazy("check", "Email to this address comes back"),
        pgettext_lazy(
            "check",
            "%(address)s, since %(since)s. Correct it, or open it again if the mailbox exists after all.",
        ),
        by_link=pgettext_lazy("check", "%(address)s. It may be mistyped, or the mailbox is gone."),
    ),
    ("email-accepted", UNKNOWN, "no-address"): NO_ADDRESS,
    ("email-welcome", PASS, ""): Saying(
        pgettext_lazy("check", "Nobody has reported our email as unwanted")
    ),
    ("email-welcome", FAIL, ""): Saying(
        pgettext_lazy("check", "Our email was reported as unwanted"),
        pgettext_lazy(
            "check",
            "%(address)s, since %(since)s: nothing is sent there any more. If they say that it was a mistake, open the address again.",
        ),
        pgettext_lazy("check", "Our email was reported as unwanted from your mailbox"),
        pgettext_lazy(
            "check",
            "%(address)s, since %(since)s: nothing is sent there any more. If it was a mistake, open the address again.",
        ),
        by_link=pgettext_lazy(
            "check", "%(address)s: nothing is sent there any more. If it was a mistake, tell us."
        ),
    ),
    ("email-welcome", UNKNOWN, "no-address"): NO_ADDRESS,
    ("email-mailbox", PASS, ""): Saying(pgettext_lazy("check", "No mailbox was full")),
    ("email-mailbox", FAIL, ""): Saying(
        pgettext_lazy("check", "The mailbox would not take the email"),
        pgettext_lazy("check", "It may be full. Once there is room, send it again."),
    ),
    ("email-not-filtered", PASS, ""): Saying(
        pgettext_lazy("check", "No filter has refused our email")
    ),
    ("email-not-filtered", FAIL, ""): Saying(
        pgettext_lazy("check", "A spam filter refused our email"),
        pgettext_lazy("check", "Once our domain is on their safe list, send it again."),
        "",
        pgettext_lazy("check", "Put our domain on your safe list, then send it again."),
    ),
    ("mail-server", PASS, ""): Saying(pgettext_lazy("check", "The mail server took every email")),
    ("mail-server", FAIL, "line-down"): Saying(
        pgettext_lazy("check", "The mail server cannot be reached"),
        pgettext_lazy(
            "check", "It is asked every minute. What is still news then leaves by itself."
        ),
        "",
        pgettext_lazy("check", "That is on our side. What is still news then leaves by itself."),
    ),
    ("mail-server", FAIL, "line-was-down"): Saying(
        pgettext_lazy("check", "The mail server could not be reached until it was too late"),
        pgettext_lazy("check", "If it is still news, send it again."),
        "",
        pgettext_lazy("check", "That was on our side. If it is still news, send it again."),
    ),
    ("mail-server", FAIL, ""): Saying(
        pgettext_lazy("check", "The mail server refused the email"),
        pgettext_lazy(
            "check",
            "Send it again. If that fails too, whoever looks after the installation should know.",
        ),
        "",
        pgettext_lazy("check", "That was on our side. Send it again."),
    ),
    ("email-budget", PASS, ""): Saying(
        pgettext_lazy("check", "The address has not had too many emails")
    ),
    ("email-budget", FAIL, ""): Saying(
        pgettext_lazy("check", "The address had too many emails in a short time"),
        pgettext_lazy(
            "check", "A limit keeps mailboxes from being flooded. Send it again in an hour."
        ),
    ),
    ("email-folders", UNKNOWN, "delivered"): Saying(
        _SPAM,
        pgettext_lazy(
            "check",
            "The mailbox took it %(at)s. Ask them to look in spam, junk, promotions and the other folders.",
        ),
        "",
        pgettext_lazy(
            "check",
            "Your mailbox took it %(at)s. Look in spam, junk, promotions and the other folders.",
        ),
    ),
    ("email-folders", UNKNOWN, "handed-over"): Saying(
        _SPAM,
        pgettext_lazy(
            "check",
            "It was handed over %(at)s. From there on only the reader can see it: ask them to look in spam, junk, promotions and the other folders.",
        ),
        "",
        pgettext_lazy(
            "check",
            "It was handed over to your provider %(at)s. Look in spam, junk, promotions and the other folders.",
        ),
    ),
    ("email-folders", UNKNOWN, "nothing-sent"): Saying(
        pgettext_lazy("check", "No email has left yet"),
        pgettext_lazy("check", "A test shows whether email arrives, and in which folder."),
    ),
    ("email-folders", UNKNOWN, "no-address"): NO_ADDRESS,
    ("email-domains", PASS, ""): Saying(
        pgettext_lazy("check", "The domain our email comes from is in order"),
        pgettext_lazy("check", "This belongs on the safe list:"),
    ),
    ("email-domains", UNKNOWN, "not-looked-up"): Saying(
        pgettext_lazy("check", "The records of our domain could not be looked up"),
        pgettext_lazy("check", "This belongs on the safe list:"),
        pgettext_lazy("check", "Is our domain on your safe list?"),
    ),
    ("email-domains", UNKNOWN, "no-domain"): Saying(
        pgettext_lazy("check", "This installation has no domain of its own for email")
    ),
    ("email-domains", FAIL, ""): Saying(
        pgettext_lazy("check", "The public records of %(domain)s are not in order"),
        pgettext_lazy(
            "check",
            "%(records)s. Receivers look at them, and may take our email for spam.",
        ),
        "",
        pgettext_lazy(
            "check",
            "That is on our side: your provider may take our email for spam. Put %(domain)s on your safe list meanwhile.",
        ),
    ),
    ("email-host", PASS, ""): Saying(
        pgettext_lazy("check", "The mailbox is with a large provider"),
        pgettext_lazy("check", "%(host)s: its owner can see and change what is filtered."),
        "",
        pgettext_lazy("check", "%(host)s: you can see and change what is filtered."),
        by_link=pgettext_lazy("check", "You can see and change what is filtered."),
    ),
    ("email-host", UNKNOWN, "private"): Saying(
        pgettext_lazy("check", "Does the host of the mailbox filter?"),
        pgettext_lazy(
            "check",
            "%(host)s may keep email back before it reaches the mailbox. They can ask whoever looks after it to let our domain through.",
        ),
        "",
        pgettext_lazy(
            "check",
            "%(host)s may keep email back before it reaches your mailbox. Ask whoever looks after it to let our domain through.",
        ),
        by_link=pgettext_lazy(
            "check",
            "It may keep email back before it reaches your mailbox. Ask whoever looks after it to let our domain through.",
        ),
    ),
    ("email-host", UNKNOWN, "no-address"): NO_ADDRESS,
}
