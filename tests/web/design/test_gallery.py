"""The gallery in Chromium: accessible, within the window, and the same without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override
from tests.kit import browser as kit
from tests.kit.browser import DESKTOP, PHONE

from clientela.web.design.gallery import gallery_values
from clientela.web.design.shapes import Brand, Link

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What a finger must hit, measured in CSS pixels. Links inside sentences are exempt, as WCAG has it.
SMALL_TARGETS = """
() => [...document.querySelectorAll(".btn, .slot, a.day, .choice, .person, .tab, .seg a, .input, summary, .dock a")]
  .filter((e) => e.getClientRects().length && !e.classList.contains("skip") && !e.classList.contains("help-fab"))
  .map((e) => [e.className || e.tagName, Math.round(Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height))])
  .filter(([, least]) => least < 44)
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_gallery_is_accessible_in_both_themes_and_sizes(
    open_page: Callable[..., Any],
    assert_accessible: Callable[..., None],
    gallery_address: str,
    theme: str,
    size: str,
) -> None:
    page = open_page(viewport=SIZES[size], color_scheme=theme, reduced_motion="reduce")
    page.goto(gallery_address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert_accessible(page)
    assert page.evaluate(OVERFLOW) <= 0


def frame(render: Callable[..., str], name: str) -> str:
    brand = Brand(name="Studio Esempio", line="Milano", url="/", hue=250)
    menu = [
        Link(label=f"Place {number}", url="/", icon="list", current=number == 0, count=number)
        for number in range(6)
    ]
    return render(
        name,
        **{
            **gallery_values(),
            "brand": brand,
            "menu": menu,
            "nav": menu,
            "sign_in_url": "/in",
            "support_url": "/help",
        },
    )


@pytest.mark.parametrize("name", ["design/public.html", "design/desk.html", "404.html"])
@pytest.mark.parametrize("size", SIZES)
def test_every_frame_is_accessible(
    open_page: Callable[..., Any],
    served: Callable[..., str],
    render: Callable[..., str],
    assert_accessible: Callable[..., None],
    name: str,
    size: str,
) -> None:
    html = frame(render, name)
    if "<h1" not in html:  # the frame alone has no heading; a page always brings one
        html = html.replace('id="main">', 'id="main"><h1>A page</h1>')
    page = open_page(viewport=SIZES[size], reduced_motion="reduce")
    page.goto(served("frame", html))
    assert_accessible(page)


@pytest.mark.parametrize("language", ["en", "es", "it"])
def test_nothing_runs_off_a_narrow_window_in_any_language(
    open_page: Callable[..., Any],
    served: Callable[..., str],
    render: Callable[..., str],
    language: str,
) -> None:
    with override(language):
        address = served("gallery", render("design/gallery.html", **gallery_values()))
    page = open_page(viewport=NARROW)
    page.goto(address)
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_whose_text_is_twice_as_large_scrolls_one_way_only(
    chromium: Browser, gallery_address: str, width: int
) -> None:
    large = chromium.browser_type.launch(
        executable_path=kit.executable(),
        args=[*kit.ARGUMENTS, "--blink-settings=defaultFontSize=32"],
    )
    page = large.new_page(viewport={"width": width, "height": 844})
    page.goto(gallery_address)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate(OVERFLOW) <= 0
    large.close()


def test_what_a_finger_must_hit_is_44_pixels(
    open_page: Callable[..., Any], gallery_address: str
) -> None:
    page = open_page(has_touch=True, is_mobile=True)
    page.goto(gallery_address)
    assert page.evaluate(SMALL_TARGETS) == []


def test_a_sheet_opens_and_closes_without_a_script(
    open_page: Callable[..., Any], gallery_address: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(gallery_address)
    page.get_by_role("link", name="Open a sheet").click()
    sheet = page.get_by_role("dialog", name="Cancel Friday")
    sheet.wait_for(state="visible")
    sheet.get_by_role("link", name="Keep it").click()
    sheet.wait_for(state="hidden")


def test_with_a_script_the_sheet_keeps_the_focus_and_gives_it_back(
    open_page: Callable[..., Any], gallery_address: str, assert_accessible: Callable[..., None]
) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(gallery_address)
    opener = page.get_by_role("link", name="Open a sheet")
    opener.click()
    dialog = page.locator("dialog[open]")
    assert dialog.get_by_role("link", name="Keep it").evaluate("e => e === document.activeElement")
    assert_accessible(page, "dialog")
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert opener.evaluate("e => e === document.activeElement")
    opener.click()  # and once more, by its first act
    page.locator("dialog[open]").get_by_role("link", name="Keep it").click()
    page.locator("dialog").wait_for(state="detached")


def test_the_devices_zone_is_told_to_the_server(
    open_page: Callable[..., Any], gallery_address: str
) -> None:
    page = open_page(timezone_id="America/New_York")
    page.goto(gallery_address)
    told = {
        cookie["name"]: (cookie["value"], cookie["sameSite"]) for cookie in page.context.cookies()
    }
    assert told["device_zone"] == ("America/New_York", "Lax")


def test_a_toast_stays_while_it_is_read_and_leaves_after_ten_seconds(
    open_page: Callable[..., Any], gallery_address: str
) -> None:
    page = open_page()
    page.clock.install()
    page.goto(gallery_address)
    toast = page.get_by_role("status").filter(has_text="Visit moved")
    toast.hover()
    page.clock.run_for(30_000)
    assert toast.is_visible()
    page.mouse.move(1, 1)
    page.clock.run_for(9_000)
    assert toast.is_visible()
    page.clock.run_for(2_000)
    assert not toast.is_visible()


def test_errors_get_the_focus_when_the_page_arrives(
    open_page: Callable[..., Any], gallery_address: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(gallery_address)
    assert page.locator("#errors:focus").count() == 1
