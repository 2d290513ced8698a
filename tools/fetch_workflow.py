"""What the workflow that publishes runs to bring news in: fetch them, and keep what came.

python -m tools.fetch_workflow fetch|keep|ids

`ids` keeps the ids of stories that the build has written, for the next run to commit.

Variables: NEWSSTAND_RECORDS says where records are kept: "commit" (one commit a run, if something
came), "branch" (a branch of their own with one commit), "cache" (nowhere but in the workflow's
cache) or "off". GITHUB_EVENT_NAME is the event: a push restores and does not fetch.
NEWSSTAND_OPTIONS are further options for the command, GITHUB_STEP_SUMMARY names the file of the
run's summary, GITHUB_TOKEN may push.
"""

from __future__ import annotations

import base64
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from newsstand.content.file_kinds import FETCH_STATE_FILE
from newsstand.content.lock_file import LOCK_FILE
from tools.site_workflow import add_to_summary, run_program

ROOT = Path(__file__).resolve().parent.parent
BRANCH = "newsstand-data"
MODES = ("commit", "branch", "cache", "off")
_CACHED = Path(".cache/fetched")  # below the site: restored and kept by the workflow
IDS = f"content/{LOCK_FILE}"  # of stories: a build writes them after news are kept
_AUTHOR = {
    "GIT_AUTHOR_NAME": "Newsstand",
    "GIT_AUTHOR_EMAIL": "newsstand@users.noreply.github.com",
    "GIT_COMMITTER_NAME": "Newsstand",
    "GIT_COMMITTER_EMAIL": "newsstand@users.noreply.github.com",
}
_TRIES = 3
_PICTURES = "content/pictures/cache"


def main() -> int:
    """0: go on; 1: stop; 2: wrong usage."""
    steps: dict[str, Callable[[Path, str], int]] = {"fetch": fetch, "keep": keep, "ids": keep_ids}
    step = steps.get(" ".join(sys.argv[1:]))
    mode = os.environ.get("NEWSSTAND_RECORDS", "commit")
    if step is None or mode not in MODES:
        print(__doc__, file=sys.stderr)
        return 2
    return 0 if mode == "off" else step(ROOT, mode)


def fetch(site: Path, mode: str) -> int:
    """Restore what earlier runs kept, then ask the feeds; one that fails stops nothing."""
    restore(site, mode)
    if os.environ.get("GITHUB_EVENT_NAME") == "push":
        return 0
    # Feeds hold what strangers wrote: none of it is a command to the runner.
    word = secrets.token_hex(16)
    print(f"::stop-commands::{word}", flush=True)
    run = run_program("fetch", "--format", "markdown")
    print(run.stdout, end="", flush=True)
    print(f"::{word}::", flush=True)
    add_to_summary(f"## Fetch\n\n{run.stdout}")
    return run.returncode


def restore(site: Path, mode: str) -> None:
    """Put back what is not in the commit: records of the branch or the cache, and the state.

    A file that the commit has stays as it is.
    """
    if mode == "branch" and _git(site, "fetch", "--depth=1", "origin", BRANCH, check=False) == "":
        for path in _git(site, "ls-tree", "-r", "--name-only", "-z", "FETCH_HEAD").split("\0"):
            if path and not (site / path).exists():
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                (site / path).write_bytes(_blob(site, f"FETCH_HEAD:{path}"))
    cached = site / _CACHED
    for file in sorted(cached.rglob("*")) if cached.is_dir() else ():
        target = site / file.relative_to(cached)
        if target.name in (FETCH_STATE_FILE, LOCK_FILE) and target.exists():
            # Two lines of one feed are one: the later counts. Ids of stories add up.
            lines = (*target.read_bytes().splitlines(True), *file.read_bytes().splitlines(True))
            target.write_bytes(b"".join(dict.fromkeys(lines)))
        elif file.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def keep(site: Path, mode: str) -> int:
    """Keep what came: in one commit, on the branch, or in the cache.

    The state is cached too, but where the news could not be kept: it would say that they were seen.
    """
    came = changed(site)
    shutil.rmtree(site / _CACHED, ignore_errors=True)
    if mode == "commit" and came and not commit(site, came):
        return 0
    if mode == "branch":
        own = [path for path in came if _is_untracked(site, path)]
        if not push_branch(site, own):
            return 1
    _cache(site, [FETCH_STATE_FILE, IDS, *(came if mode == "cache" else ())])
    return 0


def keep_ids(site: Path, _: str) -> int:
    """Keep the ids of stories that a build has written for the next run, which commits them."""
    _cache(site, [IDS])
    return 0


def changed(site: Path) -> list[str]:
    """The files of the content folder that are not as the commit has them.

    Apart from pictures, and from ids of stories: they alone are no news.
    """
    said = _git(site, "status", "--porcelain", "-z", "--untracked-files=all", "--", "content")
    paths = (line[3:] for line in said.split("\0") if line)
    return sorted(p for p in paths if p != IDS and not p.startswith(f"{_PICTURES}/"))


def commit(site: Path, paths: Iterable[str]) -> bool:
    """One commit of these files and what belongs to them, pushed; whether that went well.

    If somebody was quicker it goes on top.
    """
    paths = list(paths)
    branch = _git(site, "rev-parse", "--abbrev-ref", "HEAD").strip()
    _git(site, "add", "--", *paths, *_beside(site))
    count = f"{len(paths):,} record{'s' if len(paths) != 1 else ''}"
    _git(site, "commit", "--quiet", f"--message=News: {count}")
    for _ in range(_TRIES):
        if _push(site, f"HEAD:refs/heads/{branch}"):
            return True
        _git(site, "fetch", "origin", branch)
        if not _succeeds(site, "rebase", "FETCH_HEAD"):
            _git(site, "rebase", "--abort")
            break
    title = "The news were not kept"
    print(f"::warning title={title}::Somebody pushed meanwhile; the next run fetches them again.")
    return False


def _beside(site: Path) -> list[str]:
    """What is kept with news: the state of the feeds, and the ids of stories."""
    return [path for path in (FETCH_STATE_FILE, IDS) if (site / path).is_file()]


def push_branch(site: Path, paths: Iterable[str]) -> bool:
    """The branch with one commit that has these files and what belongs to them; whether it stands.

    It is made anew each time: its history never grows.
    """
    index = {"GIT_INDEX_FILE": str(site / ".git" / "newsstand-index")}
    _git(site, "read-tree", "--empty", environment=index)
    _git(site, "add", "--force", "--", *paths, *_beside(site), environment=index)
    tree = _git(site, "write-tree", environment=index).strip()
    if _git(site, "rev-parse", "--verify", "FETCH_HEAD^{tree}", check=False).strip() == tree:
        return True
    made = _git(site, "commit-tree", tree, "-m", "News").strip()
    return _push(site, f"+{made}:refs/heads/{BRANCH}")


def _cache(site: Path, paths: Iterable[str]) -> None:
    for path in paths:
        if (site / path).is_file():
            target = site / _CACHED / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / path, target)


def _is_untracked(site: Path, path: str) -> bool:
    return not _git(site, "ls-files", "--", path)


def _push(site: Path, what: str) -> bool:
    """Whether a push went through. The token is given to git for this one call."""
    token = os.environ.get("GITHUB_TOKEN", "")
    basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    header = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.https://github.com/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {basic}",
    }
    return _succeeds(site, "push", "--quiet", "origin", what, environment=header if token else {})


def _succeeds(site: Path, *arguments: str, environment: dict[str, str] | None = None) -> bool:
    values = {**os.environ, **_AUTHOR, **(environment or {})}
    run = subprocess.run(["git", *arguments], cwd=site, check=False, env=values)
    return run.returncode == 0


def _blob(site: Path, name: str) -> bytes:
    run = subprocess.run(["git", "show", name], cwd=site, check=True, stdout=subprocess.PIPE)
    return run.stdout


def _git(
    site: Path, *arguments: str, check: bool = True, environment: dict[str, str] | None = None
) -> str:
    """What git says; raises where it fails, unless that is fine: then it says ``failed``."""
    values = {**os.environ, **_AUTHOR, **(environment or {})}
    command = ["git", *arguments]
    run = subprocess.run(command, cwd=site, check=check, env=values, stdout=subprocess.PIPE)
    return run.stdout.decode("utf-8", "replace") if run.returncode == 0 else "failed"


if __name__ == "__main__":
    sys.exit(main())
