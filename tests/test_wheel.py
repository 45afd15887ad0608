"""The wheel: built by hatchling from a copy of the sources, it holds all it needs, and says the same as the sources do."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ["examples/manchuria.ar.md", "examples/manchuria-corrected.ar.md", "examples/waterloo.en.md"]
SOURCES = ["pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "linter", "rules", "reference"]


def run(command: list[str], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "HISTLINT"))}
    return subprocess.run(command, cwd=cwd, env={**kept, **environment}, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        if not (ROOT / name).exists():
            pytest.skip(f"{name} is not there: these are not the sources")
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    built = run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")], folder)
    assert built.returncode == 0, built.stdout + built.stderr
    (file,) = (folder / "dist").glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel, and sees what histlint depends on where the tests see it."""
    folder = tmp_path_factory.mktemp("environment")
    made = run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder)
    if made.returncode:
        pytest.skip(f"no virtual environment can be made here: {made.stderr}")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    said = run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
    packages = Path(said.stdout.strip())
    if importlib.util.find_spec("pip") is None:
        pytest.skip("pip is not installed")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "--quiet"]
    done = run([*pip, str(wheel)], folder)
    assert done.returncode == 0, done.stderr
    (packages / "tests.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


def test_it_holds_what_it_needs(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("rules", "reference"):
        files = [path for path in (ROOT / folder).rglob("*.yaml") if not path.name.startswith(".")]
        assert files
        assert {f"histlint/{path.relative_to(ROOT).as_posix()}" for path in files} <= held
    modules = [path.relative_to(ROOT / "linter").as_posix() for path in (ROOT / "linter" / "histlint").rglob("*.py")]
    assert set(modules) <= held
    assert {"histlint/compiled.sqlite", "histlint/py.typed", "histlint/reference/LICENSE.md"} <= held
    assert not [name for name in held if "__pycache__" in name or name.startswith(("tests/", "linter/"))]
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_it_says_what_the_sources_say(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")

    def findings(python: str, **environment: str) -> list[object]:
        done = run([python, "-m", "histlint", *EXAMPLES, "--format", "json"], tmp_path, **environment)
        assert (done.returncode, done.stderr) == (1, "")
        found: list[object] = json.loads(done.stdout)["findings"]
        return found

    cache = tmp_path / "cache"
    there = findings(str(installed), XDG_CACHE_HOME=str(cache))
    assert there == findings(sys.executable, PYTHONPATH=str(ROOT / "linter"))
    assert len({item["path"] for item in there}) == 2  # type: ignore[index]
    assert not cache.exists()  # the packs came compiled
    where = run([str(installed), "-c", "import histlint; print(histlint.__file__)"], tmp_path).stdout
    assert Path(where.strip()).is_relative_to(installed.parents[1])


def test_its_command(installed: Path, tmp_path: Path) -> None:
    command = installed.with_name("histlint.exe" if os.name == "nt" else "histlint")
    done = run([str(command), "--version"], tmp_path)
    assert done.stdout.startswith("histlint "), done.stderr
