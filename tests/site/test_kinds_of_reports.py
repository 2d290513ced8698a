"""What a page says of a report that is no plain article."""

from __future__ import annotations

from pathlib import Path

from tests.sites import build_site, write_site

PAGES = ("news/a/", "news/b/")


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


def test_a_report_of_nobody_has_no_lone_comma(tmp_path: Path) -> None:
    """In the list of who else has a story, what is missing leaves no sign behind."""
    record = "---\ntitle: {}\nstory: wall\npublishedDateTime: 2024-01-19T1{}:00:00Z\n{}---\n"
    outlet = "provider: {name: Quay, domain: quay.example}\ntype: video\n"
    files = {
        "content/news/a.md": record.format("The wall has fallen", 0, ""),
        "content/news/b.md": record.format("A harbour without its wall", 1, outlet),
        "site.yml": "title: Quay\n",
    }
    run = build_site(write_site(tmp_path, files), in_process=True)
    small = [page.partition("<small>")[2].partition("</small>")[0] for page in map(run.page, PAGES)]
    time = '<time datetime="2024-01-19T1{0}:00:00Z">19 Jan, 1{0}:00</time>'
    assert small == [f"Video, <bdi>Quay</bdi>, {time.format(1)}", time.format(0)]


def test_a_story_is_called_the_same_everywhere(tmp_path: Path) -> None:
    """Its page has the headline of the front page, and the badge beside it."""
    record = (
        "---\ntitle: {}\nstory: wall\npublishedDateTime: 2024-01-19T1{}:00:00Z\n"
        "type: {}\nprovider: {{name: Quay{}, domain: quay{}.example}}\n---\n"
    )
    files = {
        "content/news/a.md": record.format("'Watch: the wall falls'", 2, "video", 1, 1),
        "content/news/b.md": record.format("A harbour without its wall", 1, "article", 2, 2),
        "site.yml": "title: Quay\n",
    }
    run = build_site(write_site(tmp_path, files), in_process=True)
    page = run.page("stories/b/").partition("<h1")[2].partition("</header>")[0]
    assert ">The wall falls</h1>" in page
    assert '<span class="badge">Video</span>' in page
    assert ">The wall falls</a></h2>" in run.page("")
