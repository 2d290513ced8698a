"""Older addresses of records: a page at each that leads on, lines for hosts that redirect."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from html import escape
from urllib.parse import unquote, urlsplit

from newsstand.content.kinds.settings import base_path
from newsstand.model import Article
from newsstand.outputs import urls
from newsstand.outputs.conflicts import Places
from newsstand.problems import Problem, Severity, quoted
from newsstand.site import Site
from newsstand.text.file_names import is_file_name

REDIRECTS = "_redirects"
"""Where Netlify and Cloudflare Pages look for redirects."""

_LONGEST = 1000  # bytes of a whole path

_PAGE = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    '<meta name="robots" content="noindex">\n{canonical}'
    '<meta http-equiv="refresh" content="0; url={target}">\n</head>\n'
    '<body><p>This page has moved: <a href="{target}">{title}</a></p></body>\n</html>\n'
)


def alias_files(
    site: Site, taken: Collection[str], has_redirects: bool
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The files of all aliases by their path in the site, and what is wrong with any.

    `taken` are the files of the site; `has_redirects` says that a file of redirects is the
    editor's own, which stays as it is.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    lines: list[str] = []
    with_aliases = sorted([a for a in site.articles if a.aliases], key=lambda a: a.path)
    places = Places((*taken, REDIRECTS) if with_aliases else ())
    for article in with_aliases:
        for alias in article.aliases:
            address = address_of(alias, site.config.url)
            path = urls.file_of(address)
            if address in _of_its_story(site, article) and path in taken:
                continue
            if not address or not places.has_room(path):
                problems.append(_wrong(article, alias, bool(address)))
                continue
            places.take(path)
            files[path] = _page(site, article, address)
            base = base_path(site.config)
            lines.append(f"{base}{address} {base}{urls.article(article.slug)} 301\n")
    if lines and not has_redirects:
        files[REDIRECTS] = "".join(lines).encode()
    return files, tuple(problems)


def address_of(alias: str, url: str) -> str:
    """An alias as an address below the site's root (`url`); "" for one that cannot be."""
    try:
        parts = urlsplit(f"/{alias.removeprefix(url)}" if url and alias.startswith(url) else alias)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.query:
        return ""
    written = unquote(parts.path)
    below = written.lstrip("/") if written.startswith("/") else f"news/{written}"
    plain = f"/{posixpath.normpath(below)}" if below else "/"
    if plain == "/" or not all(map(is_file_name, plain.split("/")[1:])):
        return ""
    if len(plain.encode()) > _LONGEST:
        return ""
    is_file = "." in plain.rpartition("/")[2] and not written.endswith("/")
    return urls.path_address(plain.lstrip("/")) + ("" if is_file else "/")


def _of_its_story(site: Site, article: Article) -> list[str]:
    """Addresses at which the story of a record stands, or that lead to it already."""
    return [urls.story(name) for name in site.names_of(article)]


def _page(site: Site, article: Article, address: str) -> bytes:
    target = f"{urls.root_from(address)}{urls.article(article.slug)}"
    whole = f"{site.config.url}{urls.article(article.slug)}" if site.config.url else ""
    canonical = f'<link rel="canonical" href="{escape(whole)}">\n' if whole else ""
    filled = {"title": escape(article.title), "target": escape(target), "canonical": canonical}
    return _PAGE.format(**filled).encode()


def _wrong(article: Article, alias: str, is_address: bool) -> Problem:
    reason = "is taken by another page" if is_address else "is no address of this site"
    hint = "write an older address of the page, such as /news/old-name/"
    message = f"the alias {quoted(alias)} {reason}"
    return Problem(article.path, 1, 1, Severity.WARNING, "alias-refused", message, hint)
