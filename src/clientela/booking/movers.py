"""What of booking follows a card that is taken up by another: everything."""

from __future__ import annotations

from clientela.people.movers import repoints

repoints("booking.Appointment", "client")
repoints("booking.Series", "client")
