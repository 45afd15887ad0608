"""The hook of .pre-commit-hooks.yaml in a repository of texts: it stops the wrong article and lets the corrected one pass."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
WRONG, RIGHT = "manchuria.ar.md", "manchuria-corrected.ar.md"
SOURCES = ["pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "linter", "rules", "reference"]
SLOW = "HISTLINT_TEST_PRE_COMMIT"  # set to 1: pre-commit installs the hook as a user would have it, from the package index

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def run(command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_", "HISTLINT"))}
    names = {f"GIT_{who}_{what}": "test@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**kept, **names, "PRE_COMMIT_HOME": str(cwd.parent / "pre-commit"), "GIT_CONFIG_GLOBAL": os.devnull}
    environment["PYTHONPATH"] = str(ROOT / "linter")
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def git(cwd: Path, *arguments: str) -> str:
    done = run(["git", "-c", "init.defaultBranch=main", *arguments], cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A content repository; `article.md` is the wrong article."""
    folder = tmp_path / "texts"
    (folder / "مقالات").mkdir(parents=True)
    git(folder, "init", "--quiet")
    article(folder, WRONG)
    (folder / "requirements.txt").write_text("The Battle of Waterloo was fought on 18 June 1816.\n", "utf-8")
    (folder / "notes.py").write_text("# The Battle of Waterloo was fought on 18 June 1816.\n", "utf-8")
    git(folder, "add", "--all")
    return folder


def article(folder: Path, example: str) -> None:
    shutil.copy(ROOT / "examples" / example, folder / "مقالات" / "article.md")


def test_the_entry(texts: Path) -> None:
    """What pre-commit would run: the entry with the staged files that the manifest's patterns choose."""
    (hook,) = yaml.safe_load(HOOKS.read_text("utf-8"))
    staged = git(texts, "ls-files", "-z").rstrip("\0").split("\0")
    chosen = [name for name in staged if re.search(hook["files"], name) and not re.search(hook["exclude"], name)]
    assert chosen == ["مقالات/article.md"]
    program, *arguments = shlex.split(hook["entry"])
    assert program == "histlint"
    command = [sys.executable, "-m", program, *arguments, *hook.get("args", []), *chosen]
    failed = run(command, texts)
    assert failed.returncode == 1, failed.stderr
    assert "مقالات/article.md:3:98: error calendar/weekday" in failed.stdout
    article(texts, RIGHT)
    passed = run(command, texts)
    assert passed.returncode == 0, passed.stdout + passed.stderr


@pytest.mark.skipif(os.environ.get(SLOW) != "1", reason=f"installs from a package index; {SLOW}=1 runs it")
def test_with_pre_commit(texts: Path, tmp_path: Path) -> None:
    """`git commit` with the hook installed by pre-commit itself from a repository of this project."""
    pre_commit = shutil.which("pre-commit") or str(Path(sys.executable).with_name("pre-commit"))
    if not Path(pre_commit).exists():
        pytest.skip("pre-commit is not installed")
    project = tmp_path / "histlint"
    project.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, project / name)
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "as it is")
    revision = git(project, "rev-parse", "HEAD").strip()
    settings = {"repos": [{"repo": str(project), "rev": revision, "hooks": [{"id": "histlint"}]}]}
    (texts / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    git(texts, "add", "--all")
    installed = run([pre_commit, "install", "--install-hooks"], texts)
    if installed.returncode:
        pytest.skip(f"pre-commit cannot install the hook here: {installed.stdout[-300:]}")
    failed = run(["git", "commit", "--message", "wrong"], texts)
    assert failed.returncode == 1
    assert "calendar/weekday" in failed.stdout + failed.stderr
    article(texts, RIGHT)
    git(texts, "add", "--all")
    passed = run(["git", "commit", "--message", "right"], texts)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert git(texts, "log", "--format=%s").split() == ["right"]
