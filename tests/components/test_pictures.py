"""Every component looks as it is kept in pictures/, on a wide screen and on a phone.

`make pictures` keeps how they look now, after a change of looks that is wanted: look at what git shows as changed.
"""

import datetime as dt
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from PIL import Image, ImageChops

from config.gallery import COMPONENTS
from tests.journeys.conftest import heard
from tests.journeys.walking import look_at

PICTURES = Path(__file__).parent / "pictures"
RENEWED = bool(os.environ.get("RENEW_PICTURES"))
NAMES = [component.name for component in COMPONENTS]
WIDTHS = (1280, 390)
NOW = dt.datetime(2026, 3, 10, 2, 0, tzinfo=dt.UTC)
COLOURS = 128  # of a kept picture
CELL = 4  # pixels: squares of so many are compared by their mean, in which the edges of letters disappear
APART = 12  # of 255: means further apart than kept pictures lie from what they were taken of
TOLERATED = 1 / 2000  # of the squares may lie apart
STILL = "*{animation:none!important;transition:none!important;caret-color:transparent!important}"
WITHOUT_CALLS = "[data-call]{display:none!important}"  # which are set in a typeface of the machine


def answer(route) -> None:
    """Answer the browser without a server: the page from the product, the rest from its files."""
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        route.fulfill(path=finders.find(path.removeprefix("/static/")))
    else:
        response = Client().get(path)
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)


@pytest.fixture(scope="module", params=WIDTHS)
def page(request, chromium):
    """The gallery at one width, always at the same moment."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 850}, locale="id-ID", device_scale_factor=1, bypass_csp=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: heard(page, message))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.route("**/*", answer)
    with override_settings(ROOT_URLCONF="config.gallery"), time_machine.travel(NOW, tick=False):
        page.goto("http://localhost/komponen/")
    page.wait_for_function("document.fonts.status === 'loaded'")
    yield page
    context.close()


@pytest.mark.browser
def test_gallery_is_sound(page):
    look_at(page)


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_component_looks_as_it_is_kept(page, name, tmp_path):
    width = page.viewport_size["width"]
    kept, shot = PICTURES / f"{name}-{width}.png", tmp_path / f"{name}-{width}.png"
    take(page, name, shot)
    if RENEWED and not (kept.exists() and share(difference(shot, kept)) <= TOLERATED):
        keep(shot, kept)

    assert kept.exists(), f"No picture of {name} is kept yet: `make pictures` takes it."
    apart = difference(shot, kept)
    if share(apart) > TOLERATED:
        apart.resize((apart.width * CELL, apart.height * CELL)).save(tmp_path / f"{name}-{width}-difference.png")
    assert share(apart) <= TOLERATED, f"{kept.name} differs; the new picture and the difference: {tmp_path}"


def test_no_picture_is_kept_of_what_is_gone():
    expected = {f"{name}-{width}.png" for name in NAMES for width in WIDTHS}

    assert {path.name for path in PICTURES.iterdir()} == expected


def test_difference_finds_what_moved_and_passes_over_what_is_a_shade(tmp_path):
    plain, shade, moved, larger = (
        Image.new("RGB", size, colour)
        for size, colour in (((20, 20), "white"), ((20, 20), (250, 245, 244)), ((20, 20), "white"), ((20, 28), "white"))
    )
    moved.paste("black", (4, 4, 8, 12))
    paths = [tmp_path / f"{name}.png" for name in ("plain", "shade", "moved", "larger")]
    for picture, path in zip((plain, shade, moved, larger), paths, strict=True):
        picture.save(path)

    found = [difference(path, paths[0]) for path in paths]

    assert [apart.getbbox() for apart in found] == [None, None, (1, 1, 2, 3), (0, 5, 5, 7)]
    assert [share(apart) for apart in found] == [0, 0, 2 / 25, 10 / 35]


def take(page, name: str, path: Path) -> None:
    """Take the picture of a component's samples, without the calls."""
    page.locator(f"section#{name}").screenshot(path=path, style=STILL + WITHOUT_CALLS)


def keep(shot: Path, path: Path) -> None:
    """Keep a picture in few colours, so that the repository stays small."""
    path.parent.mkdir(exist_ok=True)
    Image.open(shot).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def difference(new: Path, kept: Path) -> Image.Image:
    """A square for each few pixels: white where two pictures lie apart, also where one is larger, black elsewhere."""
    parts = [Image.open(path).convert("RGB") for path in (new, kept)]
    size = max(part.width for part in parts), max(part.height for part in parts)
    wholes = [Image.new("RGB", size) for _ in parts]
    for whole, part in zip(wholes, parts, strict=True):
        whole.paste(part)
    red, green, blue = ImageChops.difference(*(whole.reduce(CELL) for whole in wholes)).split()
    furthest = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    return furthest.point(lambda level: 255 if level > APART else 0)


def share(apart: Image.Image) -> float:
    """How much of a picture lies apart."""
    return apart.histogram()[255] / (apart.width * apart.height)
