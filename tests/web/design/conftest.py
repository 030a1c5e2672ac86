"""A small server for pages of the design system: rendered once, no database, the product's own content policy."""

from __future__ import annotations

import http.server
import mimetypes
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from csp.constants import NONE
from csp.utils import build_policy
from django.conf import settings as django_settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from tools import translations

from clientela.web import design
from clientela.web.design.gallery import gallery_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

STATIC = Path(design.__file__).parent / "static"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nothing here touches a database."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.nodb)


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """The design system's Spanish and Italian, compiled as every installation has them."""
    assert translations.main(["compile", "web/design"]) == 0


@pytest.fixture(autouse=True)
def no_addresses(settings: SettingsWrapper) -> None:
    """The design system stands below every address: its tests load none."""
    settings.ROOT_URLCONF = "django.contrib.staticfiles.urls"


@pytest.fixture
def render() -> Callable[..., str]:
    """Render a template as a visitor's request would."""

    def rendered(template: str, **values: object) -> str:
        return render_to_string(template, values, request=RequestFactory().get("/a/page?x=1"))

    return rendered


def policy() -> str:
    """The content security policy that every answer of the product carries."""
    assert NONE == "'none'"  # the spelling that settings use
    return build_policy()


@pytest.fixture
def open_page(served: Callable[..., str], open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open pages as everywhere; they are closed before the server of this folder is."""
    return open_page


@pytest.fixture
def served() -> Iterator[Callable[..., str]]:
    """Give a function that serves HTML under a name and returns its address."""
    pages: dict[str, str] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path.startswith(django_settings.STATIC_URL):
                body = (STATIC / path.removeprefix(django_settings.STATIC_URL)).read_bytes()
                kind = mimetypes.guess_type(path)[0] or "font/woff2"
            else:
                body, kind = pages[path.strip("/")].encode(), "text/html; charset=utf-8"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", policy())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Stay quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(name: str, html: str) -> str:
        pages[name] = html
        return f"http://127.0.0.1:{server.server_port}/{name}"

    yield serve
    server.shutdown()
    server.server_close()


@pytest.fixture
def gallery_address(served: Callable[..., str], render: Callable[..., str]) -> str:
    """The gallery's address."""
    return served("gallery", render("design/gallery.html", **gallery_values()))
