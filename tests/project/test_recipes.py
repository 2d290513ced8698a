"""The recipes of docs/deploy.md, taken from the page itself: servers are started, commands run."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.actions_runner import fresh_clone
from tests.conftest import Server
from tests.crawl import crawl
from tests.sites import NOW, ROOT, Run, read_tree, run_command, write_site

PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SECURITY_TXT = "Contact: mailto:desk@newsstand.example\n"
FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"
_PATIENCE = 20  # seconds


def recipe(title: str) -> str:
    """The block of code whose first line is this title."""
    (found,) = re.findall(
        rf"^```\w+\n# {re.escape(title)}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
    return str(found)


def program(name: str) -> str:
    """Where a program is; without it the test is skipped."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        pytest.skip(f"{name} is not installed here")
    return found


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The demo with compressed copies, headers and a hidden file."""
    folder = tmp_path_factory.mktemp("packed")
    static = write_site(folder, {"own/.well-known/security.txt": SECURITY_TXT}) / "own"
    places = ("--static", str(static), "--output", str(folder / "site"))
    options = ("--compress", "--headers", "--now", NOW)
    run = run_command("build", *options, *places, output=folder / "site", in_process=True)
    assert run.code == 0, run.log
    for path in (folder.parent, folder, folder / "site"):
        path.chmod(0o755)
    return run


def test_each_text_file_has_a_compressed_copy(packed: Run) -> None:
    """It unpacks to the same bytes, and has neither a time nor a name in it."""
    files = packed.files()
    copies = {path: data for path, data in files.items() if path.endswith(".gz")}
    assert len(copies) > 100
    for path, data in copies.items():
        assert gzip.decompress(data) == files[path.removesuffix(".gz")]
        assert data[:10] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
        assert len(data) < len(files[path.removesuffix(".gz")])
    for path in ("index.html", "404.html", "feed.xml", "sitemap.xml", "site.webmanifest"):
        assert f"{path}.gz" in copies
    assert not [path for path in copies if path.endswith((".png.gz", ".newsstand.gz"))]


def test_a_build_without_copies_leaves_none(tmp_path: Path) -> None:
    """No copy of an older page is sent in the place of a page."""
    site = write_site(tmp_path, {"content/news/a.md": "First title\n\n" + "word " * 400})
    paths = ("--content", str(site / "content"), "--output", str(site / "_site"), "--now", NOW)
    packed = run_command("build", "--compress", *paths, output=site / "_site", in_process=True)
    before = packed.files()
    assert "news/a/index.html.gz" in before
    write_site(tmp_path, {"content/news/a.md": "Second title\n\n" + "word " * 400})
    again = run_command("build", "--compress", *paths, output=site / "_site", in_process=True)
    files = again.files()
    assert b"Second title" in gzip.decompress(files["news/a/index.html.gz"])
    assert files["news/a/index.html.gz"] != before["news/a/index.html.gz"]
    plain = run_command("build", *paths, output=site / "_site", in_process=True)
    assert [path for path in plain.files() if path.endswith(".gz")] == []


def test_equal_inputs_give_equal_copies(packed: Run, tmp_path: Path) -> None:
    """Whenever the site is built."""
    options = ("--compress", "--headers", "--output", str(tmp_path / "site"), "--now", NOW)
    run = run_command("build", *options, output=tmp_path / "site", in_process=True)
    files = packed.files()
    files.pop(".well-known/security.txt")
    assert run.files() == files


def rules_of(text: str) -> dict[str, dict[str, str]]:
    """A file ``_headers``: headers by pattern."""
    rules: dict[str, dict[str, str]] = {}
    pattern = ""
    for line in filter(str.strip, text.splitlines()):
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[pattern][name] = value
        else:
            pattern = line
            rules[pattern] = {}
    return rules


def test_the_headers_are_those_of_the_pages(packed: Run) -> None:
    """The policy of the pages with what only a header can say; hashed files are kept for a year."""
    rules = rules_of(packed.page("_headers"))
    everywhere = rules.pop("/*")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', packed.page(""))
    assert policy
    written = policy[1].replace("&#39;", "'")
    assert everywhere["Content-Security-Policy"] == f"{written}; frame-ancestors 'none'"
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert f'content="{everywhere["Referrer-Policy"]}"' in packed.page("")
    assert len(rules) >= 2
    for address, headers in rules.items():
        assert headers == {"Cache-Control": FOREVER}
        assert re.search(r"\.[0-9a-f]{10}\.(css|js)$", address)
        assert (packed.output / address.lstrip("/")).is_file()
    assert max(map(len, packed.page("_headers").splitlines())) < 2000  # Cloudflare's limit


def test_without_the_option_there_is_no_file_of_headers(demo_site: Run) -> None:
    """Other hosts would publish it as a page."""
    assert not (demo_site.output / "_headers").exists()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether a server takes connections at a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[str]:
    """A server while the block runs; gives its address."""
    log = folder / "server.log"
    environment = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    environment |= {"XDG_DATA_HOME": str(folder)}
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    try:
        deadline = time.monotonic() + _PATIENCE
        while not listens(port):
            assert server.poll() is None, log.read_text("utf-8")
            assert time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(_PATIENCE)


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[str]:
    """nginx with the recipe, on a port of this machine."""
    types = Path("/etc/nginx/mime.types")
    command = program("nginx")
    if not types.is_file():
        pytest.skip("nginx has its types elsewhere")
    port = free_port()
    snippet = recipe("/etc/nginx/conf.d/news.conf").replace("/var/www/news", str(site))
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = f"""\
{user} daemon off; pid {folder}/pid; error_log stderr; events {{}}
http {{ include {types}; access_log off; include {folder}/news.conf;
{temporary} }}
"""
    listening = snippet.replace("listen 80;", f"listen 127.0.0.1:{port};")
    write_site(folder, {"news.conf": listening, "nginx.conf": settings})
    with running([command, "-c", str(folder / "nginx.conf"), "-e", "stderr"], port, folder) as root:
        yield root


@contextmanager
def caddy(site: Path, folder: Path) -> Iterator[str]:
    """Caddy with the recipe, on a port of this machine."""
    command = program("caddy")
    port = free_port()
    snippet = recipe("Caddyfile").replace("/var/www/news", str(site))
    text = "{\n\tadmin off\n}\n" + snippet.replace("news.example {", f"http://127.0.0.1:{port} {{")
    write_site(folder, {"Caddyfile": text})
    options = ["--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with running([command, "run", *options], port, folder) as root:
        yield root


SERVERS = {"nginx": nginx, "caddy": caddy}


@pytest.fixture(scope="module", params=SERVERS)
def host(
    request: pytest.FixtureRequest, packed: Run, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Each server, serving the packed site at its root."""
    folder = tmp_path_factory.mktemp(request.param)
    with SERVERS[request.param](packed.output, folder) as root:
        yield root


def ask(root: str, address: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers by small name and body of one answer; redirects are not followed."""
    connection = HTTPConnection(root.split("/")[2], timeout=_PATIENCE)
    connection.request("GET", f"/{address}", headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body


def test_every_link_leads_somewhere(host: str) -> None:
    """The server answers folders with their pages."""
    found = crawl(host)
    assert found.problems == []
    assert len(found.pages) > 50


def test_pages_are_kept_short_and_say_what_they_allow(host: str, packed: Run) -> None:
    """With the headers that only a server can send."""
    status, headers, body = ask(host, "")
    assert (status, body) == (200, (packed.output / "index.html").read_bytes())
    assert headers["cache-control"] == SHORT
    assert headers["content-security-policy"] == "frame-ancestors 'none'"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"].lower() == "text/html; charset=utf-8"


def test_the_compressed_copy_is_sent_to_those_who_take_it(host: str, packed: Run) -> None:
    """Byte for byte, and caches are told."""
    for address, path in (("", "index.html"), ("feed.xml", "feed.xml")):
        status, headers, body = ask(host, address, **{"Accept-Encoding": "gzip"})
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert body == (packed.output / f"{path}.gz").read_bytes()
        assert "accept-encoding" in headers["vary"].lower()


def test_files_named_by_their_content_are_kept_for_long(host: str, packed: Run) -> None:
    """A missing one is not."""
    (sheet,) = (packed.output / "css").glob("site.*.css")
    status, headers, _ = ask(host, f"css/{sheet.name}")
    assert (status, headers["cache-control"]) == (200, FOREVER)
    status, headers, _ = ask(host, "css/site.0123456789.css")
    assert status == 404
    assert "immutable" not in headers.get("cache-control", "")


def test_what_is_missing_is_answered_with_the_site_s_own_page(host: str, packed: Run) -> None:
    """At any depth, with the status that says so."""
    status, headers, body = ask(host, "no/such/page")
    assert (status, body) == (404, (packed.output / "404.html").read_bytes())
    assert headers["content-type"].lower() == "text/html; charset=utf-8"


def test_hidden_files_and_types(host: str) -> None:
    """`.well-known` is served; the feed and the manifest say what they are."""
    assert ask(host, ".well-known/security.txt")[2].decode() == SECURITY_TXT
    assert ask(host, "feed.xml")[1]["content-type"].startswith("application/atom+xml")
    assert ask(host, "site.webmanifest")[1]["content-type"].startswith("application/manifest+json")


def test_a_folder_without_its_slash_is_redirected(host: str) -> None:
    """To the same host and port."""
    status, headers, _ = ask(host, "topics")
    assert status in (301, 302, 308)
    assert headers["location"].removeprefix(host.rstrip("/")) == "/topics/"


def shell(lines: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run lines of a recipe in a shell, without the network."""
    tools = write_site(folder.parent, {"bin/python": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'})
    (tools / "bin/pip").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pip "$@"\n')
    for name in ("python", "pip"):
        (tools / "bin" / name).chmod(0o755)
    environment = {
        "PATH": f"{tools / 'bin'}:{os.environ['PATH']}",
        "HOME": str(folder.parent),
        "PIP_NO_INDEX": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTHONPATH": str(ROOT / "tests" / "guard"),
        "SOURCE_DATE_EPOCH": "1705708800",
    }
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", lines],
        cwd=folder, capture_output=True, check=False, encoding="utf-8",
        env=environment | variables, timeout=300,
    )  # fmt: skip


def test_netlify_builds(tmp_path: Path, server: Server) -> None:
    """The command of its file makes the folder that it publishes."""
    settings = tomllib.loads(recipe("netlify.toml"))["build"]
    clone = fresh_clone(tmp_path, {})
    run = shell(settings["command"], clone, URL="https://news.netlify.example")
    assert run.returncode == 0, run.stderr
    site = clone / settings["publish"]
    assert "/*" in rules_of((site / "_headers").read_text("utf-8"))
    assert "https://news.netlify.example/news/" in (site / "feed.xml").read_text("utf-8")
    with server(site) as root:
        assert crawl(root).problems == []


def test_cloudflare_builds(tmp_path: Path) -> None:
    """The command of the form makes the folder of the form."""
    rows = dict(re.findall(r"^\| (Build [\w ]+) \| `(.+?)` \|$", PAGE, re.MULTILINE))
    clone = fresh_clone(tmp_path, {})
    run = shell(rows["Build command"], clone)
    assert run.returncode == 0, run.stderr
    assert (clone / rows["Build output directory"] / "_headers").is_file()


def test_gitlab_builds(tmp_path: Path, server: Server) -> None:
    """The job makes the folder that it hands on, and a check that fails stops nothing."""
    plan: dict[str, Any] = yaml.safe_load(recipe(".gitlab-ci.yml"))
    clone = fresh_clone(tmp_path, {})
    assert plan["check"]["allow_failure"] is True
    assert shell("\n".join(plan["check"]["script"]), clone).returncode == 0
    lines = "\n".join(plan["pages"]["script"])
    run = shell(lines, clone, CI_PAGES_URL="https://name.gitlab.example/repo")
    assert run.returncode == 0, run.stderr
    (folder,) = plan["pages"]["artifacts"]["paths"]
    assert (clone / folder / "index.html.gz").is_file()
    with server(clone / folder, mount="/repo/") as root:
        assert crawl(root).problems == []


# A bucket that all may read, with a page that the site has no more.
_NEW_BUCKET = """
aws s3 mb s3://news
aws s3api put-bucket-policy --bucket news --policy '{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::news/*"}]}'
echo old > old.html
aws s3 cp old.html s3://news/old.html
"""


@contextmanager
def storage(folder: Path) -> Iterator[str]:
    """A server that speaks S3, on a port of this machine."""
    port = free_port()
    command = [program("moto_server"), "-H", "127.0.0.1", "-p", str(port)]
    with running(command, port, folder) as root:
        yield root


def test_s3_takes_the_site(packed: Run, tmp_path: Path) -> None:
    """Each file is there with its caching; what the site has no more is taken away."""
    program("aws")
    (tmp_path / "site").mkdir()
    shutil.copytree(packed.output, tmp_path / "site" / "_site")
    variables = {
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "BUCKET": "news",
        "PYTHONPATH": "",
    }
    with storage(tmp_path) as root:
        variables["AWS_ENDPOINT_URL"] = root
        made = shell(_NEW_BUCKET, tmp_path / "site", **variables)
        if made.returncode:
            pytest.skip(f"aws does not work here: {made.stderr[-200:]}")
        run = shell(recipe("publish to S3"), tmp_path / "site", **variables)
        assert run.returncode == 0, run.stderr
        (sheet,) = (packed.output / "css").glob("site.*.css")
        assert ask(root, "news/old.html")[0] == 404
        status, headers, body = ask(root, "news/index.html")
        assert (status, body) == (200, (packed.output / "index.html").read_bytes())
        assert headers["cache-control"] == SHORT
        assert ask(root, f"news/css/{sheet.name}")[1]["cache-control"] == FOREVER
        assert ask(root, "news/.well-known/security.txt")[2].decode() == SECURITY_TXT
        manifest = ask(root, "news/site.webmanifest")[1]
        assert manifest["content-type"] == "application/manifest+json"


def test_pages_from_a_branch(tmp_path: Path) -> None:
    """The commands build a site and push all of it, hidden files too."""
    (lines,) = (body for body in BLOCKS if "git -C _site" in body)
    clone = fresh_clone(tmp_path, {})
    target = tmp_path / "target.git"
    names = {
        f"GIT_{who}_{what}": "test@newsstand.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    assert shell(f"git init --quiet --bare '{target}'", clone).returncode == 0
    run = shell(lines.replace("https://github.com/name/repo.git", str(target)), clone, **names)
    assert run.returncode == 0, run.stderr
    pushed = shell(f"git -C '{target}' ls-tree -r --name-only pages", clone).stdout.split()
    built = {path for path in read_tree(clone / "_site") if not path.startswith(".git/")}
    assert {"index.html", ".nojekyll", "404.html"} <= built
    assert set(pushed) == built
