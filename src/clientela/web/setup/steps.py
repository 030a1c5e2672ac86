"""The steps of set-up, in order, and where one is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def steps(current: int) -> dict[str, Any]:
    """What the pages show of the way: how far, of how many, and what this step is called."""
    names = [_("You"), _("Your business"), _("Hours"), _("First service"), _("Colleagues")]
    return {
        "step": current,
        "of": len(names),
        "step_name": names[current - 1],
        "step_words": _("Step %(step)s of %(of)s") % {"step": current, "of": len(names)},
    }
