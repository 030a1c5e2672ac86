"""What the picker's templates are given."""

from __future__ import annotations

from typing import Any

from clientela.web.picker.asked import Asked
from clientela.web.picker.when import When
from clientela.web.picker.zones import zone_options
from clientela.web.visitor import Reading


def picker_context(*, when: When, reading: Reading, asked: Asked, page_url: str) -> dict[str, Any]:
    """The calendar, the zone menu and the hidden fields with which their forms keep the other choices."""
    pairs = asked.pairs()
    return {
        "when": when,
        "reading": reading,
        "page_url": page_url,
        "query": asked.query(),
        "zone_pairs": [pair for pair in pairs if pair[0] != "zone"],
        "wish_pairs": [pair for pair in pairs if pair[0] not in {"day", "start"}],
        "zone_options": zone_options(
            here=(reading.location, reading.device, reading.zone), chosen=reading.zone, on=when.on
        )
        if reading.may_choose
        else "",
    }
