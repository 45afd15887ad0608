"""The command line: commands, exit codes, files, and errors that say what would be right."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from fakes import FakeLinter
from histlint import cli, pipeline
from histlint.arguments import Defaults
from histlint.checks.run import KINDS
from histlint.cli import main
from histlint.commands import check
from histlint.parser import Parser

ROOT = Path(__file__).parents[1]


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a wrong and a right text, checked by the stand-in linter."""
    monkeypatch.setattr(pipeline, "load", FakeLinter)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HISTLINT_DEBUG", raising=False)
    (tmp_path / ".git").mkdir()
    (tmp_path / "wrong.txt").write_text("Hattin 1190.\n")
    (tmp_path / "right.md").write_text("Hattin 1187.\n")
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


# Exit codes and files


def test_exit_codes(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["right.md"]) == 0
    assert main(["check", "right.md"]) == 0
    assert main(["wrong.txt"]) == 1
    assert main(["wrong.txt", "--exit-zero"]) == 0
    assert main(["none.txt"]) == 2
    assert main(["wrong.txt", "none.txt"]) == 2
    assert main(["right.md", "--lang", "xx"]) == 2
    assert main([]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_folders_patterns_and_order(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b/z.html", "b/a.MD", "b/.hidden.md", ".x/y.md", "b/code.py", "b/c.markdown", "مقال.txt"):
        path = texts / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1190\n")
    assert main([".", "wrong.txt", "--quiet"]) == 1
    assert [line.split(":")[0] for line in lines(capsys)] == ["b/a.MD", "b/c.markdown", "b/z.html", "wrong.txt", "مقال.txt"]
    assert main(["b/**/*.[mM]*", "--quiet"]) == 1
    assert [line.split(":")[0] for line in lines(capsys)] == ["b/a.MD", "b/c.markdown"]
    assert main(["b/code.py", "--quiet"]) == 1  # named, so read
    assert main(["*.rst"]) == 2
    assert "*.rst: no file matches this pattern" in capsys.readouterr().err


def test_standard_input(texts: Path) -> None:
    def run(*options: str, data: bytes = b"`1190` 1291") -> list[str]:
        code = "import sys; sys.path.insert(0, sys.argv.pop(1)); import fakes; from histlint import cli, pipeline; "
        code += "pipeline.load = fakes.FakeLinter; sys.exit(cli.main())"
        command = [sys.executable, "-c", code, str(ROOT / "tests"), "-", "--quiet", *options]
        return subprocess.run(command, input=data, capture_output=True, check=False).stdout.decode().splitlines()

    assert [line.split(" ")[0] for line in run()] == ["<stdin>:1:2:", "<stdin>:1:8:"]
    assert [line.split(" ")[0] for line in run("--stdin-filename", "x/a.md")] == ["x/a.md:1:8:"]


def test_one_bad_file_does_not_hide_the_others(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "bad.txt").write_bytes(b"ab\n\xff")
    assert main(["bad.txt", "wrong.txt"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("histlint: error: bad.txt: is not UTF-8: byte 0xFF at byte 4, line 2, column 1; ")
    assert "wrong.txt:1:8: error dates/event" in captured.out
    assert main(["bad.txt", "--encoding", "latin-1"]) == 0


def test_a_crash_is_a_finding(texts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (texts / "a.txt").write_text("CRASH")
    assert main(["a.txt", "wrong.txt", "--quiet"]) == 1
    first, second = lines(capsys)
    assert first == "a.txt:1:1: error internal-error histlint failed on this text (RuntimeError: boom); the run goes on"
    assert second.startswith("wrong.txt:1:8: error dates/event")
    monkeypatch.setenv("HISTLINT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["a.txt"])


# Options


def test_output_is_written_whole(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["wrong.txt", "--format", "json", "--output", "out.json"]) == 1
    assert capsys.readouterr().out == ""
    assert json.loads((texts / "out.json").read_text())["findings"][0]["line"] == 1
    (texts / "kept.txt").write_text("old")
    (texts / "sealed").mkdir()
    assert main(["wrong.txt", "--output", "sealed"]) == 2
    assert main(["wrong.txt", "--output", "nowhere/out.txt"]) == 2
    assert "histlint: error: nowhere/out.txt: cannot be written: " in capsys.readouterr().err
    assert sorted(path.name for path in texts.iterdir()) == [".git", "kept.txt", "out.json", "right.md", "sealed", "wrong.txt"]
    assert main(["none.txt", "--output", "kept.txt"]) == 2
    assert (texts / "kept.txt").read_text() == "old"
    assert main(["wrong.txt", "--output", "/dev/null"]) == 1
    assert Path("/dev/null").is_char_device()


def test_formats_reach_standard_output(texts: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for format in ("json", "sarif"):
        assert main(["wrong.txt", "--format", format]) == 1
        json.loads(capsysbinary.readouterr().out)
    assert main(["wrong.txt", "--format=github"]) == 1
    assert capsysbinary.readouterr().out.startswith(b"::error file=wrong.txt,line=1,")


def test_colour(texts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    main(["wrong.txt"])
    assert "\x1b" not in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["wrong.txt", "--color", "always"])
    assert "\x1b[" in capsys.readouterr().out


def test_rules_chosen(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "a.txt").write_text("1190 cookies")
    assert main(["a.txt", "--select", "dates,order/events", "--quiet"]) == 1
    assert len(lines(capsys)) == 1
    assert main(["a.txt", "--ignore", "dates", "--ignore", "text"]) == 0
    (texts / "histlint.toml").write_text(
        "select = ['text']\nignore = []\n[per-file.'b.txt']\nselect = ['dates']\nlevels = {dates = 'info'}\n"
    )
    (texts / "b.txt").write_text("1190 cookies")
    capsys.readouterr()
    assert main(["a.txt", "b.txt", "--quiet"]) == 1
    assert [line.split(" ")[1:3] for line in lines(capsys)] == [["warning", "text/boilerplate"], ["info", "dates/event"]]
    assert main(["a.txt", "--select", "order"]) == 0


def test_settings_file(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "histlint.toml").write_text("exclude = ['wrong.*']\n")
    assert main(["wrong.txt", "right.md"]) == 0
    assert main(["."]) == 0
    (texts / "histlint.toml").write_text("\nlevls = {}\n")
    capsys.readouterr()
    assert main(["wrong.txt"]) == 2
    assert capsys.readouterr().err.startswith("histlint: error: histlint.toml:2: unknown key 'levls'; did you mean 'levels'?")
    (texts / "other.toml").write_text("ignore = ['dates']\n")
    assert main(["wrong.txt", "--config", "other.toml"]) == 0


def test_suppressions_and_baseline(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "wrong.txt").write_text("Hattin 1190. [histlint: ignore[dates/event] old source]\n1291\n")
    assert main(["wrong.txt", "--quiet"]) == 1
    assert len(lines(capsys)) == 1
    assert main(["wrong.txt", "--write-baseline", "known.json"]) == 0
    assert main(["wrong.txt", "--baseline", "known.json"]) == 0
    (texts / "wrong.txt").write_text("\n1291 1291\n")
    capsys.readouterr()
    assert main(["wrong.txt", "--baseline", "known.json", "--quiet"]) == 1
    assert lines(capsys)[0].startswith("wrong.txt:2:6:")
    (texts / "wrong.txt").write_text("fine")
    assert main(["wrong.txt", "--baseline", "known.json"]) == 0
    assert "note: 1 finding of known.json is gone; write it anew with --write-baseline known.json" in capsys.readouterr().err
    assert main(["wrong.txt", "--baseline", "none.json"]) == 2


def test_nearest(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (["wrong.txt", "--slect", "x"], "unknown option --slect; did you mean '--select'?"),
        (["wrong.txt", "--format", "jsno"], "unknown value 'jsno'; did you mean 'json'? (choices: text, json, sarif, github)"),
        (["wrong.txt", "--select", "dates/evnt"], "unknown rule 'dates/evnt'; did you mean 'dates/event'?"),
        (["wrong.txt", "--encoding", "uft-8"], "unknown encoding 'uft-8'; did you mean 'utf-8'?"),
        (["clams", "wrong.txt"], "clams: no such file or folder (did you mean the command 'claims'?)"),
        (["explain", "date/event"], "unknown rule 'date/event'; did you mean 'dates/event'?"),
        (["wrong.txt", "--rules", "nowhere"], "--rules: nowhere: no such folder"),
        (["wrong.txt", "--lang"], "argument --lang: expected one argument"),
        (["test", "nothing"], "'nothing' is neither a folder nor a rule"),
    ):
        assert main(arguments) == 2
        error = capsys.readouterr().err
        assert error.splitlines()[-1].startswith("histlint: error: ")
        assert said in error


# Other commands


def test_claims_and_times(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "wrong.txt", "right.md"]) == 0
    assert lines(capsys) == [
        "right.md:1:8: supported dated",
        "  1187",
        "    because",
        "    fact: Hattin (4 July 1187) [Battle of Hattin, Britannica]",
        "wrong.txt:1:8: refuted dated",
        "  1190",
        "    because",
        "    fact: Hattin (4 July 1187) [Battle of Hattin, Britannica]",
        "2 claims: supported 1, refuted 1",
    ]
    assert main(["claims", "wrong.txt", "--format", "json", "--output", "c.json"]) == 0
    (row,) = json.loads((texts / "c.json").read_text())["claims"]
    assert (row["verdict"], row["line"], row["column"], row["claim"]) == ("refuted", 1, 8, "1190")
    assert main(["times", "wrong.txt", "--format", "json"]) == 0
    assert main(["claims", "none.txt"]) == 2


def test_rules_and_explain(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "dates/event              error    A wrongly dated event." in lines(capsys)
    assert main(["rules", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["rules"]
    assert {"internal-error", "text/unused-suppression", "dates/event"} <= {rule["id"] for rule in listed}
    assert main(["rules", "--kinds"]) == 0
    assert capsys.readouterr().out.startswith("dated\n  options  none\n  fields   claim, written\norder\n")
    assert main(["rules", "--kinds", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["kinds"][2]["kind"] == "phrase"
    assert main(["explain", "dates/event", "text"]) == 0
    page = capsys.readouterr().out
    for said in (
        "A wrongly dated event.",
        "Only named events.",
        "- Hattin ⟦1190⟧.",
        "→ not “1190”",
        "- Hattin 1187.",
        "text/boilerplate  [phrase",
    ):
        assert said in page
    assert main(["explain", "dates/event", "--lang", "ar"]) == 0
    assert "حدث مؤرخ خطأ" in capsys.readouterr().out


def test_examples_are_tests(texts: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from histlint.commands.test import run_examples
    from histlint.config import Settings

    linter = FakeLinter(Settings())
    assert run_examples(linter, linter.rules) == []
    assert main(["test"]) == 0
    assert "2 examples of 3 rules: 0 failures" in capsys.readouterr().out
    rule = dict(linter.rules["dates/event"])
    rule["examples"] = {
        "bad": [
            {"text": "Hattin ⟦1190⟧.", "says": "something else"},
            {"text": "⟦Hattin⟧ 1190."},
            {"text": "Hattin ⟦1187⟧."},
            {"text": "Hattin 1190."},
            {"text": "Hattin ⟦1190⟧,\nAcre ⟦1291⟧."},
            {"text": "CRASH"},
        ],
        "good": ["Hattin 1190.", "cookies"],
        "known_miss": ["Hattin 1190.", "Hattin 1180."],
        "known_false_alarm": ["Hattin 1190.", "Hattin 1180."],
    }
    monkeypatch.setattr(linter, "rules", {"dates/event": rule})
    failures = run_examples(linter, ["dates/event"])
    assert [(failure.section, failure.number, failure.reason.split(":")[0]) for failure in failures] == [
        ("bad", 1, "says something else"),
        ("bad", 2, "other words were reported than marked"),
        ("bad", 3, "was not reported"),
        ("bad", 4, "marks no words with ⟦ and ⟧"),
        ("bad", 6, "histlint failed"),
        ("good", 1, "was reported"),
        ("known_miss", 1, "was reported, no longer a known miss"),
        ("known_false_alarm", 2, "was not reported, no longer a known false alarm"),
    ]


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("histlint 0.")
    assert main(["--help"]) == 0
    overview = capsys.readouterr().out
    assert all(name in overview for name in cli.COMMANDS)
    for command in ("check", "claims", "times", "rules", "explain", "test", "reference"):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0


# Processes


def process(*arguments: str, cwd: Path, **options: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "linter"), "XDG_CACHE_HOME": str(cwd / "cache"), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "histlint", *arguments]
    return subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload]


PACK = """\
sources:
  britannica: {title: Battle of Hattin, publisher: Encyclopaedia Britannica, url: "https://www.britannica.com/event/Battle-of-Hattin"}
events:
  battle-of-hattin:
    type: battle
    names: {ar: [معركة حطين], en: [Battle of Hattin]}
    when: 1187-07-04
    sources: [britannica]
"""


@pytest.fixture
def real(tmp_path: Path) -> tuple[Path, list[str]]:
    """A folder, and options for a run of the whole program on a reference of one battle."""
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "a.yaml").write_text(PACK, "utf-8")
    (tmp_path / "a.md").write_text("# عنوان\n\nوقعت **معركة حطين** عام 1190.\n", "utf-8")
    return tmp_path, ["--no-shipped", "--rules", str(ROOT / "rules"), "--reference", "pack"]


def test_the_whole_program(real: tuple[Path, list[str]]) -> None:
    folder, options = real
    run = process("a.md", "--format", "json", *options, cwd=folder)
    out, err = run.communicate()
    assert run.returncode == 1, err
    (found,) = json.loads(out)["findings"]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (3, 8, 3, 29)
    assert found["evidence"][0]["sources"][0]["id"] == "britannica"
    run = process("claims", "a.md", *options, cwd=folder)
    out, err = run.communicate()
    assert b"refuted" in out, err


def test_processes_side_by_side_say_the_same(real: tuple[Path, list[str]]) -> None:
    folder, options = real
    for number in range(40):
        (folder / f"{number}.md").write_text(f"وقعت معركة حطين عام {1170 + number}.\n", "utf-8")
    (folder / "7.md").write_bytes(b"\xff\xfe\x00")
    process("a.md", *options, cwd=folder).communicate()  # compiles the packs
    runs = [process(".", *options, "-j", jobs, cwd=folder) for jobs in ("1", "3")]
    (alone, alone_errors), (together, together_errors) = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [2, 2]
    assert alone == together
    assert b"39.md" in alone
    assert alone_errors == together_errors
    assert b"7.md" in alone_errors
    assert process("a.md", "-j", "0", cwd=folder).wait() == 2


def test_a_reader_that_goes_away(real: tuple[Path, list[str]]) -> None:
    folder, options = real
    for number in range(300):
        (folder / f"{number}.md").write_text("وقعت معركة حطين عام 1190.\n", "utf-8")
    run = process(".", *options, cwd=folder)
    assert run.stdout is not None
    run.stdout.read(100)
    run.stdout.close()
    assert run.stderr is not None
    assert run.stderr.read() == b""
    assert run.wait() == 141


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_interrupted(real: tuple[Path, list[str]]) -> None:
    folder, options = real
    process("a.md", *options, cwd=folder).communicate()  # compiles the packs
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would hand on that it is ignored
    try:
        run = process("-", *options, cwd=folder, stdin=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    with pytest.raises(subprocess.TimeoutExpired):  # waits for its standard input
        run.wait(timeout=2)
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=60) == 130
    _, err = run.communicate()
    assert err == b""


def test_nothing_heavy_is_imported_for_a_check(real: tuple[Path, list[str]]) -> None:
    folder, options = real
    process("a.md", *options, cwd=folder).communicate()
    code = "import sys; from histlint.cli import main; main(sys.argv[1:]); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "linter"), "XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-c", code, "a.md", "--quiet", *options]
    out = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True).stdout.decode()
    heavy = {
        "yaml",
        "json",
        "dataclasses",
        "pathlib",
        "shutil",
        "tempfile",
        "logging",
        "tomllib",
        "difflib",
        "dateparser",
        "datetime",
    }
    assert heavy & set(out.split()) == set()


def test_hook_and_action_are_what_they_say() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert hook["id"] == "histlint"
    assert hook["entry"].split()[1] in cli.COMMANDS
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert set(action["inputs"]) == {"paths", "version", "args"}
    for step in action["runs"]["steps"]:
        assert "uses" not in step
        assert "${{" not in step["run"]  # inputs come through the environment
        subprocess.run(["bash", "-n"], input=step["run"].encode(), check=True)


def test_no_module_of_a_plain_check_imports_typing_or_argparse() -> None:
    modules = ["commands.check", "pipeline", "packs", "read.plain", "report.text", *(f"checks.{name}" for name in KINDS.values())]
    code = "import sys; " + "; ".join(f"import histlint.{name}" for name in modules) + "; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "linter")}
    out = subprocess.run([sys.executable, "-S", "-c", code], env=environment, capture_output=True, check=True).stdout.decode()
    assert {"argparse", "typing"} & set(out.split()) == set()


def test_a_run_without_options_has_the_defaults_of_the_parser() -> None:
    parser = Parser(prog="histlint")
    check.register(parser.add_subparsers(dest="command"))
    plain = Defaults(command="check", paths=["a.md", "-"])
    check.register(plain)
    assert vars(plain) == vars(parser.parse(["check", "a.md", "-"]))
