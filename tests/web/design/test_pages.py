"""The frames: what the context does not give is not drawn, and errors need no context at all."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.test import override_settings
from django.urls import include, path
from django.utils.translation import override

from clientela.web import design
from clientela.web.design.block_tags import slip
from clientela.web.design.gallery import gallery_values
from clientela.web.design.icons import drawings, icon_svg
from clientela.web.design.pages import agenda_rows
from clientela.web.design.shapes import Brand, Entry, Link

HERE = Path(design.__file__).parent
STATIC = HERE / "static" / "design"
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html")
urlpatterns = [path("i18n/", include("django.conf.urls.i18n"))]


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["en", "es", "it"])
def test_an_error_page_needs_no_context(name: str, language: str) -> None:
    with override(language):
        html = get_template(name).render()
    assert f'<html lang="{language}">' in html
    assert re.search(r"<h1>\w", html)
    assert "<script" not in html


def test_sign_in_and_support_are_drawn_only_where_they_lead_somewhere(
    render: Callable[..., str],
) -> None:
    brand = Brand(name="Studio Esempio")
    without = render("design/public.html", brand=brand)
    assert "Sign in" not in without
    assert "Write to us" not in without
    assert "<details" not in without
    html = render(
        "design/public.html", brand=brand, sign_in_url="/client/login", support_url="/help"
    )
    assert html.count('href="/client/login"') == 2
    assert html.count('href="/help"') == 2


def test_a_business_wears_its_colour_outside_and_the_desk_never_does(
    render: Callable[..., str],
) -> None:
    brand = Brand(name="Studio", hue=190, vivid="bold")
    assert '<html lang="en" data-hue="190" data-vivid="bold">' in render(
        "design/public.html", brand=brand
    )
    assert '<html lang="en">' in render("design/desk.html", brand=brand, nav=[])
    assert '<html lang="en">' in render("design/public.html", brand=Brand(name="Studio"))


@override_settings(ROOT_URLCONF=__name__)
def test_the_language_menu_is_a_form_that_returns_to_the_same_page(
    render: Callable[..., str],
) -> None:
    html = render("design/public.html", brand=Brand(name="Studio"))
    assert html.count('action="/i18n/setlang/"') == 2  # desktop, and the left menu of phones
    assert html.count('name="next" value="/a/page?x=1"') == 2
    assert '<button name="language" value="es" lang="es">Español</button>' in html
    assert html.count("csrfmiddlewaretoken") == 2


def test_the_language_menu_is_not_drawn_where_nothing_would_answer(
    render: Callable[..., str],
) -> None:
    assert "setlang" not in render("design/public.html", brand=Brand(name="Studio"))


def test_the_bottom_bar_shows_five_places_or_four_and_more(render: Callable[..., str]) -> None:
    links = [Link(label=f"Place {number}", url=f"/{number}", icon="list") for number in range(6)]
    bar = render("design/parts/bottom_bar.html", nav=links)
    assert re.findall(r"<span>(Place \d|More)</span>", bar) == [
        "Place 0",
        "Place 1",
        "Place 2",
        "Place 3",
        "More",
    ]
    assert "Place 5" in bar
    assert "More" not in render("design/parts/bottom_bar.html", nav=links[:5])


def test_a_slip_shows_its_time_with_the_zone_and_where_it_lies_in_the_day() -> None:
    starts, ends = (
        datetime(2026, 11, 24, 16, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 17, 15, tzinfo=UTC),
    )
    with override("es"):
        html = slip("", starts, ends, "Europe/Madrid", what="<Fisio>", opens=540, closes=1200)
    words = re.sub(r"<[^>]+>", " ", html)
    assert re.sub(r"\s+", " ", words).strip() == (
        "martes 24 noviembre 17:30 a 18:15 hora de Madrid (CET) 09:00 20:00 &lt;Fisio&gt;"
    )
    assert 'class="you" x="77.3" width="6.8"' in html
    assert 'datetime="2026-11-24T17:30+01:00"' in html


def test_a_cancelled_slip_is_struck_through_and_a_past_one_is_soft() -> None:
    starts = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert "slip-void" in slip("", starts, None, "Europe/Madrid", state="cancelled")
    assert "slip-soft" in slip("", starts, None, "Europe/Madrid", state="past")
    assert "slip-" not in slip("", starts, None, "Europe/Madrid").split(">")[0]


def test_the_line_of_now_stands_between_what_began_and_what_comes() -> None:
    early, late = (
        Entry(at=datetime(2026, 11, 24, hour, 0, tzinfo=UTC), lasts_minutes=30, who="Ana", url="#")
        for hour in (9, 11)
    )
    assert agenda_rows([late, early], datetime(2026, 11, 24, 10, 0, tzinfo=UTC)) == [
        early,
        None,
        late,
    ]
    assert agenda_rows([early, late], datetime(2026, 11, 24, 8, 0, tzinfo=UTC)) == [early, late]
    assert agenda_rows([early, late], datetime(2026, 11, 24, 12, 0, tzinfo=UTC)) == [early, late]


def test_an_icon_is_hidden_from_screen_readers_and_an_unknown_one_is_an_error() -> None:
    assert icon_svg("bell", "s").startswith(
        '<svg class="icon icon-s" viewBox="0 0 24 24" aria-hidden="true">'
    )
    with pytest.raises(KeyError):
        icon_svg("no-such-icon")


def test_every_icon_named_in_a_template_is_one_we_carry() -> None:
    named = {
        name
        for template in HERE.parent.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert named - drawings().keys() == set()


def test_the_gallery_holds_nothing_that_the_content_policy_forbids(
    render: Callable[..., str],
) -> None:
    html = render("design/gallery.html", **gallery_values())
    assert re.findall(r'\sstyle="|\son\w+="|<style|javascript:', html) == []
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html))


def test_a_booking_page_fits_its_budget_with_room_for_the_page_itself() -> None:
    texts = [
        "tokens.css",
        "core.css",
        "public.css",
        "vendor/htmx.js",
        "device-zone.js",
        "dialog.js",
        "toast.js",
        "busy.js",
    ]
    packed = {name: len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in texts}
    packed["font"] = (STATIC / "fonts/figtree-latin.woff2").stat().st_size
    print(packed, sum(packed.values()))
    assert sum(packed.values()) <= 75_000  # of 100 kB; the page's HTML may take the rest


def test_our_own_scripts_stay_small() -> None:
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in STATIC.glob("*.js")
    }
    assert lengths
    assert max(lengths.values()) < 150
