"""Files of ``providers/``: outlets."""

from __future__ import annotations

import pytest

from newsstand.content.kinds.outlet import read_provider


def no_picture(_address: str) -> str:
    """There is no local picture."""
    return ""


def test_an_outlet_as_in_the_archive() -> None:
    """Front matter, with the domain as its id."""
    outlet, problems = read_provider(
        "---\ntaxonomy: organization\n_id: harbour.example\nname: Harbour Gazette\n"
        "otherNames: [The Gazette]\nimages:\n  - url: https://a.example/g.jpg\n    width: 50\n---\n"
        "About the Gazette.\n",
        "organizations/harbour.example.md",
        no_picture,
    )
    assert problems == ()
    assert outlet is not None
    assert (outlet.domain, outlet.name) == ("harbour.example", "Harbour Gazette")
    assert (outlet.other_names, outlet.description) == (("The Gazette",), "About the Gazette.")
    assert outlet.pictures[0].width == 50


def test_an_outlet_without_a_name_is_called_by_its_domain() -> None:
    """Nothing is invented."""
    outlet, _ = read_provider("domain: quay.example\n", "providers/quay.yaml", no_picture)
    assert outlet is not None
    assert outlet.name == "quay.example"


@pytest.mark.parametrize("said", ["@Desk_1@Social.example", "Desk_1@social.example"])
def test_an_outlet_has_an_account_in_the_fediverse(said: str) -> None:
    """With or without the sign before it; hosts are the same in small letters."""
    text = f"domain: quay.example\nfediverse: '{said}'\n"
    outlet, problems = read_provider(text, "providers/quay.yaml", no_picture)
    assert problems == ()
    assert outlet is not None
    assert outlet.fediverse == "@Desk_1@social.example"


@pytest.mark.parametrize(
    "said", ["desk", "@desk", "@desk@host", "https://a.example/@desk", '@d"><b@a.example', "@.@a.b"]
)
def test_what_is_no_account_is_said(said: str) -> None:
    """The outlet is read without it."""
    text = f"domain: quay.example\nfediverse: '{said}'\n"
    outlet, problems = read_provider(text, "providers/quay.yaml", no_picture)
    assert outlet is not None
    assert outlet.fediverse == ""
    assert [(p.line, p.code) for p in problems] == [(2, "fediverse-invalid")]
