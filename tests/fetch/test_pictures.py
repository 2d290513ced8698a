"""Pictures: fetched once, made anew, in the sizes that pages use; hostile ones are refused."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from newsstand.fetch.images import NoPictureError, stored_files
from tests.fetch.conftest import FedSite
from tests.fetch.local_web import Item, LocalWeb

LATER = "2024-01-20T14:00:00Z"


def picture(
    width: int = 1600, height: int = 900, kind: str = "JPEG", colour: str = "#d04020"
) -> bytes:
    """The bytes of a picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()


def with_picture(number: int, link: str) -> Item:
    """An item that names a picture."""
    credit = "<media:credit>A. Photographer</media:credit>"
    media = f'<media:content url="{link}" medium="image" width="1600">{credit}</media:content>'
    return Item(number, more=media)


def stored(site: FedSite) -> list[Path]:
    """The files of pictures."""
    return sorted((site.folder / "content/pictures/cache").glob("*"))


def test_a_picture_is_stored_and_shown(web: LocalWeb, site: FedSite) -> None:
    """In two formats and three sizes, with width, height, its colour and who made it."""
    web.serve("/p.jpg", picture(), "image/jpeg")
    web.feed("/feed", [with_picture(1, f"{web.address}/p.jpg")])
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert "1 picture stored" in run.stdout
    names = [path.name.partition("-")[2] for path in stored(site)]
    assert len(names) == 6
    assert next(n for n in names if "x" in n)[:9] == "1200x675-"
    assert {n for n in names if "x" not in n} == {
        "240.avif", "240.webp", "640.avif", "640.webp", "1200.avif",
    }  # fmt: skip
    with Image.open(next(p for p in stored(site) if p.name.endswith("-640.avif"))) as small:
        assert small.size == (640, 360)
    record = next(iter(site.records().values()))
    assert f'images:\n  - url: "{web.address}/p.jpg"\n    attribution: "A. Photographer"' in record
    built = site.build()
    assert built.code == 0, built.log
    page = built.page("news/2024-01-20-report-number-1-from-the-harbour/")
    assert '<source type="image/avif" srcset="../../media/pictures/cache/' in page
    assert " 240w, ../../media" in page
    assert 'width="1200" height="675"' in page
    assert 'class="picture space-18"' in page
    assert "A. Photographer" in page
    assert f"{web.address}/p.jpg" not in page


def test_a_picture_is_fetched_once(web: LocalWeb, site: FedSite) -> None:
    """Also one that is no good; one whose host had a bad day is tried again."""
    web.serve("/good.jpg", picture(), "image/jpeg")
    web.serve("/bad.jpg", b"<svg onload='alert(1)'/>", "image/svg+xml")
    web.serve("/later.jpg", b"", "text/plain", 503)
    names = ("good", "bad", "later")
    items = [with_picture(n, f"{web.address}/{name}.jpg") for n, name in enumerate(names)]
    web.feed("/feed", items)
    site.follow(f"{web.address}/feed")
    assert "1 picture stored, 2 no good" in site.fetch().stdout
    web.feed("/feed", [*items, Item(9)])
    site.fetch(now=LATER)
    assert [web.paths().count(f"/{name}.jpg") for name in names] == [1, 1, 2]


def test_a_second_build_writes_nothing(web: LocalWeb, site: FedSite) -> None:
    """fetch, build, fetch, build; a picture that comes later is on the page all the same."""
    web.serve("/p.jpg", b"", "text/plain", 503)
    web.feed("/feed", [with_picture(1, f"{web.address}/p.jpg")])
    site.follow(f"{web.address}/feed")
    site.fetch()
    assert "<source" not in site.build().page("news/2024-01-20-report-number-1-from-the-harbour/")
    site.fetch(now=LATER)
    assert "No file had to be written" in site.build().stdout
    web.serve("/p.jpg", picture(), "image/jpeg")
    web.feed("/feed", [with_picture(1, f"{web.address}/p.jpg"), Item(2)])
    site.fetch(now="2024-01-20T16:00:00Z")
    page = site.build().page("news/2024-01-20-report-number-1-from-the-harbour/")
    assert "<source" in page


def test_the_folder_keeps_to_its_budget(web: LocalWeb, site: FedSite) -> None:
    """The oldest go first, whole."""
    (site.folder / "site.yml").write_text("fetch:\n  pictures: 1\n", encoding="utf-8")
    noise = [Image.effect_noise((700, 400), 120).convert("RGB") for _ in range(4)]
    for number, image in enumerate(noise):
        out = BytesIO()
        image.save(out, "JPEG", quality=90)
        web.serve(f"/{number}.jpg", out.getvalue(), "image/jpeg")
        items = [with_picture(n, f"{web.address}/{n}.jpg") for n in range(number + 1)]
        web.feed("/feed", items)
        site.follow(f"{web.address}/feed")
        site.fetch(now=f"2024-01-20T{12 + 2 * number}:00:00Z")
    assert sum(path.stat().st_size for path in stored(site)) <= 1_000_000
    newest = {path.name[:16] for path in stored(site) if "x" in path.name[16:]}
    assert 1 <= len(newest) < 4
    assert all(len([p for p in stored(site) if p.name.startswith(k)]) == 6 for k in newest)


def test_the_logo_of_an_outlet_is_stored(web: LocalWeb, site: FedSite) -> None:
    """Where its file names none."""
    web.serve("/logo.png", picture(64, 64, "PNG"), "image/png")
    image = f"<image><url>{web.address}/logo.png</url><title>t</title><link>x</link></image>"
    web.feed("/feed", [Item(1)], image)
    site.follow(f"{web.address}/feed")
    site.fetch()
    built = site.build()
    assert built.code == 0, built.log
    assert '<img class="mark' in built.page("")
    assert "media/pictures/cache/" in built.page("")


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims to be so large; it holds hardly anything."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (png_of(60_000, 60_000), "too many"),
        (png_of(9_000, 9_000), "too many"),
        (png_of(800, 600), "cannot be read"),
        (picture()[:900], "cannot be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture of a kind"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "no picture of a kind"),
        (b"", "no picture of a kind"),
        (picture(1, 1), "only 1"),
        (picture(3000, 200), "too long"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes, why: str) -> None:
    """By its content and its size, whatever it is called."""
    with pytest.raises(NoPictureError, match=why):
        list(stored_files(data, "0" * 16))


def test_nothing_of_the_strangers_file_is_kept() -> None:
    """No metadata; what is transparent is white; turned as the camera was held."""
    image = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x013B] = "A secret name"
    out = BytesIO()
    image.save(out, "PNG", exif=exif)
    files = dict(stored_files(out.getvalue(), "0" * 16))
    assert "0000000000000000-200x400-ffffff.webp" in files
    assert not any(b"secret" in data for data in files.values())


def page_with(picture: str) -> bytes:
    """A page that names a picture."""
    return f'<!doctype html><meta property="og:image" content="{picture}"><p>Text'.encode()


def serve_pages(web: LocalWeb) -> None:
    """A feed of six items without pictures, and their pages."""
    web.feed("/feed", [Item(n) for n in range(6)])
    web.serve("/robots.txt", b"User-agent: *\nDisallow: /news/1\n", "text/plain")
    for number, named in enumerate(("/0.jpg", "/1.jpg", "/sign.png", "/sign.png", "/4.svg")):
        web.serve(f"/news/{number}", page_with(named), "text/html")
    web.serve("/news/5", b"<p>No picture", "text/html")
    web.serve("/0.jpg", picture(), "image/jpeg")


def test_a_page_names_the_picture_that_a_feed_does_not(web: LocalWeb, site: FedSite) -> None:
    """If that is wanted, and robots.txt lets it; no sign of the outlet, no drawing."""
    serve_pages(web)
    (site.folder / "site.yml").write_text("fetch:\n  pictures_from: pages\n", encoding="utf-8")
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert "1 picture stored." in run.stdout
    assert run.code == 0
    pictured = {path: text for path, text in site.records().items() if "images:" in text}
    assert [path[-28:] for path in pictured] == ["number-0-from-the-harbour.md"[-28:]]
    assert f'images:\n  - url: "{web.address}/0.jpg"\n' in "".join(pictured.values())
    asked = [path for path in web.paths() if path.startswith(("/news/", "/robots"))]
    assert sorted(asked) == ["/news/0", *(f"/news/{n}" for n in range(2, 6)), "/robots.txt"]
    assert "<source" in site.build().page("news/2024-01-20-report-number-0-from-the-harbour/")

    web.feed("/feed", [Item(n) for n in range(7)])
    web.serve("/news/6", page_with("/sign.png"), "text/html")
    before = len(web.paths())
    site.fetch(now=LATER)
    assert web.paths()[before:] == ["/feed", "/robots.txt", "/news/6", "/sign.png"]


def test_nobody_asks_pages_unless_it_is_set(web: LocalWeb, site: FedSite) -> None:
    """Nor in a dry run, nor where no picture is kept."""
    serve_pages(web)
    site.follow(f"{web.address}/feed")
    site.fetch("--dry-run")
    (site.folder / "site.yml").write_text(
        "fetch:\n  pictures_from: pages\n  pictures: 0\n", encoding="utf-8"
    )
    site.fetch("--dry-run")
    site.fetch()
    assert set(web.paths()) == {"/feed"}


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_host_that_refuses_its_pages_is_not_asked_for_more(
    web: LocalWeb, site: FedSite, status: int
) -> None:
    """The records come in without pictures; where robots.txt cannot be had no page is asked."""
    web.feed("/feed", [Item(n) for n in range(4)])
    (site.folder / "site.yml").write_text("fetch:\n  pictures_from: pages\n", encoding="utf-8")
    site.follow(f"{web.address}/feed")
    for number in range(4):
        web.serve(f"/news/{number}", b"no", "text/html", status)
    web.serve("/robots.txt", b"", "text/plain", 404 if status != 503 else 503)
    assert "4 records written" in site.fetch().stdout
    pages = [path for path in web.paths() if path.startswith("/news/")]
    assert len(pages) == (1 if status != 503 else 0)
