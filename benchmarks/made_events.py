"""Made-up events and who reports them: what the sites of `generated_site` are made of.

Half of all events have one report, a few have a dozen within hours or days; one report in seven
repeats another word for word. Words are as frequent as in real news, names among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from benchmarks.headlines import vocabulary

OUTLETS = 300
PICTURES = 12
"""Pictures that the site holds itself, ``/pictures/0.svg`` and so on."""
_SMALL = (
    "the of to and a in for on with as at by from that is after over its has was it will are "
    "new be who not this an more they have up first were two about his her says said year into"
).split()


@dataclass(frozen=True, slots=True)
class Report:
    """One piece: a record of the site, or something that records only mention."""

    number: int
    title: str
    excerpt: str
    published: datetime
    outlet: int
    link: str
    quality: int
    picture: str  # a link, or a path in the content; empty for none


class Outlets:
    """The outlets' names and hosts; the first report most."""

    def __init__(self, random: Random) -> None:
        words = vocabulary(Random(7))[:4000]
        kinds = "Gazette Post Wire Times Herald Courier Tribune Review Journal Today".split()
        stems = random.sample(words, OUTLETS)
        self.domains = tuple(f"{stem}-{n}.example" for n, stem in enumerate(stems))
        self.names = tuple(f"{stem.title()} {random.choice(kinds)}" for stem in stems)
        self.weights = list(accumulate(1.0 / (rank + 8.0) for rank in range(OUTLETS)))

    def choose(self, random: Random, count: int) -> list[int]:
        """So many different outlets."""
        chosen: dict[int, None] = {}
        while len(chosen) < count:
            chosen[random.choices(range(OUTLETS), cum_weights=self.weights)[0]] = None
        return list(chosen)


class Words:
    """Text of a vocabulary that follows Zipf's law, with small words as English has them."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._subjects = vocabulary(random)
        self._weights = list(accumulate(1.0 / (rank + 15.0) for rank in range(len(self._subjects))))
        self._drawn: list[int] = []

    def subjects(self, count: int, rare: int = 0) -> list[str]:
        """Words that tell what happened; with `rare` not the so many commonest."""
        if len(self._drawn) < count:
            ranks = range(len(self._subjects))
            self._drawn = self._random.choices(ranks, cum_weights=self._weights, k=50_000)
        drawn = [self._drawn.pop() for _ in range(count)]
        return [self._subjects[(rank + rare) % len(self._subjects)] for rank in drawn]

    def names(self, count: int) -> list[str]:
        """Names of people and places."""
        return [word.capitalize() for word in self.subjects(count, 400)]

    def told(self, own: list[str], words: int, share: float) -> list[str]:
        """So many words: some of the event's own, the others small or of every day."""
        random = self._random
        of_event = min(len(own), max(2, round(words * share)))
        small = round((words - of_event) * 0.55)
        text = random.sample(own, of_event) + random.choices(_SMALL, k=small)
        text += self.subjects(words - of_event - small)
        random.shuffle(text)
        return text

    def headline(self, own: list[str]) -> str:
        """6 to 14 words."""
        return _sentence(self.told(own, self._random.randint(6, 14), 0.35))

    def excerpt(self, own: list[str]) -> str:
        """20 to 45 words in two sentences."""
        words = self.told(own, self._random.randint(20, 45), 0.2)
        middle = len(words) // 2
        return f"{_sentence(words[:middle])}. {_sentence(words[middle:])}."


def _sentence(words: list[str]) -> str:
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def event(
    random: Random, words: Words, outlets: Outlets, begins: datetime, before: int
) -> Iterator[Report]:
    """The reports of one event: half of all events have but one."""
    own = words.subjects(4, 200) + words.names(2)
    told: list[Report] = []
    spread = random.choice((3.0, 10.0, 30.0))  # hours
    for n, outlet in enumerate(outlets.choose(random, min(12, int(random.paretovariate(1.1))))):
        later = timedelta(hours=random.expovariate(1 / spread)) if n else timedelta()
        published = (begins + later).replace(microsecond=0)
        report = _report(random, words, own, before + n, published)
        if told and random.random() < 1 / 7:  # copied from a wire
            first = random.choice(told)
            title = first.title if random.random() < 0.6 else words.headline(own)
            report = replace(report, title=title, excerpt=first.excerpt)
        link = f"https://{outlets.domains[outlet]}/{published:%Y/%m/%d}/{slug(report)}"
        told.append(replace(report, outlet=outlet, link=link))
        yield told[-1]


def _report(
    random: Random, words: Words, own: list[str], number: int, published: datetime
) -> Report:
    picture = ""
    if random.random() < 0.35:
        picture = f"https://pictures.example/{number}.jpg"
    elif random.random() < 0.06:
        picture = f"/pictures/{random.randrange(PICTURES)}.svg"
    return Report(
        number=number,
        title=words.headline(own),
        excerpt=words.excerpt(own),
        published=published,
        outlet=0,
        link="",
        quality=random.randint(20, 120),
        picture=picture,
    )


def elsewhere(words: Words, outlets: Outlets, report: Report) -> Report:
    """A piece about the same that is no record."""
    own = report.title.split()[:6]
    outlet = (report.outlet * 7 + 3) % OUTLETS
    return replace(
        report,
        title=words.headline(own),
        excerpt=words.excerpt(own),
        published=report.published + timedelta(minutes=37),
        outlet=outlet,
        link=f"https://{outlets.domains[outlet]}/story/{report.number}",
        picture="" if report.picture.startswith("/") else report.picture,
    )


def slug(report: Report) -> str:
    """The last part of a report's address."""
    plain = "-".join(report.title.lower().split()[:7])
    return f"{plain}-{report.number}"
