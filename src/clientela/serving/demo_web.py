"""What the demo's web server calls: every page is loaded while the demo is being filled; it answers once that is whole.

Whoever comes earlier waits for the answer, and sees nothing half made.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from django.urls import get_resolver

from clientela.serving.demo_marker import wait_until_whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings")
django.setup()
get_resolver().url_patterns  # noqa: B018 -- reading it is what loads them
wait_until_whole(Path(os.environ["CLIENTELA_DATA"]))

# Not sooner: what it loads looks for the collected static files.
from clientela.wsgi import application  # noqa: E402, F401 -- granian asks for it by this name, once the demo is whole
