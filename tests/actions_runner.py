"""Runs the shell steps of a GitHub workflow here, in order, as GitHub would.

Expressions get their values from a table, and one that is not in it is an error: a workflow can
use nothing that a test has not thought of. Actions (`uses:`) are not run; `artifact` does what
those that upload do with a folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.sites import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_TIME_LIMIT = 300


def workflow(name: str) -> dict[str, Any]:
    """A workflow of this repository; its triggers are below the key ``on``."""
    text = (WORKFLOWS / name).read_text(encoding="utf-8")
    # YAML 1.1 takes the word `on` for a yes.
    return {"on" if key is True else key: value for key, value in yaml.safe_load(text).items()}


@dataclass(frozen=True, slots=True)
class Step:
    """What a shell step did."""

    name: str
    code: int
    log: str


@dataclass(slots=True)
class Runner:
    """A machine of GitHub's: a folder with the repository, and values for expressions."""

    folder: Path
    temporary: Path
    values: dict[str, str]
    variables: Mapping[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """What the steps wrote for the run's summary page."""
        path = self.temporary / "summary"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    @property
    def log(self) -> str:
        """All that all steps have said."""
        return "".join(f"== {step.name}\n{step.log}" for step in self.steps)

    def run(self, name: str, job: str) -> bool:
        """Run the shell steps of a job until one fails; whether none has."""
        plan = workflow(name)
        shared = dict(plan.get("env", {}))
        for step in plan["jobs"][job]["steps"]:
            if "run" in step and self._holds(step.get("if", "true")):
                variables = shared | step.get("env", {})
                self.steps.append(self._shell(step, variables))
                self._read_outputs(step.get("id", ""))
                if self.steps[-1].code:
                    return False
        return True

    def value(self, text: object) -> str:
        """A text of the workflow with all its expressions replaced."""
        return _EXPRESSION.sub(lambda found: self.values[found[1]], str(text))

    def _holds(self, condition: str) -> bool:
        inside = _EXPRESSION.fullmatch(str(condition))
        return condition == "true" or self.values[inside[1] if inside else condition] == "true"

    def _shell(self, step: Mapping[str, Any], variables: Mapping[str, object]) -> Step:
        # https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
        assert "${{" not in step["run"], "an expression in a shell step is a way in"
        script = self.temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        run = subprocess.run(
            ["bash", "-e", str(script)],
            cwd=self.folder,
            check=False,
            encoding="utf-8",
            env=self._environment() | {k: self.value(v) for k, v in variables.items()},
            stderr=subprocess.STDOUT,
            stdout=subprocess.PIPE,
            timeout=_TIME_LIMIT,
        )
        return Step(step["name"], run.returncode, run.stdout)

    def _environment(self) -> dict[str, str]:
        tools = self.temporary / "bin"
        tools.mkdir(exist_ok=True)
        python = tools / "python"
        if not python.exists():
            python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
            python.chmod(0o755)
        return {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "GITHUB_REPOSITORY": "harbour/repo",
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary"),
            "GITHUB_WORKSPACE": str(self.folder),
            "HOME": str(self.temporary),
            "PATH": f"{tools}:{os.environ['PATH']}",
            "PIP_NO_INDEX": "1",
            "PYTHONPATH": str(ROOT / "tests" / "guard"),
            "RUNNER_TEMP": str(self.temporary),
            **self.variables,
        }

    def _read_outputs(self, step_id: str) -> None:
        path = self.temporary / "output"
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                key, _, value = line.partition("=")
                self.values[f"steps.{step_id}.outputs.{key}"] = value
            path.unlink()


def artifact(runner: Runner, name: str, job: str, target: Path) -> Path:
    """The folder that a job uploads, as it comes out again: hidden files only where asked for."""
    (step,) = [
        step
        for step in workflow(name)["jobs"][job]["steps"]
        if "upload" in step.get("uses", "").partition("@")[0]
    ]
    hidden = step["with"].get("include-hidden-files") is True
    source = runner.folder / step["with"]["path"]
    shutil.copytree(source, target, ignore=None if hidden else shutil.ignore_patterns(".*"))
    return target


def fresh_clone(folder: Path, added: Mapping[str, str]) -> Path:
    """A clone of a repository that has this one's files as they are now, and some more."""
    origin, clone = folder / "origin", folder / "clone"
    listed = _git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for path in filter(None, listed.split("\0")):
        if (ROOT / path).is_file():
            (origin / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, origin / path)
    for path, text in added.items():
        (origin / path).parent.mkdir(parents=True, exist_ok=True)
        (origin / path).write_text(text, encoding="utf-8")
    _git(origin, "init", "--quiet", "--initial-branch=main")
    _git(origin, "add", "--all")
    _git(origin, "commit", "--quiet", "--message=A site")
    _git(folder, "clone", "--quiet", str(origin), str(clone))
    return clone


def _git(folder: Path, *arguments: str) -> str:
    who = {"name": "Test", "email": "test@newsstand.example"}
    settings = [part for key, value in who.items() for part in ("-c", f"user.{key}={value}")]
    run = subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        timeout=_TIME_LIMIT,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout
