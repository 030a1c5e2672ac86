"""What the web server calls."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientela.settings")
application = get_wsgi_application()

# Load every page now, while nobody waits: the first visitor should not pay for it.
get_resolver().url_patterns  # noqa: B018 -- reading it is what loads them
