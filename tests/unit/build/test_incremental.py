"""The writer of pages makes what shows something new, says why, and keeps the rest."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from newsstand.build import incremental
from newsstand.build.cache import MadePage
from newsstand.build.incremental import Before, PageWriter
from newsstand.build.output import MARKER, FileStamp, Output
from newsstand.model import Page
from newsstand.problems import at_line
from newsstand.render.templates import BrokenTemplate
from tests.sites import read_tree, write_site

MADE_FROM = {"": b"all", "day.html": b"day", "article.html": b"article"}


class Shown(Struct, frozen=True):
    """What a page is made from, as that of a record."""

    article: int = 1
    story: int = 1
    is_over: int = 1
    named: int = 1
    naming: int = 1
    near: int = 1
    earlier: int = 1
    later: int = 1
    number: int = 1


@dataclass
class Printer:
    """Stands for a renderer: a page's text is what its view says; it counts what it makes."""

    made: list[str] = field(default_factory=list)

    def render(self, page: Page) -> str:
        """The text of a page."""
        self.made.append(page.address)
        if page.template == "broken.html":
            raise BrokenTemplate(at_line("broken.html", 1, "template", "it is broken", "mend it"))
        return text_of(page)

    def compile(self, names: set[str]) -> None:
        """Nothing has to be made ready."""


@dataclass
class Shop:
    """A site that is printed again and again."""

    folder: Path
    pages: Mapping[str, MadePage] = field(default_factory=dict)
    made_from: Mapping[str, bytes] = field(default_factory=dict)
    site: FileStamp | None = None
    jobs: int = 1

    def run(
        self,
        pages: list[Page],
        made_from: Mapping[str, bytes] = MADE_FROM,
        *,
        trusted: bool = True,
        compress: bool = False,
        assets: Mapping[str, Path] | None = None,
    ) -> tuple[dict[str, str], list[str]]:
        """Print -> why each file was written, and the addresses of the pages that were made."""
        output, printer = Output(self.folder / "site"), Printer()
        before = Before(self.pages, self.made_from, trusted, self.site)
        writer = PageWriter(output, before, made_from, compress)
        output.begin()
        try:
            writer.make(writer.wanted(pages), printer, self.jobs)  # type: ignore[arg-type]
            for path, source in (assets or {}).items():
                writer.copy(path, source)
            writer.publish()
        except BrokenTemplate:
            output.abandon()
            raise
        self.pages, self.made_from, self.site = writer.pages, made_from, output.stamp(MARKER)
        return {w.path: w.reason for w in writer.written}, printer.made

    def files(self) -> dict[str, bytes]:
        """All files of the site."""
        found = read_tree(self.folder / "site")
        del found[MARKER]
        return found


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """One that has printed nothing yet."""
    return Shop(tmp_path)


def page(address: str, text: str, shows: int = 1, **more: str) -> Page:
    """A page that shows a text."""
    template, source = more.get("template", "day.html"), more.get("source", "")
    return Page(address, template, lambda _common, _inputs: text, Shown(shows), source)


def text_of(shown: Page) -> str:
    """What a page says."""
    return str(shown.view(None, shown.inputs))


PAGES = [
    page("a/", "A" * 500, template="article.html", source="a.md"),
    page("b/", "B" * 500, template="article.html", source="b.md"),
    page("day/", "D" * 500),
]


def test_at_first_all_is_new(shop: Shop) -> None:
    """Every page is made and written, once."""
    written, made = shop.run(PAGES)
    assert set(written.values()) == {"it is new"}
    assert made == ["a/", "b/", "day/"]
    assert shop.files().keys() == {"a/index.html", "b/index.html", "day/index.html"}


def test_what_shows_the_same_is_not_made_again(shop: Shop) -> None:
    """Its file stays, and is remembered."""
    shop.run(PAGES)
    before = shop.files(), shop.pages
    assert shop.run(PAGES) == ({}, [])
    assert (shop.files(), shop.pages) == before


def test_a_page_of_a_changed_record_says_so(shop: Shop) -> None:
    """And so does every page with that among its inputs."""
    shop.run(PAGES)
    new = [
        page("a/", "new", 2, template="article.html", source="a.md"),
        PAGES[1],
        page("day/", "new", 2),
    ]
    written, made = shop.run(new)
    assert written == {
        "a/index.html": "its record has changed",
        "day/index.html": "its record has changed",
    }
    assert made == ["a/", "day/"]


def test_a_page_that_comes_out_the_same_is_made_but_not_written(shop: Shop) -> None:
    """What it is made from has changed, its bytes have not."""
    shop.run(PAGES)
    same = [page(p.address, text_of(p), 2, template=p.template) for p in PAGES]
    assert shop.run(same) == ({}, ["a/", "b/", "day/"])
    assert shop.run(same) == ({}, [])


_BESIDE = "the day or month before or after it is another"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("article", "its record has changed"),
        ("story", "its story has changed"),
        ("is_over", "its story is over"),
        ("named", "a related record has changed"),
        ("naming", "a related record has changed"),
        ("near", "what is near it has changed"),
        ("earlier", _BESIDE),
        ("later", _BESIDE),
        ("number", "what it lists has changed"),
    ],
)
def test_a_page_says_what_of_it_is_another(shop: Shop, name: str, reason: str) -> None:
    """By the field of its inputs; of one that has no words that it lists something else."""
    text = "A" * 500
    again = replace(page("a/", "new"), inputs=Shown(**{name: 2}))
    shop.run([page("a/", text)])
    assert shop.run([again]) == ({"a/index.html": reason}, ["a/"])


def test_a_changed_template_is_named(shop: Shop) -> None:
    """Only pages that are made by it are made again."""
    shop.run(PAGES)
    new = [page(p.address, f"new {text_of(p)}", template=p.template) for p in PAGES]
    written, made = shop.run(new, MADE_FROM | {"day.html": b"other"})
    assert written == {"day/index.html": "day.html, or a template that it draws on, has changed"}
    assert made == ["day/"]


def test_what_every_page_shows_touches_all(shop: Shop) -> None:
    """Settings, topics, static files."""
    shop.run(PAGES)
    new = [page(p.address, f"new {text_of(p)}", template=p.template) for p in PAGES]
    written, _ = shop.run(new, MADE_FROM | {"": b"other"})
    assert set(written.values()) == {"the settings, a topic or a static file has changed"}
    assert len(written) == 3


def test_where_an_outlet_is_shown_otherwise_all_is_made(shop: Shop) -> None:
    """No page knows which outlets it shows."""
    shop.run(PAGES)
    new = [page(p.address, f"new {text_of(p)}", template=p.template) for p in PAGES]
    written, _ = shop.run(new, trusted=False)
    assert set(written.values()) == {"how an outlet or a topic is shown has changed"}


@pytest.mark.parametrize("text", [None, "C" * 500, "shorter"], ids=["gone", "same size", "shorter"])
def test_a_file_that_is_not_what_it_was_is_made_again(shop: Shop, text: str | None) -> None:
    """Gone, spoilt, or cut off."""
    shop.run(PAGES)
    before = shop.files()
    file = shop.folder / "site/a/index.html"
    file.unlink()
    if text is not None:
        file.write_text(text)
    assert shop.run(PAGES) == ({"a/index.html": "its file is not what it was"}, ["a/"])
    assert shop.files() == before


@pytest.mark.parametrize("kind", ["folder", "link"])
def test_what_took_the_place_of_a_file_is_replaced(shop: Shop, kind: str) -> None:
    """A folder or a link is no page, whatever it leads to."""
    shop.run(PAGES)
    before = shop.files()
    file = shop.folder / "site/a/index.html"
    kept = file.rename(shop.folder / "kept.html")
    if kind == "folder":
        file.mkdir()
    else:
        file.symlink_to(kept)
    shop.run(PAGES)
    assert shop.files() == before
    assert not (shop.folder / "site/a/index.html").is_symlink()


def test_a_file_that_was_only_copied_is_what_it_was(shop: Shop) -> None:
    """Its number and its time are others, its bytes are not: nothing is made."""
    shop.run(PAGES)
    file = shop.folder / "site/a/index.html"
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data)
    assert shop.run(PAGES) == ({}, [])


def test_a_page_that_is_gone_goes(shop: Shop) -> None:
    """Its folder too."""
    shop.run(PAGES)
    shop.run(PAGES[1:])
    assert shop.files().keys() == {"b/index.html", "day/index.html"}
    assert not (shop.folder / "site/a").exists()
    assert "a/index.html" not in shop.pages


def test_compressed_copies_come_and_go(shop: Shop) -> None:
    """Each is that of its page, is mended when it is spoilt, and is none of a tiny page."""
    pages = [*PAGES, page("tiny/", ".")]
    shop.run(pages)
    plain = shop.files()
    written, made = shop.run(pages, compress=True)
    assert set(written) == {f"{p}/index.html.gz" for p in ("a", "b", "day")}
    assert len(made) == 4
    packed = shop.files()
    for path, data in plain.items():
        copy = packed.get(f"{path}.gz")
        assert (copy is None) == path.startswith("tiny")
        assert copy is None or gzip.decompress(copy) == data
    assert shop.run(pages, compress=True) == ({}, [])
    (shop.folder / "site/a/index.html.gz").unlink()
    written, made = shop.run(pages, compress=True)
    assert written == {"a/index.html.gz": "its file is not what it was"}
    assert shop.files() == packed
    assert shop.run(pages)[0] == {}
    assert shop.files() == plain


def test_static_files_are_copied_once(shop: Shop) -> None:
    """And again when their bytes are others; a copy that is compressed is one of them."""
    write_site(shop.folder, {"own.css": "/* one */" * 50, "picture.png": b"\x89PNG"})
    assets = {name: shop.folder / name for name in ("own.css", "picture.png")}
    for compress in (False, True):
        written, _ = shop.run(PAGES, compress=compress, assets=assets)
        assert ("own.css.gz" in written) == compress
        assert "picture.png.gz" not in written
        assert shop.run(PAGES, compress=compress, assets=assets) == ({}, [])
    write_site(shop.folder, {"picture.png": b"\x89PNQ"})
    written, _ = shop.run(PAGES, compress=True, assets=assets)
    assert written == {"picture.png": "its source has changed"}
    assert shop.files()["picture.png"] == b"\x89PNQ"


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_make_the_same_site(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The same files, the same reasons in the same order, the same memory but for file numbers."""
    monkeypatch.setattr(incremental, "_PART", 7)
    many = [page(f"{n}/", f"page {n}") for n in range(incremental.ENOUGH + 20)]
    crew = Shop(tmp_path / "crew", jobs=jobs)
    crew.folder.mkdir()
    for pages in (many, [page(p.address, text_of(p), 2) for p in many[10:]]):
        alone, together = shop.run(pages), crew.run(pages)
        assert together[0] == alone[0]
        assert list(together[0]) == list(alone[0])
        assert crew.files() == shop.files()
        assert list(crew.pages) == list(shop.pages)
        digests = [[p.digest for p in s.pages.values()] for s in (shop, crew)]
        assert digests[0] == digests[1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_broken_template_publishes_nothing(shop: Shop, jobs: int) -> None:
    """Whichever process finds it; the last site stands, and the next build mends all."""
    shop.jobs = jobs
    shop.run(PAGES)
    before = shop.files()
    many = [page(f"{n}/", f"page {n}") for n in range(incremental.ENOUGH)]
    with pytest.raises(BrokenTemplate):
        shop.run([*many, page("x/", "", template="broken.html")])
    assert shop.files() == before
    shop.run(many)
    assert len(shop.files()) == len(many)
