"""A label of a headline is not said a second time where the kind of the report is named."""

from __future__ import annotations

import pytest

from newsstand.text.headline_labels import label_before, without_label


@pytest.mark.parametrize(
    ("headline", "kind", "shown"),
    [
        ("Opinion: Why bridges matter", "opinion", "Why bridges matter"),
        ("OPINION | why bridges matter", "opinion", "Why bridges matter"),
        ("Kommentar: Der Hafen irrt", "opinion", "Der Hafen irrt"),
        ("[Video] Bridge opens", "video", "Bridge opens"),
        ("Watch: iPhone found in harbour", "video", "iPhone found in harbour"),
        ("Bridge opens – video", "video", "Bridge opens"),
        ("Bridge opens (Video)", "video", "Bridge opens"),
        ("Is the harbour lost? | Opinion", "opinion", "Is the harbour lost?"),
        ("LIVE — Storm nears", "live", "Storm nears"),
        ("Analysis: Who pays", "analysis", "Who pays"),
        ("Podcast: Harbour talk", "podcast", "Harbour talk"),
        ("Video: –3°C in the harbour", "video", "–3°C in the harbour"),
        ("Video - -3 degrees", "video", "-3 degrees"),
        ("[Video] – bridge opens", "video", "Bridge opens"),
        ("🔴 LIVE: Storm nears", "live", "Storm nears"),
    ],
)
def test_a_label_that_says_the_kind_goes(headline: str, kind: str, shown: str) -> None:
    """Before or behind a headline, with a sign or brackets; a small first word gets a capital."""
    assert without_label(headline, kind) == shown


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Opinion: Why bridges matter", "video"),
        ("Editorial: Why bridges matter", "opinion"),
        ("Letters: Why bridges matter", "opinion"),
        ("Podcast: Harbour talk", "audio"),
        ("Opinion polls: Who leads", "opinion"),
        ("Opinion: ", "opinion"),
        ("Opinion", "opinion"),
        ("Singers go live", "live"),
        ("Storm-live", "live"),
        ("Live:blog", "live"),
        ("“Live: a life” is out", "live"),
    ],
)
def test_other_words_stay(headline: str, kind: str) -> None:
    """Labels of another kind, those that say more, words that are none, and all of a headline."""
    assert without_label(headline, kind) == headline


@pytest.mark.parametrize(
    ("headline", "label"),
    [
        ("▶ VIDEO: Bridge opens", "video"),
        ("[Anzeige] Kauft", "anzeige"),
        ("Watch - Bridge opens", "watch"),
        ("“Live: a life” is out", ""),
        ("Bridge opens", ""),
    ],
)
def test_a_label_is_read_as_it_is_taken_away(headline: str, label: str) -> None:
    """By one rule: what `fetch` knows a report's kind by is what a page leaves out."""
    assert label_before(headline) == label
