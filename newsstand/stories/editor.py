"""The editor's word on stories: from records and ``stories.yml`` to what grouping obeys.

A record's own word (``story:``, ``alone:``) beats the file of decisions, and of the file
`merge` beats `split`. Where two contradict each other, that is a problem that names both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from newsstand.model import Article, Content, Decision
from newsstand.problems import Problem, Severity, nearest, quoted
from newsstand.stories.overrides import Orders
from newsstand.text.lists import grouped


class EditorsWord(Struct, frozen=True):
    """What the editor decided, free of contradictions.

    `orders` is what grouping obeys; `said` gives for each record, in words, who decided
    about it and where.
    """

    orders: Orders
    said: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


class _Decided(Struct):
    """Which records go together so far, by whose word, and what was wrong."""

    path: str
    articles: Mapping[str, Article]
    held_back: Mapping[str, str]
    group_of: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    said: dict[str, list[str]] = {}
    apart: list[frozenset[str]] = []
    problems: list[Problem] = []

    def root(self, record: str) -> str:
        return self.group_of.get(record, record)

    def together(self, record: str) -> set[str]:
        root = self.root(record)
        return self.members.get(root, {root})

    def join(self, records: Iterable[str], word: str) -> None:
        first, *others = records
        for other in others:
            root, moved = self.root(first), self.root(other)
            if root == moved:
                continue
            joined = self.together(first) | self.together(other)
            self.members.pop(moved, None)
            self.members[root] = joined
            self.group_of.update(dict.fromkeys(joined, root))
        self.note((first, *others), word)

    def note(self, records: Iterable[str], word: str) -> None:
        for record in records:
            self.said.setdefault(record, []).append(word)

    def contradiction(self, decision: Decision, place: str) -> None:
        self.problems.append(
            Problem(
                self.path,
                *decision.place,
                Severity.ERROR,
                "decision-contradiction",
                f"this decision contradicts {place}",
                "delete one of the two; until then this one is not followed",
            )
        )


def editors_word(content: Content, records: Mapping[str, Article]) -> EditorsWord:
    """What the editor decided about stories, and what was wrong with it.

    `records` are those of the content by path.
    """
    decided = _Decided(
        content.decisions.path,
        records,
        {h.path: h.reason for h in content.held_back},
    )
    with_a_word = [a for a in content.articles if a.story or a.alone]
    labels = _by_key(with_a_word, decided)
    for decision in _known(content.decisions.merge, decided):
        _merge(decision, decided)
    for decision in _known(content.decisions.split, decided):
        _split(decision, decided)
    orders = Orders(
        together=tuple(frozenset(m) for _, m in sorted(decided.members.items()) if len(m) > 1),
        alone=frozenset(a.path for a in with_a_word if a.alone and not a.story),
        apart=tuple(decided.apart),
        labels=labels,
    )
    words_by_record = {record: tuple(words) for record, words in decided.said.items()}
    return EditorsWord(orders, words_by_record, tuple(decided.problems))


def _by_key(articles: Iterable[Article], decided: _Decided) -> dict[str, str]:
    """Records with a story key are joined by it; the answer is each one's key."""
    by_key: dict[str, list[str]] = {}
    labels = {}
    for article in articles:
        if article.story:
            by_key.setdefault(article.story, []).append(article.path)
            labels[article.path] = article.story
        elif article.alone:
            decided.note([article.path], "alone, says the record")
    for key, records in by_key.items():
        decided.join(records, f"story: {key}, says the record")
    return labels


def _known(decisions: Iterable[Decision], decided: _Decided) -> Iterator[Decision]:
    """Decisions without the records that are not published, which are problems."""
    for decision in decisions:
        decided.problems.extend(
            unknown_records(decision, decided.path, decided.articles, decided.held_back)
        )
        there = tuple(r for r in decision.records if r in decided.articles)
        if len(there) > 1:
            yield replace(decision, records=there)


def unknown_records(
    decision: Decision,
    path: str,
    articles: Mapping[str, Article],
    held_back: Mapping[str, str],
) -> Iterator[Problem]:
    """A problem for each record that a decision names and that is not published.

    It is no error to name one that is held back: it may come due.
    """
    for record, place in zip(decision.records, decision.places, strict=True):
        if record in held_back:
            yield Problem(
                path,
                *place,
                Severity.WARNING,
                "decision-held-back",
                f"{quoted(record)} is held back ({held_back[record]})",
                "nothing to do if that is meant; the decision counts once it is published",
            )
        elif record not in articles:
            close = _close(record, articles)
            hint = f"did you mean {close}?" if close else "write its path below the content folder"
            message = f"there is no record {quoted(record)}"
            yield Problem(path, *place, Severity.ERROR, "decision-no-record", message, hint)


def _close(record: str, articles: Iterable[str]) -> str:
    """The record that is meant: the file has moved, or its name has a slip; "" for none.

    Only names with the same first third are compared in whole: with all of them, 600 slips on
    2,000 records took a minute.
    """
    name = record.rpartition("/")[2]
    beginning = name[: len(name) // 3]
    named = {path: path.rpartition("/")[2] for path in articles}
    moved = sorted(path for path, other in named.items() if other == name)
    alike = (path for path, other in named.items() if other.startswith(beginning))
    return moved[0] if moved else nearest(record, alike)


def _merge(decision: Decision, decided: _Decided) -> None:
    alone = [r for r in decision.records if decided.articles[r].alone]
    keys = {
        decided.articles[member].story: member
        for record in decision.records
        for member in sorted(decided.together(record))
        if decided.articles[member].story
    }
    if alone:
        decided.contradiction(decision, f"{alone[0]}, which is to stand alone")
    elif len(keys) > 1:
        first, second = sorted(keys.values())[:2]
        decided.contradiction(decision, f"the different story keys of {first} and {second}")
    else:
        decided.join(decision.records, _merged_at(decided.path, decision))


def _merged_at(path: str, decision: Decision) -> str:
    return f"merged in {path}:{decision.place[0]}"


def _split(decision: Decision, decided: _Decided) -> None:
    joined = grouped([(decided.root(record), record) for record in sorted(decision.records)])
    several = next((records for records in joined.values() if len(records) > 1), None)
    if several:
        first, second, *_ = several
        words = dict.fromkeys((*decided.said.get(first, ()), *decided.said.get(second, ())))
        decided.contradiction(
            decision, f"what puts {first} and {second} together: {', '.join(words)}"
        )
        return
    decided.apart.append(frozenset(decision.records))
    decided.note(decision.records, f"split in {decided.path}:{decision.place[0]}")
