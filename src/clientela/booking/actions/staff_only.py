"""What only the business itself may say of an appointment."""

from __future__ import annotations

from clientela.booking.errors import StaffOnly
from clientela.booking.queries.change_options import changed_by
from clientela.platform.actor import Actor
from clientela.rules.change_policy import ChangedBy


def require_business(by: Actor) -> None:
    """Refuse ``StaffOnly`` unless the actor stands on the business's side (staff, its programs, our jobs)."""
    if changed_by(by) is not ChangedBy.STAFF:
        raise StaffOnly
