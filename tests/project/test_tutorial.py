"""The commands of the tutorial and of the README, run as a newcomer would, in an empty folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import site
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Browser

from newsstand.packaged_files import NEW_SITE
from tests.actions_runner import fresh_clone
from tests.fetch.local_web import Item, LocalWeb, local_web, rss
from tests.sites import ROOT, write_site

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
_ADDRESS = "<address of this repository>"
_TIME_LIMIT = 300
_PATIENCE = 30  # seconds
# pip is among this machine's packages too; a new copy of it for each environment takes seconds.
_PYTHON = """\
#!/bin/sh
if [ "$1 $2" = "-m venv" ]; then shift 2; set -- -m venv --without-pip "$@"; fi
exec "{}" "$@"
"""


def shell_blocks(text: str) -> list[str]:
    """What a document shows to be typed into a terminal."""
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Terminal:
    """A shell in a folder, on a machine without network that has this one's Python packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        tools = folder.parent / "tools"
        tools.mkdir()
        for name in ("python", "python3"):
            (tools / name).write_text(_PYTHON.format(sys.executable))
            (tools / name).chmod(0o755)
        guard = ROOT / "tests" / "guard"
        self.environment = {
            "HOME": str(folder.parent),
            "PATH": f"{tools}:{os.environ['PATH']}",
            "PIP_NO_INDEX": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as "no isolation"
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PYTHONPATH": os.pathsep.join([str(guard), *site.getsitepackages()]),
            "PYTHONUTF8": "1",
        }

    def run(self, lines: str, code: int = 0) -> str:
        """Run lines in one shell; gives what they said."""
        finished = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", lines],
            cwd=self.folder,
            check=False,
            encoding="utf-8",
            env=self.environment,
            stderr=subprocess.STDOUT,
            stdout=subprocess.PIPE,
            timeout=_TIME_LIMIT,
        )
        assert finished.returncode == code, finished.stdout
        return finished.stdout

    def start(self, lines: str) -> subprocess.Popen[bytes]:
        """Run lines in a shell of its own that stays."""
        with (self.folder.parent / "server.log").open("wb") as log:
            return subprocess.Popen(
                ["bash", "-euo", "pipefail", "-c", lines],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def wait_for(port: int) -> None:
    """Until a server takes connections."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "nothing listens"
        time.sleep(0.1)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a shell and what it has started."""
    os.killpg(server.pid, signal.SIGTERM)
    server.wait(_PATIENCE)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository to clone from, with the files as they are now."""
    return fresh_clone(tmp_path_factory.mktemp("repository"), {})


@pytest.fixture(scope="module")
def terminal(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """An empty folder in which the tutorial's first two steps were taken."""
    folder = tmp_path_factory.mktemp("newcomer") / "empty"
    folder.mkdir()
    first = Terminal(folder)
    install, init, *_ = shell_blocks(TUTORIAL)
    said = first.run(install.replace(_ADDRESS, str(clone)))
    assert re.search(r"^newsstand \d+\.\d+\.\d+$", said, re.MULTILINE)
    second = ". .venv/bin/activate\n"
    first.run(second + init)
    return first


def in_site(lines: str) -> str:
    """Lines for a terminal that has been opened in the folder of the tutorial."""
    return f". .venv/bin/activate\ncd harbour\n{lines}"


def block_with(word: str) -> str:
    """The tutorial's block of commands that begins with a word."""
    (found,) = (block for block in shell_blocks(TUTORIAL) if block.startswith(word))
    return found


@pytest.fixture(scope="module")
def record(terminal: Terminal) -> Path:
    """The record that the tutorial's fourth step has written."""
    said = terminal.run(in_site(block_with("newsstand new")))
    path: str
    (path,) = re.findall(r"\S+last-ferry-leaves-at-midnight\.md", said)
    found = [terminal.folder / "harbour" / path, Path(path)]
    return next(place for place in found if place.is_file())


def test_every_command_of_the_tutorial_is_one_of_these() -> None:
    """A new block of commands needs a test."""
    firsts = [block.split("\n", 1)[0].rsplit(" --", 1)[0] for block in shell_blocks(TUTORIAL)]
    assert [first.split()[:2] for first in firsts] == [
        ["git", "clone"],
        ["newsstand", "init"],
        ["newsstand", "serve"],
        ["newsstand", "new"],
        ["newsstand", "check"],
        ["newsstand", "build"],
        ["newsstand", "import"],
        ["git", "init"],
    ]


def test_a_new_site_has_one_file_of_each_kind(terminal: Terminal) -> None:
    """Those that the tutorial names."""
    site_folder = terminal.folder / "harbour"
    assert (site_folder / "site.yml").is_file()
    assert (site_folder / "static/css/own.css").is_file()
    assert "Harbour News" in (site_folder / "site.yml").read_text(encoding="utf-8")
    for kind in ("news", "topics", "providers", "pages"):
        assert [path for path in (site_folder / "content" / kind).rglob("*") if path.is_file()]


def test_check_says_what_the_tutorial_says(terminal: Terminal, record: Path) -> None:
    """Nothing is wrong; without its title the record is an error, by its file."""
    check = in_site(block_with("newsstand check"))
    assert "error" not in terminal.run(check).replace("0 errors", "").replace("no error", "")
    good = record.read_text(encoding="utf-8")
    record.write_text(re.sub(r"^title:.*\n", "", good, flags=re.MULTILINE), encoding="utf-8")
    said = terminal.run(check, code=1)
    record.write_text(good, encoding="utf-8")
    assert re.search(rf"{re.escape(record.name)}:\d+:\d+: error: .*\[title-missing\]", said)


def test_build_makes_the_site(terminal: Terminal, record: Path) -> None:
    """With the record, the edited title and the colour of the tutorial."""
    (title,) = re.findall(r"Change the title to `(.+?)`", TUTORIAL)
    text = record.read_text(encoding="utf-8")
    assert "Last ferry leaves at midnight" in text
    built = terminal.folder / "harbour" / "_site"
    terminal.run(in_site(block_with("newsstand build")))
    (count,) = re.findall(r"\*(\d+ outlets?)\*", TUTORIAL)
    card = (built / "index.html").read_text("utf-8").partition(">Last ferry leaves")[2]
    assert f">{count}<" in card.partition("</article>")[0]
    changed = text.replace("Last ferry leaves at midnight", title)
    record.write_text(changed, encoding="utf-8")
    (colour,) = re.findall(r"^```css\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
    with (terminal.folder / "harbour/static/css/own.css").open("a", encoding="utf-8") as sheet:
        sheet.write(colour)
    said = terminal.run(in_site(block_with("newsstand build")))
    assert str(built) in said
    page = (built / "index.html").read_text(encoding="utf-8")
    card = page.partition(f">{title}")[2]
    assert f">{count}<" in card.partition("</article>")[0]
    assert "https://gazette.example/last-ferry" in page
    assert colour in "".join(p.read_text("utf-8") for p in (built / "css").glob("own.*.css"))
    assert (built / "news" / record.stem / "index.html").is_file()


@pytest.mark.browser
def test_an_edit_is_seen_in_the_browser(terminal: Terminal, record: Path, browser: Browser) -> None:
    """Without a press of any key: the record, its new title, and the colour of links."""
    port = free_port()
    serve = block_with("newsstand serve").replace("8000", str(port))
    server = terminal.start(in_site(serve))
    try:
        wait_for(port)
        page = browser.new_page(color_scheme="light")
        page.goto(f"http://127.0.0.1:{port}/")
        text = record.read_text(encoding="utf-8")
        (title,) = re.findall(r"Change the title to `(.+?)`", TUTORIAL)
        for shown in ("Seen at once", title):
            edited = re.sub(r"^title:.*$", f"title: {shown}", text, flags=re.MULTILINE)
            record.write_text(edited, encoding="utf-8")
            page.get_by_text(shown).first.wait_for(timeout=_PATIENCE * 1000)
        sheet = terminal.folder / "harbour/static/css/own.css"
        (style,) = re.findall(r"^```css\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
        page.wait_for_load_state("load")
        with page.expect_event("load", timeout=_PATIENCE * 1000):
            sheet.write_text(f"{sheet.read_text('utf-8')}{style}", "utf-8")
        colour = "getComputedStyle(document.querySelector('a.count')).color"
        assert page.evaluate(colour) == "rgb(11, 95, 74)"
        page.close()
    finally:
        stop(server)


def with_feeds(lines: str, web: LocalWeb) -> str:
    """Lines that name three addresses, with those of a server on this machine in their place."""
    names = re.findall(r"https://(\w+)\.example\S*", lines)
    assert len(names) == 3
    page = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/0.xml">'
    web.serve("/", page, "text/html")
    for n, name in enumerate(names):
        base = f"https://{name}.example"
        items = [Item(10 * n + k, title=f"{name.title()} reports thing {k}") for k in range(4)]
        web.serve(f"/{n}.xml", rss(base, items))
    places = iter(("/", "/1.xml", "/2.xml"))
    own = re.sub(r"https://\S+", lambda _: f"{web.address}{next(places)}", lines)
    return re.sub(
        r"^(newsstand (?:import|fetch).*)$", r"\1 --allow-private", own, flags=re.MULTILINE
    )


def test_news_come_in_as_the_tutorial_says(terminal: Terminal) -> None:
    """Three outlets, their items, and a second call that finds nothing new."""
    with local_web() as web:
        said = terminal.run(in_site(with_feeds(block_with("newsstand import"), web)))
        assert said.count("1 outlet written") == 3
        assert "3 feeds asked" in said
        again = terminal.run(in_site("newsstand fetch --allow-private"))
    assert "0 feeds asked" in again
    assert "error" not in terminal.run(in_site("newsstand check")).replace("0 errors", "")


def test_five_lines_of_the_readme_make_a_site_of_ones_own_feeds(
    terminal: Terminal, tmp_path: Path
) -> None:
    """From an empty folder to pages in a server."""
    terminal_ = replace_folder(terminal, tmp_path / "empty")
    port = free_port()
    with local_web() as web:
        # Items of a made feed are of January 2024: as of then they are new.
        terminal_.environment["SOURCE_DATE_EPOCH"] = "1705752000"
        lines = with_feeds(README_BLOCKS[2], web).replace("serve", f"serve --port {port}")
        assert len(lines.splitlines()) == 5
        activate = f". {terminal.folder}/.venv/bin/activate\n"
        server = terminal_.start(activate + lines)
        try:
            wait_for(port)
            pages = ""
            for address in ("", "archive/2024/01/20/", "archive/2024/01/19/"):
                with urlopen(f"http://127.0.0.1:{port}/{address}") as answer:
                    pages += answer.read().decode()
            assert all(f"{n} reports thing" in pages for n in ("Gazette", "Radio", "Post"))
        finally:
            stop(server)


def replace_folder(terminal: Terminal, folder: Path) -> Terminal:
    """The same machine, another folder."""
    folder.mkdir()
    other = Terminal(folder)
    other.environment = dict(terminal.environment)
    return other


class RunnerOfANewSite:
    """A machine of GitHub's that runs the workflow of a site made by `init`."""

    def __init__(self, terminal: Terminal, origin: Path, name: str) -> None:
        self.terminal = terminal
        self.folder = origin.parent / name
        terminal.run(f"git clone --quiet --depth 1 file://{origin} {self.folder}")
        text = (self.folder / ".github/workflows/site.yml").read_text("utf-8")
        self.steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
        self.summary = origin.parent / f"{name}-summary"

    def restore(self, other: RunnerOfANewSite) -> None:
        """What the cache of another run holds."""
        (step,) = [s for s in self.steps if "actions/cache@" in s.get("uses", "")]
        for path in step["with"]["path"].split():
            if (other.folder / path).exists():
                shutil.copytree(other.folder / path, self.folder / path)

    def run(self, event: str = "schedule") -> str:
        """The shell steps but for that which installs; gives what they said."""
        scripts = [s for s in self.steps if "run" in s]
        assert scripts[0]["run"].endswith("--requirement requirements.txt")
        conditions = {s["if"] for s in scripts if "if" in s}
        assert conditions == {"${{ github.event_name != 'push' }}"}
        said = ""
        for step in scripts[1:]:
            if event == "push" and "if" in step:
                continue
            values = {k: v for k, v in step.get("env", {}).items() if "${{" not in v}
            values |= {"BASE_URL": "https://name.github.io/repo/", "GITHUB_TOKEN": "t"}
            values["GITHUB_STEP_SUMMARY"] = str(self.summary)
            exports = "".join(f"export {k}={shlex.quote(v)}\n" for k, v in values.items())
            script = step["run"].replace("newsstand fetch", "newsstand fetch --allow-private")
            lines = f". .venv/bin/activate\nset +uo pipefail\ncd {self.folder}\n{exports}{script}"
            said += self.terminal.run(lines)
        return said

    def page(self, path: str) -> str:
        """A file of the site that was built."""
        return (self.folder / "_site" / path).read_text("utf-8")


@pytest.fixture
def pushed(terminal: Terminal, tmp_path: Path) -> Path:
    """The tutorial's site in a repository, by the lines of its last section."""
    site_folder = terminal.folder / "harbour"
    write_site(site_folder, {"static/mark.txt": "mine", "templates/404.html": "<p>My own 404</p>"})
    bare = tmp_path / "pages.git"
    named = "git config --global user.name T\ngit config --global user.email t@t.example\n"
    terminal.run(f"{named}git init --quiet --bare --initial-branch main {bare}")
    shutil.rmtree(site_folder / ".git", ignore_errors=True)
    lines = block_with("git init").replace("<address of your repository>", str(bare))
    terminal.run(in_site(lines))
    return bare


def test_a_new_site_is_pushed_and_built_by_its_own_workflow(
    terminal: Terminal, pushed: Path
) -> None:
    """The lines of the tutorial's last section, then the shell steps that follow a push."""
    runner = RunnerOfANewSite(terminal, pushed, "runner")
    assert (runner.folder / "requirements.txt").is_file()
    assert "url-missing" not in runner.run("push")
    assert "https://name.github.io/repo/" in runner.page("index.html")
    assert runner.page("mark.txt") == "mine"
    assert "My own 404" in runner.page("404.html")
    uploads = [s for s in runner.steps if "upload" in s.get("uses", "")]
    assert [step["with"]["path"] for step in uploads] == ["_site"]
    assert terminal.run(f"git -C {pushed} log --format=%s main").splitlines() == ["Our site"]


@pytest.mark.parametrize(("installed", "code"), [(True, 0), (False, 1)])
def test_the_workflow_of_a_new_site_says_if_nothing_installs_newsstand(
    tmp_path: Path, installed: bool, code: int
) -> None:
    """A line of requirements.txt that is still a comment fails where it can be mended."""
    text = (NEW_SITE / "dot-github/workflows/site.yml").read_text("utf-8")
    steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
    (step,) = [s for s in steps if s.get("name") == "Say if nothing installs Newsstand"]
    program = tmp_path / ("newsstand" if installed else "other")
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    run = subprocess.run(
        ["bash", "-ec", step["run"]],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.returncode == code
    assert ("::error file=requirements.txt::" in run.stdout) is not installed


def test_news_come_in_by_the_schedule_of_a_new_site(terminal: Terminal, pushed: Path) -> None:
    """One commit with what came, built in the same run; none where nothing came."""
    log = f"git -C {pushed} log --format=%s main"
    with local_web() as web:
        editor = pushed.parent / "editor"
        outlet = f"---\nname: Weir\ndomain: weir.example\nfeeds: ['{web.address}/feed']\n---\n"
        terminal.run(f"git clone --quiet {pushed} {editor}")
        write_site(editor, {"content/providers/weir.example.md": outlet})
        push = f"cd {editor}\ngit add .\ngit commit --quiet --message Weir\ngit push --quiet"
        terminal.run(push)
        web.feed("/feed", [Item(1, title="The weir is mended", published=datetime.now(UTC))])
        one = RunnerOfANewSite(terminal, pushed, "one")
        said = one.run()
        assert terminal.run(log).splitlines() == ["News", "Weir", "Our site"]
        assert "The weir is mended" in one.page("index.html")
        assert "| Weir | read | 1 |" in one.summary.read_text("utf-8")
        assert re.search(r"^::stop-commands::([0-9a-f]{32})\n(?s:.*)^::\1::$", said, re.MULTILINE)
        named = terminal.run(f"git -C {pushed} ls-tree -r --name-only main").splitlines()
        assert "fetch-state.jsonl" in named
        assert not [name for name in named if "cache" in name]

        two = RunnerOfANewSite(terminal, pushed, "two")
        two.restore(one)
        asked = len(web.paths())
        two.run()
        assert len(web.paths()) == asked  # before the interval is over
        assert terminal.run(log).splitlines() == ["News", "Weir", "Our site"]
        assert two.page("index.html") == one.page("index.html")


def test_an_editor_pulls_after_a_build_of_their_own(terminal: Terminal, pushed: Path) -> None:
    """As the tutorial says: a build has changed the ids of stories, and so has the workflow."""
    (pull,) = re.findall(r"`(git pull[^`]*--.*?)`", TUTORIAL)
    editor = pushed.parent / "editor"
    own = f"---\ntitle: Harbour pilots strike\npublishedDateTime: {datetime.now(UTC)}\n---\n"
    with local_web() as web:
        outlet = f"---\nname: Weir\ndomain: weir.example\nfeeds: ['{web.address}/feed']\n---\n"
        terminal.run(f"git clone --quiet {pushed} {editor}")
        write_site(editor, {"content/providers/weir.example.md": outlet})
        push = f"cd {editor}\ngit add .\ngit commit --quiet --message Weir\ngit push --quiet"
        terminal.run(push)
        before = None
        for number, title in enumerate(("The weir is mended", "Grain ship runs aground")):
            item = Item(number, title=title, published=datetime.now(UTC))
            web.feed("/feed", [item])
            runner = RunnerOfANewSite(terminal, pushed, f"run-{number}")
            if before is not None:
                runner.restore(before)
                (runner.folder / "fetch-state.jsonl").unlink()  # the hour is over
                (runner.folder / ".cache/kept/fetch-state.jsonl").unlink()
            runner.run()
            before = runner
            write_site(editor, {f"content/news/own-{number}.md": own})
            terminal.run(f". .venv/bin/activate\ncd {editor}\nnewsstand build")
            changed = terminal.run(f"cd {editor}\ngit status --porcelain")
            assert " M content/stories.lock" in changed
            terminal.run(f"cd {editor}\n{pull}")
            assert title in "".join(p.read_text("utf-8") for p in editor.rglob("news/**/*.md"))
            terminal.run(f"cd {editor}\ngit stash list | wc -l | grep -qx 0")
    ids = (editor / "content/stories.lock").read_text("utf-8")
    assert "<<<<" not in ids
    assert "weir-is-mended" in ids
    assert "own-0" in ids


def test_somebody_may_push_while_a_new_site_fetches(terminal: Terminal, pushed: Path) -> None:
    """The news go on top; where they cannot, the site is built and they come again."""
    with local_web() as web:
        web.feed("/feed", [Item(1, title="The weir is mended", published=datetime.now(UTC))])
        outlet = f"---\nname: Weir\ndomain: weir.example\nfeeds: ['{web.address}/feed']\n---\n"
        editor = pushed.parent / "editor"
        terminal.run(f"git clone --quiet {pushed} {editor}")
        push = f"cd {editor}\ngit add .\ngit commit --quiet --message Own\ngit push --quiet"
        write_site(editor, {"content/providers/weir.example.md": outlet})
        terminal.run(push)
        late, refused = (RunnerOfANewSite(terminal, pushed, name) for name in ("late", "refused"))
        write_site(editor, {"content/news/own.md": "---\ntitle: Our own report\n---\n"})
        terminal.run(push)
        late.run()
        log = terminal.run(f"git -C {pushed} log --format=%s main").splitlines()
        assert log == ["News", "Own", "Own", "Our site"]
        write_site(pushed / "hooks", {"pre-receive": "#!/bin/sh\nexit 1\n"})
        (pushed / "hooks/pre-receive").chmod(0o755)
        assert "::warning title=The news were not kept::" in refused.run()
        assert "The weir is mended" in refused.page("index.html")
        assert not (refused.folder / ".cache/kept/fetch-state.jsonl").exists()


README_BLOCKS = shell_blocks(README)


def test_every_command_of_the_readme_is_one_of_these() -> None:
    """A new block of commands needs a test."""
    assert [block.split("\n", 1)[0].split("  ")[0] for block in README_BLOCKS] == [
        "make site",
        "python3 -m venv .venv",
        "newsstand init my-news",
        "python build.py init ../mine",
    ]


@pytest.fixture
def newcomer(clone: Path, tmp_path: Path) -> Terminal:
    """A terminal in a clone of one's own."""
    shutil.copytree(clone, tmp_path / "clone")
    return Terminal(tmp_path / "clone")


def test_make_works_as_the_readme_says(newcomer: Terminal) -> None:
    """`make site` makes the demo; `make test` would run pytest in the same environment."""
    site_, test = README_BLOCKS[0].splitlines()
    said = newcomer.run(site_)
    assert "The demo is in _site" in said
    assert (newcomer.folder / "_site/index.html").is_file()
    assert "-m pytest" in newcomer.run(test.replace("make", "make --dry-run", 1))


def test_plain_pip_works_as_the_readme_says(newcomer: Terminal) -> None:
    """Environment, packages, build, and a server to look at it."""
    *lines, serve = README_BLOCKS[1].splitlines()
    newcomer.run("\n".join(lines))
    port = free_port()
    server = newcomer.start(serve.replace("_site ", f"_site --bind 127.0.0.1 {port} "))
    try:
        wait_for(port)
        with urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert b"Newsstand" in answer.read()
    finally:
        stop(server)


def test_a_site_in_a_folder_of_its_own_as_the_readme_says(newcomer: Terminal) -> None:
    """Beside the repository."""
    newcomer.run(README_BLOCKS[3])
    assert (newcomer.folder.parent / "mine/_site/index.html").is_file()
