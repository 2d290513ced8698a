"""Collections in the shapes that people bring, of other programs or of none; all invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

_NAMES = (
    "harbour crane bridge ferry lighthouse pier anchor rope tide quay lamp market station tower "
    "archive garden orchard library school tunnel canal windmill bakery theatre"
).split()
_WORDS = (
    "opens closes doubles mends paints moves counts sells buys measures floods warms lights hires "
    "honours renames rebuilds surveys"
).split()
Files = dict[str, str]


def _word(number: int) -> str:
    """A made word, another for each number."""
    syllables = "ba ke li mo nu ra se ti vo wu".split()
    return "".join(syllables[int(digit)] for digit in f"{number:03}")


def _headline(number: int) -> str:
    name, verb = _NAMES[number % len(_NAMES)], _WORDS[number // 3 % len(_WORDS)]
    return (
        f"{_word(number).title()} {name} {verb} after {_word(number * 7 + 3)} {_word(number + 400)}"
    )


def hugo_bundles() -> Files:
    """A link blog: 73 weekly posts, each a folder with an index.md."""
    files: Files = {}
    for week in range(73):
        day = date(2019, 3, 1) + timedelta(weeks=week)
        time = datetime(day.year, day.month, day.day, 20, tzinfo=ZoneInfo("Australia/Sydney"))
        links = "".join(
            f"- {_headline(week * 3 + n)}\n  - [{_word(week)} {n}](https://l.example/{week}/{n})\n"
            for n in range(2)
        )
        files[f"link/{day}/index.md"] = (
            f"---\ntitle: Links for {day.day} {day:%B}\ndate: {time.isoformat()}\ntags: [links]\n"
            f"description: What was read in week {week}\n---\n{links}"
        )
    return files


def hugo_renamed() -> Files:
    """The same posts, each a file that begins with its day."""
    return {f"{path.split('/')[1]}-links.md": text for path, text in hugo_bundles().items()}


def pelican_newsletter() -> Files:
    """67 issues with Pelican's lines of keys and no fences."""
    files: Files = {}
    for number in range(1, 68):
        day = date(2010, 1, 1) + timedelta(weeks=number)
        files[f"{day}-this-week-{number}.md"] = (
            f"Title: This Week {number}\nDate: {day} 10:00\nCategory: This Week\n"
            f"Tags: {_word(number)}, {_NAMES[number % len(_NAMES)]}\n\n"
            f"{_headline(number)}. {_headline(number + 100)}.\n"
        )
    return files


def notes() -> Files:
    """57 notes without any keys, in folders that are their topics."""
    return {
        f"{_NAMES[n % 12]}/{_word(n)}.md": (
            f"# How to mend a {_word(n)} {_NAMES[n % 24]}\n\n{_headline(n)}.\n\n"
            f"```sh\nmend --{_word(n)}\n```\n"
        )
        for n in range(57)
    }


def jekyll_digest() -> Files:
    """41 days, each a post that begins with its day and has a layout."""
    files: Files = {}
    for number in range(41):
        day = date(2025, 9, 1) + timedelta(days=number)
        files[f"_posts/{day}.md"] = (
            f"---\nlayout: post\ntitle: Digest of {day:%d %B %Y}\n---\n"
            f"* [{_headline(number)}](https://d.example/{number})\n"
        )
    return files


def weekly_without_keys() -> Files:
    """47 issues in Chinese without keys, with pictures of another host."""
    return {
        f"docs/issue-{n}.md": (
            f"# 每周通讯（第 {n} 期）：{_word(n)}\n\n这里记录每周的{_word(n + 9)}。\n\n"
            f"![](https://pics.example/{n}.jpg)\n\n## 文章\n\n"
            f"1、[{_headline(n)}](https://w.example/{n})\n"
        )
        for n in range(1, 48)
    }


def wire() -> Files:
    """235 items of 28 outlets in two days, as feeds have them: tags, tails, many hosts."""
    files: Files = {}
    start = datetime.fromisoformat("2026-03-08T00:00:00+00:00")
    outlets = [(f"Outlet {_word(n).title()}", f"{_word(n)}.example") for n in range(27)]
    hosts = ["cable.example", "edition.cable.example", "cable.test"]
    for n in range(235):
        name, host = outlets[n % 27]
        moment = start + timedelta(minutes=10 * n)
        if n % 12 == 0:
            name, host = "Cable", hosts[n // 12 % 3]
        if n >= 199:  # one outlet stamps its own time
            name, host, moment = outlets[5][0], outlets[5][1], start + timedelta(hours=40)
        files[f"news/item-{n:04}.md"] = (
            f'---\ntitle: "{_headline(n)} - {name}"\n'
            f'excerpt: "<p>{_word(n).title()} <b>said</b> so.</p><img src=\\"https://{host}/{n}.jpg\\">"\n'
            f"pubDate: {format_datetime(moment, usegmt=True)}\n"
            f"link: https://{host}/{n}?utm_source=rss\nsource: {name}\n---\n"
        )
    return files


COLLECTIONS: dict[str, Callable[[], Files]] = {
    "hugo bundles": hugo_bundles,
    "hugo renamed": hugo_renamed,
    "pelican newsletter": pelican_newsletter,
    "notes": notes,
    "jekyll digest": jekyll_digest,
    "weekly without keys": weekly_without_keys,
    "wire": wire,
}
