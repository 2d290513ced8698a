"""What a page says of a report that is no plain article."""

from __future__ import annotations

from pathlib import Path

from tests.sites import build_site, write_site


def test_a_label_is_printed_once(tmp_path: Path) -> None:
    """A badge says it on the page; a feed and the page's title have no badge, and keep it."""
    site = write_site(
        tmp_path,
        {
            "site.yml": "title: Quay\nurl: https://quay.example/\n",
            "content/news/why-harbour.md": """\
                ---
                title: "Opinion: The harbour is wrong"
                type: opinion
                webUrl: https://post.example/why-harbour
                publishedDateTime: 2024-01-19T10:00:00Z
                ---
                """,
        },
    )
    run = build_site(site, in_process=True)
    page = run.page("news/why-harbour/")
    assert ">The harbour is wrong</a></h1>" in page
    assert '<span class="badge">Opinion</span>' in page
    assert "<title>Opinion: The harbour is wrong · Quay</title>" in page
    assert "Opinion: " not in run.page("").partition("</head>")[2]
    assert "<title>Opinion: The harbour is wrong</title>" in run.page("feed.xml")
