"""Pictures of the pages, to be looked at: ``make screens ARGS="/ /physio/"`` against a running demo.

Each page is taken on a phone and on a desktop, light and dark, into ``var/screens/``. With ``--sign-in
EMAIL:PASSWORD`` the desk's pages open too.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from tests.kit import browser as kit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"phone": kit.PHONE, "desktop": kit.DESKTOP}


def main(arguments: Sequence[str] | None = None) -> int:
    """Take every picture and print where it is."""
    parser = argparse.ArgumentParser(description="Take pictures of pages.")
    parser.add_argument("pages", nargs="*", default=["/"], help="paths such as /physio/")
    parser.add_argument("--base", default="http://127.0.0.1:8000", help="where the demo answers")
    parser.add_argument("--into", type=Path, default=ROOT / "var/screens")
    parser.add_argument("--sign-in", default="", metavar="EMAIL:PASSWORD")
    parser.add_argument("--locale", default="en-GB")
    parser.add_argument(
        "--whole", action="store_true", help="the whole page, not only the first screen"
    )
    options = parser.parse_args(arguments)
    if not kit.is_available():
        sys.stderr.write("No Chromium was found; CLIENTELA_CHROMIUM may name one.\n")
        return 1
    options.into.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=kit.executable(), args=list(kit.ARGUMENTS)
        )
        for size in SIZES:
            for theme in ("light", "dark"):
                take(chromium, options, size=size, theme=theme)
        chromium.close()
    return 0


def take(chromium: Browser, options: argparse.Namespace, *, size: str, theme: str) -> None:
    """Take all pages in one size and theme."""
    context = chromium.new_context(viewport=SIZES[size], color_scheme=theme, locale=options.locale)
    page = context.new_page()
    if options.sign_in:
        sign_in(page, options.base, *options.sign_in.split(":", 1))
    for path in options.pages:
        page.goto(options.base + path, wait_until="networkidle")
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        target = options.into / f"{name}.{size}.{theme}.png"
        page.screenshot(path=target, full_page=options.whole)
        print(target)
    context.close()


def sign_in(page: Page, base: str, email: str, password: str) -> None:
    """Sign in on the form that the desk sends strangers to."""
    page.goto(f"{base}/desk/", wait_until="networkidle")
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(password)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    sys.exit(main())
