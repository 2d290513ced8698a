"""Settings: every one has a default, and what does not fit is said."""

from __future__ import annotations

from dataclasses import MISSING, fields

import pytest

from newsstand.content.kinds.fetch_settings import Fetching
from newsstand.content.kinds.setting_types import SiteLink
from newsstand.content.kinds.settings import (
    Config,
    Grouping,
    Weights,
    base_path,
    base_url_problem,
    read_config,
)


def codes(text: str) -> list[str]:
    """What is wrong with settings."""
    return [problem.code for problem in read_config(text, "site.yml")[1]]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n", "ranking: {}\n"])
def test_empty_settings_are_all_defaults(text: str) -> None:
    """And no mistake."""
    assert read_config(text, "site.yml") == (Config(), ())


def test_every_setting_has_a_default_and_its_words() -> None:
    """Groups have their own."""
    for kind in (Config, Weights, Grouping, Fetching):
        for setting in fields(kind):
            assert setting.default is not MISSING
            if setting.default not in (Grouping(), Weights(), Fetching()):
                assert setting.metadata["about"], setting.name


def test_settings_are_read() -> None:
    """Each as what it is."""
    config, problems = read_config(
        """\
title: Harbour News
description: "All &amp; everything"
url: https://news.example/repo?x#y
language: pt_BR
author: Somebody
topic: Harbours
page_size: 20
second_rank: 0
images: Remote
header_links:
  - {label: About, url: /about/}
  - {label: Outside, url: "https://quay.example/"}
ranking:
  half_life_hours: 12
  promoted: 0.5
stories:
  breadth: 1.5
""",
        "site.yml",
    )
    assert [problem.code for problem in problems] == ["url-mended"]
    assert (config.title, config.description) == ("Harbour News", "All & everything")
    assert (config.url, config.language) == ("https://news.example/repo/", "pt-BR")
    assert (config.page_size, config.second_rank, config.images) == (20, 0, "remote")
    assert [(link.label, link.url) for link in config.header_links] == [
        ("About", "/about/"),
        ("Outside", "https://quay.example/"),
    ]
    assert (config.ranking.half_life_hours, config.ranking.promoted) == (12, 0.5)
    assert config.ranking.quality == Weights().quality
    assert config.stories.breadth == 1.5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("page_size: 0", "number-range"),
        ("page_size: 501", "number-range"),
        ("page_size: 2.5", "type-number"),
        ("stories: {breadth: 4.1}", "number-range"),
        ("ranking: {promoted: -1}", "number-range"),
        ("url: news.example", "link-invalid"),
        ("language: English", "language-invalid"),
        ("images: all", "choice-unknown"),
        ("tilte: x", "key-unknown"),
        ("ranking: {halflife: 1}", "key-unknown"),
        ("title: [a]", "type-text"),
        ("stories: broad", "type-keys"),
        ("header_links: About", "type-list"),
        ("header_links: [About]", "type-keys"),
        ("header_links: [{label: A, url: '//evil.example'}]", "site-link-invalid"),
        ("header_links: [{label: A, url: '/\\evil.example'}]", "site-link-invalid"),
        ("header_links: [{label: '', url: /about/}]", "site-link-invalid"),
        ("title: a: b", "yaml-broken"),
    ],
)
def test_a_wrong_setting_is_said_and_its_default_taken(text: str, code: str) -> None:
    """One mistake, one problem; everything else is as if it were not there."""
    config, problems = read_config(text, "my site.yml")
    assert [(p.path, p.code) for p in problems] == [("my site.yml", code)]
    assert config == Config()


def test_a_good_link_beside_a_bad_one_is_kept() -> None:
    """One bad entry costs only itself."""
    text = "footer_links:\n  - {label: '', url: /a/}\n  - {label: B, url: /b/}\n"
    config, problems = read_config(text, "site.yml")
    assert [link.label for link in config.footer_links] == ["B"]
    assert [(p.line, p.column) for p in problems] == [(2, 5)]
    assert isinstance(config.footer_links[0], SiteLink)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "/"),
        ("https://news.example/", "/"),
        ("https://news.example", "/"),
        ("https://news.example/repo/", "/repo/"),
        ("https://news.example/a/b", "/a/b/"),
        ("https://news.example//evil.example/", "/evil.example/"),
    ],
)
def test_the_base_path_is_that_of_the_url(url: str, path: str) -> None:
    """One slash at its beginning: two would name another host."""
    config, _ = read_config(f"url: '{url}'\n", "site.yml")
    assert base_path(config) == path


@pytest.mark.parametrize(
    "text", ["news.example", "javascript:x", "/repo/", "https://u:p@a.example/"]
)
def test_a_base_url_that_is_none(text: str) -> None:
    """Is said with a remedy."""
    problem = base_url_problem(text)
    assert problem is not None
    assert problem.hint == "write https://host/path/"
    assert base_url_problem("https://news.example/repo") is None
    assert codes("") == []


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("baseURL", "url"),
        ("site_url", "url"),
        ("languageCode", "language"),
        ("paginate", "page_size"),
    ],
)
def test_settings_of_other_programs_are_told_with_what_they_are_here(key: str, meant: str) -> None:
    """The remedy is not to delete them."""
    _, (said,) = read_config(f"{key}: x\n", "site.yml")
    assert (said.code, said.hint) == ("key-unknown", f"did you mean {meant}?")
