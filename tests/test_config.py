"""Settings files: found, decoded, and every mistake named with its line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from histlint import config
from histlint.config import ConfigError, PerFile, Settings, for_path, level, load, matches, parse, path_matches, resolve, wanted

FULL = """\
reference = ["facts"]
rules = "rules"
select = ["dates", "order/events"]
ignore = ["names/near"]
lang = "ar"
morphology = "camel"
shipped = false
exclude = ["old/**"]
baseline = "known.json"

[levels]
"text/boilerplate" = "info"
dates = "off"

[per-file."drafts/*.md"]
ignore = ["text"]
levels = {dates = "warning"}
lang = "en"
"""


def test_all_keys(tmp_path: Path) -> None:
    for folder in ("facts", "rules"):
        (tmp_path / folder).mkdir()
    found = parse(FULL, str(tmp_path / "histlint.toml"))
    assert found == Settings(
        reference=(str(tmp_path / "facts"),),
        rules=(str(tmp_path / "rules"),),
        select=("dates", "order/events"),
        ignore=("names/near",),
        levels={"text/boilerplate": "info", "dates": "off"},
        lang="ar",
        morphology="camel",
        shipped=False,
        exclude=("old/**",),
        per_file=(PerFile("drafts/*.md", (), ("text",), {"dates": "warning"}, "en"),),
        baseline=str(tmp_path / "known.json"),
        root=str(tmp_path),
        source=str(tmp_path / "histlint.toml"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang = 'ar'\nigonre = []", "histlint.toml:2: unknown key 'igonre'; did you mean 'ignore'? (keys: baseline, "),
        ("lang = 'arabic'", "histlint.toml:1: 'lang' cannot be 'arabic' (choices: ar, en)"),
        ("\n\nselect = 3", "histlint.toml:3: 'select' must be a list of texts"),
        ("select = ['a', '']", "histlint.toml:1: 'select' must be a list of texts"),
        ("shipped = 'no'", "histlint.toml:1: 'shipped' must be true or false"),
        ("baseline = []", "histlint.toml:1: 'baseline' must be the name of a file"),
        ("rules = ['nowhere']", "histlint.toml:1: 'rules' names a folder that does not exist: "),
        (
            "[levels]\n'a/b' = 'info'\n'c/d' = 'eror'",
            "histlint.toml:3: 'c/d' cannot be 'eror'; did you mean 'error'? (choices: error, ",
        ),
        ("levels = 3", "histlint.toml:1: 'levels' must be a table"),
        ("[per-file.'a']\nselect=[]\n[per-file.'b']\nselct = []", "histlint.toml:4: unknown key 'selct'; did you mean 'select'?"),
        ("[per-file]\na = {select = [], lnag = 'ar'}", "histlint.toml:2: unknown key 'lnag'; did you mean 'lang'?"),
        ("[per-file]\na = 3", "histlint.toml:2: 'a' must be a table"),
        ("a = [1,", "histlint.toml:1:1: Invalid value"),
        ("a = 1\na = 2", "histlint.toml:2:1: Cannot overwrite"),
        ("a = " + "[" * 100_000, "histlint.toml"),
    ],
)
def test_mistakes(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(text, "histlint.toml")
    assert said in str(error.value)


def test_pyproject_lines_count_from_its_top() -> None:
    with pytest.raises(ConfigError, match=r"pyproject.toml:5: unknown key 'lnag'"):
        parse("[project]\nname = 'x'\nlnag = 1\n[tool.histlint]\nlnag = 'ar'\n", "pyproject.toml")
    assert parse("[tool.other]\nlang = 'xx'\n", "pyproject.toml").lang == ""


def test_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "repo" / "a" / "b"
    deep.mkdir(parents=True)
    (tmp_path / "histlint.toml").write_text("lang = 'en'")
    (tmp_path / "repo" / ".git").mkdir()
    monkeypatch.chdir(deep)
    assert config.find("x.txt") == ""  # does not leave the repository
    (tmp_path / "repo" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert config.find("x.txt") == ""
    (tmp_path / "repo" / "pyproject.toml").write_text("[tool.histlint]\nlang = 'ar'\n")
    assert load("x.txt").lang == "ar"
    (tmp_path / "repo" / "histlint.toml").write_text("\ufefflang = 'en'")
    assert load("-").lang == "en"
    assert load("x.txt", str(tmp_path / "repo" / "pyproject.toml")).lang == "ar"
    with pytest.raises(ConfigError, match="cannot be read"):
        load("x.txt", "nowhere.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load("x.txt", str(tmp_path / "bad.toml"))


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("drafts/**", "drafts/a/b.md", True),
        ("drafts", "drafts/a/b.md", True),
        ("drafts", "x/drafts/a.md", True),
        ("/drafts", "x/drafts/a.md", False),
        ("drafts/*.md", "drafts/a.md", True),
        ("drafts/*.md", "drafts/a/b.md", False),
        ("*.md", "x/y/a.md", True),
        ("**/y/*.md", "x/y/a.md", True),
        ("**/y/*.md", "y/a.md", True),
        ("a?.md", "ab.md", True),
        ("a.md", "aXmd", False),
        ("مقالات/*", "مقالات/أ.md", True),
    ],
)
def test_patterns_of_paths(pattern: str, path: str, expected: bool) -> None:
    assert path_matches(pattern, path, "") is expected


def test_rules_and_levels() -> None:
    assert matches("dates", "dates/event")
    assert matches("dates/event", "dates/event")
    assert not matches("date", "dates/event")
    settings = Settings(select=("dates",), ignore=("dates/birth",), levels={"dates": "info", "dates/event": "off"})
    assert level(settings, "dates/event", "error") == "off"
    assert level(settings, "dates/death", "error") == "info"
    assert level(settings, "order/events", "error") == "error"
    assert [rule for rule in ("dates/event", "dates/birth", "dates/death", "order/events") if wanted(settings, rule)] == [
        "dates/death"
    ]
    assert wanted(settings, "internal-error")
    known = ["dates/event", "dates/death", "dates/birth", "order/events"]
    assert resolve(settings, known).levels == {"dates/event": "off", "dates/death": "info", "dates/birth": "info"}


def test_unknown_rules(tmp_path: Path) -> None:
    path = tmp_path / "histlint.toml"
    path.write_text("lang = 'ar'\n[per-file.'x']\nignore = ['dates/evnt']\n")
    with pytest.raises(ConfigError, match=r"histlint.toml:3: unknown rule 'dates/evnt'; did you mean 'dates/event'\?"):
        resolve(load(str(tmp_path)), ["dates/event"])
    with pytest.raises(ConfigError, match=r"^unknown rule 'event'; did you mean 'dates/event'\?"):
        resolve(Settings(select=("event",)), ["dates/event"])


def test_settings_of_a_file() -> None:
    per_file = (PerFile("a.md", select=("dates",), ignore=("x",), levels={"y": "off"}, lang="en"), PerFile("*.md", ignore=("z",)))
    settings = Settings(select=("all",), ignore=("w",), levels={"y": "info"}, lang="ar", per_file=per_file)
    found = for_path(settings, "a.md")
    assert (found.select, found.ignore, found.levels, found.lang) == (("dates",), ("w", "x", "z"), {"y": "off"}, "en")
    assert for_path(settings, "a.txt") == settings


def test_no_settings_file_costs_no_toml() -> None:
    code = "import sys, histlint.config as c; c.load('/'); sys.exit('tomllib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
