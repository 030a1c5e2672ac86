"""Reading an e-mail address as typed."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

from clientela.people.errors import EmailInvalid
from clientela.rules.name_match import normalise_email


def parse_email(text: str) -> str:
    """Return the address in the form in which addresses are compared and kept.

    Only the spelling is judged, never whether the mailbox exists. Refuses with ``EmailInvalid``
    what is not exactly one address.
    """
    try:
        found = validate_email(normalise_email(text), check_deliverability=False)
    except EmailNotValidError as error:
        raise EmailInvalid(field="email") from error
    return normalise_email(found.normalized)
