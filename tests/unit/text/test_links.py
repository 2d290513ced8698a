"""Links: which are printed, and which lead to the same piece."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.text.links import (
    domain_of,
    host_by_parser,
    host_of,
    key_by_parser,
    link_by_parser,
    piece_key,
    web_link,
)

_PLAIN_PARTS = ["www", "m", "amp", "www2", "google", "a-b", "7", "a" * 61, "example"]
_ODD_PARTS = ["-a", "a_b", "A", "x" * 62, "x" * 64, "é", ""]
_HOSTS = st.one_of(
    st.lists(st.sampled_from(_PLAIN_PARTS), min_size=2, max_size=5),
    st.lists(st.sampled_from(_PLAIN_PARTS + _ODD_PARTS), min_size=1, max_size=6),
).map(".".join)
_RESTS = st.lists(
    st.one_of(
        st.sampled_from(["/a", "/b.html", "/~c", "/", "?d=1"]),
        st.sampled_from(
            ["/", "/amp", "/index.html", "/a.amp.html", "?", "&utm_source=a", "#", "%2D"]
        ),
        st.sampled_from(
            ["..", "//", "[", "]", "@", ":", ":80", ":443", " ", "\\", "é", "/a", "=7"]
        ),
        st.characters(max_codepoint=0x2100),
    ),
    max_size=6,
).map("".join)
_LINKS = st.tuples(
    st.sampled_from(["https://", "https://", "http://", "HTTP://"]), _HOSTS, _RESTS
).map("".join)


@pytest.mark.parametrize(
    "link",
    [
        "https://harbour.example/a",
        "http://harbour.example:8080/a?b=c#d",
        "https://xn--hafen-kxa.example/",
        "https://häfen.example/brücke",
        "https://[2001:db8::1]/a",
        "https://192.0.2.1/a",
        "http://localhost/",
        "https://harbour.example/@editor/a?mail=a@b.example",
        "https://harbour.example/100%",
    ],
)
def test_a_link_of_the_web_may_be_printed(link: str) -> None:
    """Whole http and https links to a real host pass as they are."""
    assert web_link(link) == link


@pytest.mark.parametrize(
    "link",
    [
        *("", " ", "harbour.example", "//harbour.example/a", "/a", "../a", "#a", "https:", "https://"),
        *("javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\tscript:x", "data:text/html,x"),
        *("ftp://harbour.example/", "file:///etc/passwd", "mailto:a@b.example", "https:a.example"),
        *("https://user@harbour.example/", "https://user:word@harbour.example/"),
        *("https://harbour.example\\@evil.example/", "https:\\\\harbour.example\\a"),
        *("https://harbour.example/<b>", 'https://harbour.example/"x', "https://harbour.example/`"),
        *("https://harbour.example/a\nb", "https://harbour.example/\x00", "https://harbour\u202e.example"),
        *("https://a..b/", "https://-a.example/", "https://a.example:99999/", "https://a.example:0/"),
        *("https://[bad/", "https://a b.example/", "https://a%00.example/", "https://exa\u2100mple.example/"),
        "https://harbour.example/" + "a" * 5000,
        "https://harbour.example/\ud800",
    ],
    ids=lambda link: ascii(link)[:40],
)  # fmt: skip
def test_no_other_link_is_printed(link: str) -> None:
    """Other schemes, other forms, user names, and what browsers read otherwise do not pass."""
    assert web_link(link) == ""


def test_spaces_in_a_link_are_encoded() -> None:
    """As a browser does; spaces around it do not count."""
    assert web_link(" https://harbour.example/a b ") == "https://harbour.example/a%20b"


def test_the_scheme_is_written_small() -> None:
    """Whoever looks for https:// at the beginning finds it."""
    assert web_link("HTTPS://harbour.example/A") == "https://harbour.example/A"


@given(st.text(max_size=60))
def test_what_passes_is_http_with_a_host(text: str) -> None:
    """Whatever is tried, a link that passes has the scheme http or https, a host and no user."""
    for link in (
        web_link(text),
        web_link(f"https://{text}"),
        web_link(f"https://a.example/{text}"),
    ):
        if link:
            parts = urlsplit(link)
            assert parts.scheme in ("http", "https")
            assert parts.hostname
            assert "@" not in parts.netloc
            assert link.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Harbour.Example", "harbour.example"),
        ("harbour.example.", "harbour.example"),
        ("häfen.example", "xn--hfen-loa.example"),
        ("a_b.example", "a_b.example"),
        ("https://harbour.example/", ""),
        ("harbour example", ""),
        ("..", ""),
        ("../..", ""),
        ("", ""),
        ("-a.example", ""),
        ("a" * 64 + ".example", ""),
        (".".join(["a" * 60] * 5), ""),
    ],
)
def test_a_host_name_has_one_form(text: str, domain: str) -> None:
    """Small letters, ASCII, no dot at the end; what is no host name is none."""
    assert domain_of(text) == domain


def test_a_reader_knows_a_host_without_www() -> None:
    """The host of a link as it is shown."""
    assert host_of("https://www.Harbour.example:8080/a") == "harbour.example"
    assert host_of("") == ""
    assert host_of("https://[2001:db8::1]/") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a", "http://harbour.example/a"),
        ("https://harbour.example/a", "https://www.harbour.example/a/"),
        ("https://harbour.example/a", "https://m.harbour.example/a"),
        ("https://harbour.example/a", "https://amp.harbour.example/a"),
        ("https://harbour.example/a", "https://harbour.example/a/amp/"),
        ("https://harbour.example/a", "https://harbour.example/amp/a"),
        ("https://harbour.example/a.html", "https://harbour.example/a.amp.html"),
        ("https://harbour.example/a", "https://harbour.example/a?utm_source=feed&utm_medium=rss"),
        ("https://harbour.example/a?id=7", "https://harbour.example/a?fbclid=x&id=7"),
        ("https://harbour.example/a?b=1&c=2", "https://harbour.example/a?c=2&b=1"),
        ("https://harbour.example/a", "https://harbour.example/a#comments"),
        ("https://harbour.example/a", "https://harbour.example/a/index.html"),
        ("https://harbour.example/a", "https://harbour.example:443/a"),
        ("https://harbour.example/a%2Db", "https://harbour.example/a-b"),
        (
            "https://harbour.example/a",
            "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/a",
        ),
        ("https://harbour.example/a", "https://www.google.com/amp/s/harbour.example/a"),
        ("https://harbour.example/a?amp", "https://harbour.example/a?outputType=amp"),
    ],
)
def test_variants_of_a_link_lead_to_one_piece(one: str, other: str) -> None:
    """Scheme, www, mobile and AMP copies, tracking and the order of parameters do not count."""
    assert piece_key(one) == piece_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a", "https://harbour.example/b"),
        ("https://harbour.example/a", "https://quay.example/a"),
        ("https://harbour.example/a?id=1", "https://harbour.example/a?id=2"),
        ("https://harbour.example/?p=1", "https://harbour.example/?p=2"),
        ("https://harbour.example/a", "https://harbour.example:8443/a"),
        ("https://harbour.example/A", "https://harbour.example/a"),
        ("https://m.example/a", "https://example/a"),
        ("https://harbour.example/amp", "https://harbour.example/"),
        ("https://news.harbour.example/a", "https://sport.harbour.example/a"),
        ("https://www.google.com/amp/s/a", "https://www.google.com/amp/s/b"),
    ],
)
def test_links_to_different_pieces_stay_apart(one: str, other: str) -> None:
    """Path, host, port and parameters with a meaning count."""
    assert piece_key(one) != piece_key(other)


@pytest.mark.parametrize(
    "rest", ["x:99999/y", "[bad/x", "[::1/x", "a.b:x/y", "exa\u2100mple.com/x", "@/x"]
)
def test_a_broken_link_in_a_cache_is_the_link_itself(rest: str) -> None:
    """What a cache's link holds need not be a link."""
    link = f"https://www.google.com/amp/s/{rest}"
    assert piece_key(link).startswith("google.com/")


@given(st.text(max_size=60))
def test_every_link_that_is_printed_has_a_key(text: str) -> None:
    """No link that passes is too odd for a key, and its key is not empty."""
    for start in ("https://a.example/", "https://www.google.com/amp/s/", "https://"):
        if link := web_link(start + text):
            assert piece_key(link)


@given(_LINKS)
def test_a_plain_link_is_read_as_a_parser_reads_it(link: str) -> None:
    """What is looked for by an expression is what is found by taking the link apart."""
    assert web_link(link) == link_by_parser(link)
    if shown := web_link(link):
        assert host_of(shown) == host_by_parser(shown)
        assert piece_key(shown) == key_by_parser(shown)
