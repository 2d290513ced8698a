"""Outlets are more than hosts: several hosts and names may be one."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsstand.text.hosts import outlet_host
from tests.sites import build_site, run_command, write_site

NOW = "2026-03-10T12:00:00Z"


def record(number: int, host: str, name: str = "", more: str = "") -> str:
    """A record of a story on a crane."""
    named = f"provider: {{name: {name}, domain: {host}}}\n" if name else ""
    return (
        f"---\ntitle: Crane falls at the quay, report {number}\nstory: crane\n"
        f"publishedDateTime: 2026-03-08T0{number}:00:00Z\n"
        f"webUrl: https://{host}/{number}\n{named}{more}---\n"
    )


@pytest.mark.parametrize(
    ("host", "outlet"),
    [
        *(("edition.cable.example", "cable.example"), ("m.cable.example", "cable.example")),
        *(("amp.www.cable.example", "cable.example"), ("cable.example", "cable.example")),
        *(
            ("m.co.uk", "m.co.uk"),
            ("amp.paper.co.uk", "paper.co.uk"),
            ("m.github.io", "m.github.io"),
        ),
        *(("media.example", "media.example"), ("news.cable.example", "news.cable.example")),
    ],
)
def test_forms_of_one_site_are_one_outlet(host: str, outlet: str) -> None:
    """But never by a public suffix, below which anybody may have a name."""
    assert outlet_host(host) == outlet


def test_hosts_of_one_outlet_count_once(tmp_path: Path) -> None:
    """In counts, on its page, for related pieces, also in the next build."""
    related = "related:\n  - {title: Crane in pictures, webUrl: 'https://amp.cable.example/9'}\n"
    files = {
        "content/1.md": record(1, "cable.example", "Cable"),
        "content/2.md": record(2, "edition.cable.example"),
        "content/3.md": record(3, "cable.test", more=related),
        "content/4.md": record(4, "quay.example", "Quay Post"),
        "content/5.md": record(5, "wire.example", "The Cable Wire"),
        "site.yml": "",
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    assert "4 outlets" in run.page("stories/1/")
    keys = "name: Cable\ndomain: cable.example\ndomains: [cable.test]\n"
    said = f"---\n{keys}otherNames: [The Cable Wire]\n---\n"
    write_site(tmp_path, {"content/providers/cable.example.md": said})
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert "2 outlets" in run.page("stories/1/")
    assert {p.name for p in (run.output / "outlets").iterdir() if p.is_dir()} == {
        *("cable.example", "quay.example"),
    }
    assert run.page("outlets/cable.example/").count("Crane falls") >= 4
    clean = build_site(tmp_path, "--no-cache", output=tmp_path / "clean", now=NOW, in_process=True)
    assert clean.files() == run.files()


@pytest.mark.parametrize("names", [("Cable", "Cable"), ("The Post", "the post")])
def test_check_notes_outlets_of_one_name(tmp_path: Path, names: tuple[str, str]) -> None:
    """With the line that would make them one."""
    files = {
        "content/1.md": record(1, "cable.example", names[0]),
        "content/2.md": record(2, "cable.test", names[1]),
        "site.yml": "",
    }
    write_site(tmp_path, files)
    run = run_command("check", "--site", str(tmp_path), "--now", NOW, in_process=True)
    assert "[outlet-name-twice]" in run.stdout
    assert "domains: [cable.test] into providers/cable.example.md" in run.stdout


def test_check_writes_the_hosts_into_the_file_that_is_there(tmp_path: Path) -> None:
    """Not into one that would have to be made for the first of them in the alphabet."""
    files = {
        "content/1.md": record(1, "cable.example", "Cable"),
        "content/2.md": record(2, "cable.test", "Cable"),
        "content/providers/cable.test.md": "---\nname: Cable\ndomain: cable.test\n---\n",
        "site.yml": "",
    }
    write_site(tmp_path, files)
    run = run_command("check", "--site", str(tmp_path), "--now", NOW, in_process=True)
    assert "domains: [cable.example] into providers/cable.test.md" in run.stdout


@pytest.mark.parametrize("said", ["provider: The Quay", "provider:\n  name: the quay"])
def test_the_name_of_an_outlet_with_a_file_is_enough(tmp_path: Path, said: str) -> None:
    """A record without a link and without a domain is that outlet's."""
    files = {
        "content/1.md": record(1, "quay.example", "The Quay"),
        "content/2.md": f"---\ntitle: Pilots strike\n{said}\n---\n",
        "content/providers/quay.example.md": "---\nname: The Quay\ndomain: quay.example\n---\n",
        "site.yml": "",
    }
    write_site(tmp_path, files)
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert [p.name for p in (run.output / "outlets").iterdir() if p.is_dir()] == ["quay.example"]
    assert "Pilots strike" in run.page("outlets/quay.example/")


def test_a_host_that_is_none_is_said(tmp_path: Path) -> None:
    """At its place in the list."""
    said = "domain: cable.example\ndomains: [cable.test, 'https://x.example/']\n"
    write_site(tmp_path, {"content/providers/c.yaml": said, "content/a.md": "# A", "site.yml": ""})
    run = build_site(tmp_path, now=NOW, in_process=True)
    assert "providers/c.yaml:2:23: error: domains holds 'https://x.example/'" in run.stderr


@pytest.mark.parametrize("host", ["cable.test", "www.cable.test"])
def test_a_host_that_two_files_claim_is_said(tmp_path: Path, host: str) -> None:
    """By one as its domain, by the other as a further host."""
    files = {
        "content/a.md": "---\ntitle: A\nwebUrl: https://cable.test/a\n---\n",
        "content/providers/cable.md": f"---\ndomain: cable.example\ndomains: [{host}]\n---\n",
        "content/providers/other.md": "---\ndomain: cable.test\nname: Other\n---\n",
        "site.yml": "",
    }
    run = build_site(write_site(tmp_path, files), in_process=True)
    assert "providers/other.md:2:1: error: the outlet 'cable.test' is also in" in run.stderr
    assert "outlet-twice" in run.stderr
