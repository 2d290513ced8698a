"""The editor's word on stories: from records and ``stories.yml`` to what grouping obeys.

A record's own word (``story:``, ``alone:``) beats the file of decisions; where the two
contradict each other, that is a problem that names both places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from newsstand.grouping import Decisions as Orders
from newsstand.model import Article, Content, Decision
from newsstand.problems import Problem, at_line, nearest, quoted


@dataclass
class _Ledger:
    """Which records go together so far, and what was wrong."""

    path: str
    articles: Mapping[str, Article]
    group_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    apart: set[frozenset[str]] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def root(self, record: str) -> str:
        return self.group_of.get(record, record)

    def together(self, record: str) -> set[str]:
        root = self.root(record)
        return self.members.get(root, {root})

    def join(self, records: Iterable[str]) -> None:
        first, *others = records
        root = self.root(first)
        for other in others:
            if self.root(other) == root:
                continue
            moved = self.together(other)
            self.members[root] = self.together(first) | moved
            for record in self.members[root]:
                self.group_of[record] = root

    def contradiction(self, decision: Decision, place: str) -> None:
        self.problems.append(
            at_line(
                self.path,
                decision.line,
                "decision-contradiction",
                f"this decision contradicts {place}",
                "delete one of the two; until then this one is not followed",
            )
        )


def editors_word(content: Content) -> tuple[Orders, tuple[Problem, ...]]:
    """What the editor decided about stories, free of contradictions, and what was wrong."""
    articles = {a.path: a for a in content.articles}
    ledger = _Ledger(content.decisions.path, articles)
    by_key: dict[str, list[str]] = {}
    for article in content.articles:
        if article.story:
            by_key.setdefault(article.story, []).append(article.path)
    for records in by_key.values():
        ledger.join(records)
    for decision in _known(content.decisions.merge, ledger):
        _merge(decision, ledger)
    for decision in _known(content.decisions.split, ledger):
        _split(decision, ledger)
    orders = Orders(
        together=tuple(frozenset(m) for _, m in sorted(ledger.members.items()) if len(m) > 1),
        alone=frozenset(a.path for a in content.articles if a.alone and not a.story),
        apart=frozenset(ledger.apart),
    )
    return orders, (*ledger.problems, *_both(content.articles))


def _known(decisions: Iterable[Decision], ledger: _Ledger) -> Iterable[Decision]:
    """Decisions without the records that do not exist, which are problems."""
    for decision in decisions:
        ledger.problems.extend(unknown_records(decision, ledger.path, ledger.articles))
        there = tuple(r for r in decision.records if r in ledger.articles)
        if len(there) > 1:
            yield Decision(there, decision.line)


def unknown_records(
    decision: Decision, path: str, articles: Mapping[str, Article]
) -> list[Problem]:
    """A problem for each record that a decision names and that is not published."""
    problems = []
    for record in decision.records:
        if record not in articles:
            close = nearest(record, articles)
            hint = f"did you mean {close}?" if close else "write its path below the content folder"
            problems.append(
                at_line(
                    path,
                    decision.line,
                    "decision-no-record",
                    f"there is no record {quoted(record)}",
                    hint,
                )
            )
    return problems


def _merge(decision: Decision, ledger: _Ledger) -> None:
    alone = [r for r in decision.records if ledger.articles[r].alone]
    keys = {ledger.articles[r].story: r for r in decision.records if ledger.articles[r].story}
    if alone:
        ledger.contradiction(decision, f"{alone[0]}, which is to stand alone")
    elif len(keys) > 1:
        one, two = sorted(keys.values())[:2]
        ledger.contradiction(decision, f"the different story keys of {one} and {two}")
    else:
        ledger.join(decision.records)


def _split(decision: Decision, ledger: _Ledger) -> None:
    for one, two in combinations(sorted(decision.records), 2):
        if ledger.root(one) == ledger.root(two):
            reason = ledger.articles[one].story
            place = (
                f"story: {reason} in {one} and {two}"
                if reason and reason == ledger.articles[two].story
                else f"the merge of {one} and {two}"
            )
            ledger.contradiction(decision, place)
        else:
            ledger.apart.add(frozenset((one, two)))


def _both(articles: Iterable[Article]) -> list[Problem]:
    return [
        at_line(
            a.path,
            1,
            "decision-contradiction",
            f"alone: true contradicts story: {a.story} in the same record",
            "delete one of the two; until then the story key is followed",
        )
        for a in articles
        if a.alone and a.story
    ]
