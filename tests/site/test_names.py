"""Names that look alike are alike, and names that differ have an address each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import build_site, write_site

NOW = "2026-03-10T12:00:00Z"
RECORD = "---\ntitle: Report on {0}\nwebUrl: https://quay.example/{1}\ntopics: ['{0}']\n---\n"
NFD_E = "e\u0301"


@pytest.mark.parametrize(
    "names",
    [
        (".NET", "Net"),
        ("A+", "A"),
        ("Müll", "Mull"),
        ("C", "C*", "C++", "C#", "C--"),
        ("1.0", "1-0"),
        ("Años", "Anos"),
    ],
)
def test_names_that_differ_have_an_address_each(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Whichever file comes first."""
    addresses: list[set[str]] = []
    for order in (names, names[::-1]):
        folder = tmp_path / str(len(addresses))
        files = {f"content/{n}.md": RECORD.format(name, n) for n, name in enumerate(order)}
        run = build_site(write_site(folder, {**files, "site.yml": ""}), now=NOW, in_process=True)
        made = {p.name for p in (run.output / "topics").iterdir() if p.is_dir()}
        assert len(made) == len(names)
        addresses.append(made)
    assert addresses[0] == addresses[1]


@pytest.mark.parametrize(
    "names",
    [("Shore power", "shore  Power"), ("Kaf\u00e9", f"Kaf{NFD_E}"), ("Shore-power", "Shore power")],
)
def test_names_that_are_alike_are_one(tmp_path: Path, names: tuple[str, str]) -> None:
    """Case, spacing and composition do not count."""
    files = {f"content/{n}.md": RECORD.format(name, n) for n, name in enumerate(names)}
    run = build_site(write_site(tmp_path, {**files, "site.yml": ""}), now=NOW, in_process=True)
    assert len([p for p in (run.output / "topics").iterdir() if p.is_dir()]) == 1


def test_composition_does_not_count_anywhere(tmp_path: Path) -> None:
    """Files, pictures, stories.yml, parents, links: what looks alike finds each other."""
    files = {
        f"content/news/r{NFD_E}sum{NFD_E}.md": RECORD.format("Kafé", 1).replace(
            "---\n", "---\nimages: [{url: café.svg}]\n", 1
        ),
        "content/news/other.md": RECORD.format("Kafé", 2) + "[a](résumé.md)\n",
        f"content/news/caf{NFD_E}.svg": "<svg/>",
        "content/topics/kafe.yaml": "name: Kafé\n",
        "content/topics/tea.yaml": f"name: Tee\nparent: Kaf{NFD_E}\n",
        "content/stories.yml": "merge:\n  - [news/résumé.md, news/other.md]\n",
        "site.yml": "url: https://t.example/\n",
    }
    run = build_site(write_site(tmp_path, files), now=NOW, in_process=True)
    for code in ("decision-no-record", "picture-missing", "topic-no-parent", "link-leads-nowhere"):
        assert code not in run.stderr
    assert (run.output / "news" / "résumé" / "index.html").is_file()
    assert 'href="../../news/r%C3%A9sum%C3%A9/"' in run.page("news/other/")
    assert "Made 1 story" in run.stdout
