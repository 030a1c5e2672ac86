"""An address as somebody typed it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from clientela.accounts.errors import EmailInvalid
from clientela.rules.name_match import normalise_email


def checked_email(typed: str) -> str:
    """Return the address as it is kept and compared. Refuses ``EmailInvalid`` (of the field ``email``)."""
    address = normalise_email(typed)
    try:
        validate_email(address)
    except ValidationError as error:
        raise EmailInvalid(field="email") from error
    return address
