"""What a visitor's telephone must fetch before it can book (B10)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from tests.web.booking_page.conftest import Page

from clientela.catalogue.models import Service

LIMIT = 100_000
FETCHED = re.compile(r'(?:href|src)="/static/([^"]+)"')


def test_the_booking_page_is_light(page: Page, service: Service) -> None:
    text = page.client.get(page.url, {"start": "20261124T0900Z"}).text
    files = [Path(str(finders.find(name))) for name in FETCHED.findall(text)]
    assert len(files) >= 6
    weights = {path.name: _weight(path) for path in files}
    weights["html"] = len(gzip.compress(text.encode(), 9))
    print(weights, sum(weights.values()))
    assert sum(weights.values()) <= LIMIT


def _weight(path: Path) -> int:
    """As it travels: compressed, but for fonts, which are already."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9))
