"""Where pages are."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.outputs import urls


def test_each_kind_of_page_has_its_place() -> None:
    """The addresses are those that the documents promise."""
    assert urls.article("2024-01-18-ports") == "news/2024-01-18-ports/"
    assert urls.topic("c-sharp") == "topics/c-sharp/"
    assert urls.outlet("harbour.example") == "outlets/harbour.example/"
    assert urls.plain("about") == "about/"
    assert urls.year(2024) == "archive/2024/"
    assert urls.month(2024, 1) == "archive/2024/01/"
    assert urls.day(date(2024, 1, 8)) == "archive/2024/01/08/"
    assert urls.day(date(33, 4, 3)) == "archive/0033/04/03/"
    assert urls.day(None) == "archive/undated/"
    assert urls.story("2024-01-18-ports") == "stories/2024-01-18-ports/"
    assert urls.part("", 0) == ""
    assert urls.part("topics/sea/", 3) == "topics/sea/page/3/"


@pytest.mark.parametrize(
    ("address", "root"),
    [("", "./"), ("feed.xml", "./"), ("about/", "../"), ("news/x/", "../../")],
)
def test_the_way_back_to_the_root(address: str, root: str) -> None:
    """As many steps up as the address has folders."""
    assert urls.root_from(address) == root


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("", "index.html"),
        ("feed.xml", "feed.xml"),
        ("news/x/", "news/x/index.html"),
        ("news/%D0%BC%D0%BE%D1%80%D0%B5/", "news/море/index.html"),
        ("news/50%25/", "news/50%/index.html"),
    ],
)
def test_the_file_of_an_address(address: str, file: str) -> None:
    """A folder's page is its index; what a link encodes, a file does not."""
    assert urls.file_of(address) == file


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_a_name_stays_one_part_of_an_address(name: str) -> None:
    """No name adds a folder, a query or a fragment, and its file has the name itself."""
    address = urls.article(name)
    assert address.count("/") == 2
    assert address.isascii()
    assert not set(address) & set('?#\\ "<>')
    assert urls.file_of(address) == f"news/{name}/index.html"
