"""Morphology with camel-tools: forms of lemmas, triggers matched by lemma, what is said where something is missing.

The database in data/morphology is the project's own: a few verbs and nouns in the format of camel-tools (almor).
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from histlint import morphology, pipeline
from histlint.cli import UsageError, main
from histlint.config import Settings
from histlint.lexicon import Hit, Lexicon
from histlint.normalise import tokenise
from histlint.wording_tables import build

ROOT = Path(__file__).parents[1]
DATABASE = ROOT / "tests" / "data" / "morphology" / "mini.db"
INSTALLED = importlib.util.find_spec("camel_tools") is not None
camel = pytest.mark.skipif(not INSTALLED, reason="camel-tools is not installed (uv sync --extra camel)")

WORDING = {
    "frames": {
        "invade": {"verbs": ["غزا", "هاجم", "شن هجوماً"], "nouns": ["غزو"], "object": [""]},
        "win": {"verbs": ["هزم"], "intransitive": ["رفع الراية"], "object": ["", "على"]},
        "lose": {"nouns": ["هزيمة"]},
        "surrender": {"verbs": ["استسلم"]},
        "withdraw": {"verbs": ["انسحب"], "nouns": ["انسحاب"]},
        "exit": {"verbs": ["انسحب من الحرب"]},
        "die": {"verbs": ["استشهد"]},
        "armistice": {"verbs": ["وقع الهدنة"]},
        "fall": {"verbs": ["سقط"]},
        "overthrow": {"verbs": ["أسقط"]},
        "found": {"verbs": ["أنشأ"], "object": [""]},
        "happen": {"verbs": ["وقع", "انسحب"]},
    },
    "words": {"unreal_before": ["أن", "لا", "قد"]},
}


@pytest.fixture(autouse=True)
def no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without data of camel-tools."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    for name in ("CAMELTOOLS_DATA", "HISTLINT_MORPHOLOGY", "HISTLINT_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def lexicon(monkeypatch: pytest.MonkeyPatch) -> Lexicon:
    """A small lexicon that matches by lemma too."""
    monkeypatch.setenv("HISTLINT_MORPHOLOGY", str(DATABASE))
    out = Lexicon("ar", WORDING, build(WORDING))
    morphology.attach(out)
    return out


@pytest.fixture
def without_camel(monkeypatch: pytest.MonkeyPatch) -> None:
    """camel-tools cannot be imported, whether it is installed or not."""
    for name in [name for name in sys.modules if name.split(".")[0] == "camel_tools"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "camel_tools", None)
    morphology._open.cache_clear()
    morphology._analyser.cache_clear()


def expand(*arguments: str, database: Path = DATABASE) -> int:
    return main(["wording", "expand", *arguments, "--database", str(database)])


def forms(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[str]]:
    """The pasted text as an editor of YAML reads it."""
    assert expand(*arguments) == 0
    found: dict[str, list[str]] = yaml.safe_load(capsys.readouterr().out)
    return found


def at(lexicon: Lexicon, text: str, index: int = 0) -> Hit | None:
    tokens = tokenise(text)
    return lexicon.verbs.at(tokens, index, len(tokens)) or lexicon.nouns.at(tokens, index, len(tokens))


def trigger(lexicon: Lexicon, text: str, index: int = 0) -> tuple[str, str, bool] | None:
    hit = at(lexicon, text, index)
    return (hit.value.frame, hit.value.form, hit.value.suffix) if hit else None


# Forms of lemmas


@camel
def test_a_verb_is_listed_in_third_person_past_and_present(capsys: pytest.CaptureFixture[str]) -> None:
    past = ["انسحب", "انسحبا", "انسحبت", "انسحبتا", "انسحبوا"]
    present = ["تنسحب", "تنسحبان", "ينسحب", "ينسحبان", "ينسحبون"]
    assert forms(capsys, "انسحب") == {"verbs": past + present}
    assert forms(capsys, "انسحب", "--missing") == {"verbs": present}


@camel
def test_weak_verbs_keep_their_spellings_and_passives_stand_apart(capsys: pytest.CaptureFixture[str]) -> None:
    verbs = ["تغزو", "تغزوان", "غزا", "غزت", "غزوا", "يغزو", "يغزوان", "يغزون"]
    assert forms(capsys, "غزا") == {"verbs": verbs, "passive": ["تغزى", "يغزى"]}
    assert forms(capsys, "هاجم", "--missing")["passive"] == ["هوجم", "هوجما", "هوجمت", "هوجمتا", "هوجموا"]
    assert "passive" not in forms(capsys, "هزم")  # هُزِم is written as هَزَم


@camel
def test_forms_show_hamza_and_diacritics(capsys: pytest.CaptureFixture[str]) -> None:
    assert expand("أنشأ") == 0
    out = capsys.readouterr().out
    assert "  - ينشئ    # يُنْشِئُ; present\n" in out
    assert "  - أنشأ    # أَنْشَأَ; past; found from the lemma\n" in out


@camel
def test_nouns_have_plurals_and_duals_that_may_stand_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert forms(capsys, "انسحاب") == {"nouns": ["انسحاب", "انسحابا", "انسحابات", "انسحابان", "انسحابين"]}
    assert forms(capsys, "هزيمة", "--missing") == {"nouns": ["هزائم", "هزيمتين"]}


@camel
def test_pronouns_only_on_demand_and_only_where_they_can_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert "هزمهم" not in forms(capsys, "هزم")["verbs"]
    assert {"هزمهم", "يهزمونهم", "هزموهم"} <= set(forms(capsys, "هزم", "--pronouns")["verbs"])
    assert forms(capsys, "انسحب", "--pronouns") == forms(capsys, "انسحب")  # not انسحبها
    assert "انسحابهم" in forms(capsys, "انسحاب", "--pronouns")["nouns"]
    assert "انسحابي" not in forms(capsys, "انسحاب", "--pronouns")["nouns"]


@camel
def test_persons(capsys: pytest.CaptureFixture[str]) -> None:
    # «تنسحبون» is "you": only on demand
    assert "تنسحبون" not in forms(capsys, "انسحب")["verbs"]
    assert "تنسحبون" in forms(capsys, "انسحب", "--person", "2,3")["verbs"]
    assert expand("انسحب", "--person", "4") == 2
    assert "unknown value '4' (choices: 1, 2, 3)" in capsys.readouterr().err


@camel
def test_the_first_word_of_a_phrase_is_inflected(capsys: pytest.CaptureFixture[str]) -> None:
    found = forms(capsys, "انسحب من الحرب")["verbs"]
    assert "ينسحب من الحرب" in found
    assert forms(capsys, "هزم_في", "--missing")["verbs"][0] == "تهزم_في"


@camel
def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert expand("هزيمة", "هاجم", "--format", "json") == 0
    first, second = json.loads(capsys.readouterr().out)["lemmas"]
    assert (first["lemma"], first["pos"], second["lemma"], second["pos"]) == ("هزيمة", "noun", "هاجم", "verb")
    singular = next(form for form in first["forms"] if form["number"] == "singular")
    assert singular == {
        "form": "هزيمه",
        "written": "هزيمة",
        "diacritised": ["هَزِيمَةً", "هَزِيمَةُ"],
        "list": "nouns",
        "number": "singular",
        "known": True,
    }
    attacked = next(form for form in second["forms"] if form["form"] == "هوجمت")
    assert (attacked["list"], attacked["tense"], attacked["known"]) == ("passive", "past", False)


@camel
def test_the_output_is_the_same_on_every_run() -> None:
    command = [sys.executable, "-m", "histlint", "wording", "expand", "هزم", "غزا", "--pronouns", "--database", str(DATABASE)]
    environments = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    runs = {subprocess.run(command, env=each, capture_output=True, check=True).stdout for each in environments}
    assert len(runs) == 1


@camel
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["انسحبو"], "انسحبو: no such lemma in"),
        (["انسحبو"], "did you mean 'انسحب'?"),
        (["هزم", "ضضض"], "ضضض: no such lemma in"),
        (["هزم", "--pos", "noun"], "هزم: not a noun in"),
        ([""], "an empty lemma"),
        (["هزم", "--formt", "json"], "did you mean '--format'?"),
    ],
)
def test_wrong_lemmas_and_options(capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert expand(*arguments) == 2
    out, err = capsys.readouterr()
    assert says in err
    assert out == ""


# Triggers by lemma


@camel
def test_lemmas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HISTLINT_MORPHOLOGY", str(DATABASE))
    assert morphology.lemmas("سينسحبون") == ("انسحب",)
    assert morphology.lemmas("يُنشئ") == ("انشا",)  # folded as histlint folds, further than camel-tools does
    assert sorted(morphology.lemmas("غزوهم")) == ["غزا", "غزو"]
    assert morphology.lemmas("Hattin") == morphology.lemmas("ضضض") == morphology.lemmas("") == ()


@camel
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ينسحب الجيش", ("withdraw", "verb", False)),
        ("وينسحبون", ("withdraw", "verb", False)),
        ("يغزو هتلر بولندا", ("invade", "verb", False)),
        ("يهزمهم", ("win", "verb", True)),
        ("هوجمت المدينة", ("invade", "passive", False)),
        ("تُغزى البلاد", ("invade", "passive", False)),
        ("ينشئ الملك", ("found", "verb", False)),
        ("تستسلم اليابان", ("surrender", "verb", False)),
        ("انسحاباً", ("withdraw", "noun", False)),
        ("انسحبوا", ("withdraw", "verb", False)),  # by form, as ever
    ],
)
def test_other_forms_of_a_trigger_are_found(lexicon: Lexicon, text: str, found: tuple[str, str, bool]) -> None:
    assert trigger(lexicon, text) == found


@camel
@pytest.mark.parametrize(
    "text",
    [
        "سينسحب الجيش",  # future
        "يغزوا",  # only after لم, أن
        "هزائم",  # many defeats, not one
        "تسقط المدينة",  # falls, or overthrows
        "يستشهد المؤرخ",  # quotes: the listed word is a passive
        "يقع",  # "happen" is left to its forms
        "توقع الهدنة",  # «وقع» is two verbs
        "دارت",
        "Hattin",
        "",
    ],
)
def test_what_may_mean_something_else_is_left_alone(lexicon: Lexicon, text: str) -> None:
    assert (trigger(lexicon, text) if text else None) is None


@camel
def test_a_present_behind_certain_words_tells_of_nothing_that_happened(lexicon: Lexicon) -> None:
    for word in ("أن", "لا", "قد"):
        assert trigger(lexicon, f"{word} ينسحب الجيش", 1) is None
        assert trigger(lexicon, f"{word} هوجمت المدينة", 1) == ("invade", "passive", False)
    assert trigger(lexicon, "الجيش ينسحب", 1) == ("withdraw", "verb", False)


@camel
def test_the_conjunction_is_told_and_phrases_reach_behind_the_subject(lexicon: Lexicon) -> None:
    hit = at(lexicon, "فينسحب") or at(lexicon, "وتنسحب")
    assert hit is not None
    assert hit.clitic == "و"  # the small database has no ف before the present
    assert at(lexicon, "تنسحب روسيا من الحرب") is not None
    tokens = tokenise("ينسحب " * 50_000)
    assert len(lexicon.verbs.find(tokens, 0, len(tokens))) == 50_000


PACK = """
sources:
  book: {title: A history of the crusades, publisher: A press, url: "https://example.org/crusades"}
polities:
  ayyubids: {kind: state, names: {ar: [الأيوبيون], en: [Ayyubids]}, existed: 1171/1250, sources: [book]}
  crusaders: {kind: people, names: {ar: [الصليبيون, الصليبيين], en: [Crusaders]}, existed: 1096/1291, sources: [book]}
people:
  saladin:
    names: {ar: [صلاح الدين الأيوبي], en: [Saladin]}
    short: {ar: [صلاح الدين], en: [Saladin]}
    born: '1137'
    died: 1193-03-04
    of: [ayyubids]
    sources: [book]
events:
  battle-of-hattin:
    type: battle
    names: {ar: [معركة حطين], en: [Battle of Hattin]}
    when: 1187-07-04
    sides: [[ayyubids], [crusaders]]
    leaders: [[saladin], []]
    won: [ayyubids]
    lost: [crusaders]
    sources: [book]
"""


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """One battle and who fought it."""
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "crusades.yaml").write_text(PACK, encoding="utf-8")
    return folder


WRONG = "في معركة حطين سنة 1187 يهزم الصليبيون صلاح الدين."
RIGHT = "في معركة حطين سنة 1187 يهزم صلاح الدين الصليبيين."


@camel
def test_an_article_is_checked_in_the_present_tense(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linter = pipeline.load(Settings(shipped=False, reference=(str(world),), rules=(str(ROOT / "rules"),)))
    assert pipeline.check_text(linter, WRONG) == []
    monkeypatch.setenv("HISTLINT_MORPHOLOGY", str(DATABASE))
    morphology.attach(linter.lexicon("ar"))
    assert [item.rule for item in pipeline.check_text(linter, WRONG)] == ["outcome/winner"]
    assert pipeline.check_text(linter, RIGHT) == []
    assert pipeline.check_text(linter, WRONG.replace("يهزم", "لم يهزم")) == []


@camel
def test_the_option_of_check(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "hattin.txt"
    article.write_text(WRONG + "\n", encoding="utf-8")
    monkeypatch.setenv("HISTLINT_MORPHOLOGY", str(DATABASE))
    command = [str(article), "--no-shipped", "--reference", str(world), "--rules", str(ROOT / "rules")]
    assert main(command) == 0
    assert main([*command, "--morphology", "camel"]) == 1
    assert "outcome/winner" in capsys.readouterr().out


# What is missing


def test_without_camel_tools_the_command_says_what_to_install(
    without_camel: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert expand("هزم") == 2
    out, err = capsys.readouterr()
    assert err == 'histlint: error: this needs camel-tools, which is not installed: pip install "histlint[camel]"\n'
    assert out == ""


def test_without_camel_tools_check_says_so_before_it_reads(
    without_camel: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "article.txt"
    article.write_text("نص\n", encoding="utf-8")
    assert main([str(article), "--morphology", "camel"]) == 2
    assert 'pip install "histlint[camel]"' in capsys.readouterr().err


def test_a_half_installed_camel_tools_is_named(monkeypatch: pytest.MonkeyPatch, without_camel: None) -> None:
    def broken(name: str) -> None:
        raise ModuleNotFoundError("No module named 'cachetools'", name="cachetools")

    monkeypatch.setattr(morphology, "import_module", broken)
    with pytest.raises(UsageError, match=r"not installed \(it lacks cachetools\)"):
        morphology._camel("analyzer")


def test_without_data_the_path_and_the_remedy_are_told(no_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = no_database / "home" / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")
    installed = "data/morphology_db/calima-msa-r13/morphology.db"
    with pytest.raises(UsageError) as raised:
        morphology.find_database()
    assert str(folder / installed) in str(raised.value)
    assert "camel_data -i morphology-db-msa-r13" in str(raised.value)
    assert "--database PATH" in str(raised.value)
    monkeypatch.setenv("CAMELTOOLS_DATA", str(no_database / "data"))
    with pytest.raises(UsageError) as raised:
        morphology.find_database()
    assert str(no_database / "data" / installed) in str(raised.value)


def test_the_database_given_goes_before_the_others(no_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = no_database / "data" / "data" / "morphology_db" / "calima-msa-r13" / "morphology.db"
    named, given = no_database / "named.db", no_database / "given"
    for path in (installed, named, given / "morphology.db"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    monkeypatch.setenv("CAMELTOOLS_DATA", str(no_database / "data"))
    assert morphology.find_database() == installed
    monkeypatch.setenv("HISTLINT_MORPHOLOGY", str(named))
    assert morphology.find_database() == named
    assert morphology.find_database(str(given)) == given / "morphology.db"


@camel
@pytest.mark.parametrize("content", [b"", b"hello\n", b"\xff\xfe\x00", b"###DEFINES###\n###DEFAULTS###\n###ORDER###\n"])
def test_a_file_that_is_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    assert expand("هزم", database=path) == 2
    assert f"{path}: not a morphology database of camel-tools (almor)" in capsys.readouterr().err


# No network, nothing left behind

_OFFLINE = """
import os, socket, sys
def refuse(*args, **kwargs):
    os._exit(77)
class Refused(socket.socket):  # making one is allowed: urllib3 tries at its import whether the machine has IPv6
    connect = connect_ex = sendto = send = sendall = listen = refuse
socket.socket, socket.create_connection, socket.getaddrinfo = Refused, refuse, refuse
from histlint.cli import main
code = main(sys.argv[1:])
assert "torch" not in sys.modules
sys.exit(code)
"""


@camel
@pytest.mark.parametrize("data", ["", "absent", "empty"])
def test_nothing_connects_and_nothing_is_left_in_the_home(tmp_path: Path, data: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "TMPDIR": str(tmp_path)}
    if data:
        environment["CAMELTOOLS_DATA"] = str(tmp_path / data)
    if data == "empty":
        (tmp_path / data).mkdir()
    before = sorted(tmp_path.rglob("*"))
    command = [sys.executable, "-c", _OFFLINE, "wording", "expand", "هزم", "--database", str(DATABASE)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "يهزمون" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before


@camel
def test_the_guard_against_connections_works(tmp_path: Path) -> None:
    environment = {**os.environ, "CAMELTOOLS_DATA": str(tmp_path), "HOME": str(tmp_path)}
    code = _OFFLINE.replace("from histlint.cli import main", "import camel_tools.morphology.database")
    assert subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True).returncode == 77


def test_a_plain_check_imports_no_morphology() -> None:
    code = "import sys; from histlint.cli import main; main(['rules']); "
    code += "print({'histlint.morphology', 'camel_tools'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "set()"
