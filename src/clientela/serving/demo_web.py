"""What the demo's web server calls: every page is loaded while the demo is being filled; it answers once that is whole.

Whoever comes earlier waits for the answer, and sees nothing half made.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

import django
from django.urls import get_resolver

from clientela.serving.demo_marker import people_of

LOOK_EVERY_SECONDS: Final = 0.05
LONGEST_SECONDS: Final = 900.0
"""A filling that takes longer than this has died, and nobody told us."""


def wait_until_whole(data: Path, *, longest: float = LONGEST_SECONDS) -> None:
    """Return when the demo in this folder is filled to the end; ``SystemExit`` when that does not happen."""
    until = time.monotonic() + longest
    while not people_of(data):
        if time.monotonic() > until:
            message = "The demo was not filled."
            raise SystemExit(message)
        time.sleep(LOOK_EVERY_SECONDS)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings")
django.setup()
get_resolver().url_patterns  # noqa: B018 -- reading it is what loads them
wait_until_whole(Path(os.environ["CLIENTELA_DATA"]))

# Not sooner: what it loads looks for the collected static files.
from clientela.wsgi import application  # noqa: E402, F401
