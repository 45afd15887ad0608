"""Readers: which characters are prose, where each stands, and what a file that cannot be read is answered."""

from __future__ import annotations

import io
import sys
import time

import pytest
from histlint.model import Document
from histlint.read import InputError, read, read_string


def doc(source: str, path: str = "a.md") -> Document:
    document = read_string(source, path)
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert text.strip() == text
        assert text
        assert "\n" not in text
    for offset, character in enumerate(document.text):
        there = source[document.source_offset(offset)]
        assert there == character or character in "\n “”" or there == "&", (offset, character, there)
    assert document.text == "\n".join(document.text[block.start : block.end] for block in document.blocks)
    return document


def blocks(source: str, path: str = "a.md") -> list[tuple[str, str]]:
    document = doc(source, path)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def where(source: str, word: str, path: str = "a.md") -> tuple[int, int, int, int]:
    document = doc(source, path)
    at = document.text.index(word)
    return (*document.position(at), *document.position(at + len(word), end=True))


# Markdown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# عنوان *أول* ##\n", [("heading", "عنوان أول")]),
        ("عنوان\n=====\nنص", [("heading", "عنوان"), ("paragraph", "نص")]),
        ("نص\n---\n", [("heading", "نص")]),
        ("a\nb\n\nc", [("paragraph", "a b"), ("paragraph", "c")]),
        ("---\ntitle: x\n---\nنص", [("paragraph", "نص")]),
        ("+++\nx = 1\n+++\nنص", [("paragraph", "نص")]),
        ("---\nnot closed", [("paragraph", "not closed")]),
        ("```py\n1190\n```\nنص", [("paragraph", "نص")]),
        ("~~~\n```\n1190\n~~~\nنص", [("paragraph", "نص")]),
        ("```\nnever closed", []),
        ("نص\n\n    code\n", [("paragraph", "نص")]),
        ("- بند\n  تابع\n- [x] ثان\n", [("item", "بند تابع"), ("item", "ثان")]),
        ("1. a\n   - b\n\n     c\n", [("item", "a"), ("item", "b"), ("paragraph", "c")]),
        ("كان ذلك\n1945. ثم", [("paragraph", "كان ذلك 1945. ثم")]),
        ("1945. ثم", [("item", "1945. ثم")]),
        ("> قال\nكذا\n\nنص", [("quote", "قال كذا"), ("paragraph", "نص")]),
        ("> # h\n> - i\n", [("quote", "h"), ("quote", "i")]),
        ("> [!NOTE]\n> نص\n", [("paragraph", "نص")]),
        (
            "| أ | ب |\n|---|:-:|\n| ج | د\\|ه |\n\nنص",
            [("cell", "أ"), ("cell", "ب"), ("cell", "ج"), ("cell", "د|ه"), ("paragraph", "نص")],
        ),
        ("[a]: http://x 'y'\nنص", [("paragraph", "نص")]),
        ("[^1]: حاشية", [("paragraph", "حاشية")]),
        ("***\nنص\n* * *", [("paragraph", "نص")]),
        ("<div dir=rtl>\n<p>أ</p>\n<p>ب</p>\n</div>\n\n**ج**", [("paragraph", "أ"), ("paragraph", "ب"), ("paragraph", "ج")]),
        ("<blockquote>\n\nقال\n\n</blockquote>\n\nنص", [("quote", "قال"), ("paragraph", "نص")]),
        ("<script>\nx\n\ny</script> بعد", [("paragraph", "بعد")]),
        ("<!-- a\n\nb --> نص", [("paragraph", "نص")]),
        ("<!-- never closed\nنص", []),
        ("{{< fig >}}\n:::note\nنص\n:::", [("paragraph", "نص")]),
    ],
)
def test_markdown_blocks(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source) == expected
    assert [(kind, text) for kind, text in blocks(source.replace("\n", "\r\n"))] == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**معركة** _حطين_ ~~1190~~ ==ثم==", "معركة حطين ثم"),
        ("snake_case 5*3 a * b", "snake_case 5*3 a * b"),
        ('[نص [داخل]](http://x/a_(b) "t") بعد', "نص [داخل] بعد"),
        ("[نص](<a b>) [ref][1] [طويل][] [قوس]", "نص ref طويل [قوس]"),
        ("![صورة 1190](a.png) نص", "نص"),
        ("[![صورة](a.png)](b) نص", "نص"),
        ("`1190` ``a ` b`` نص `مفتوح", "نص `مفتوح"),
        ("<http://a.b/1190> https://a.b/1190 www.a.b نص", "نص"),
        ("قبل <b class='>'>غامق</b> &amp; &#x62d; &nbsp;x &unknown; &", "قبل غامق & ح \xa0x &unknown; &"),
        ("أ[^1] ب[@key] ج<sup>[3]</sup> 20<sup>th</sup>", "أ ب ج 20th"),
        ("أ<br>ب", "أ ب"),
        ('أ <code>1190</code>ب {{ x }} {% raw %}ج{.cls} [fig id="1"]د[/fig]', "أ ب ج د"),
        (r"\*نجمة\* \[ق\] c:\dir", r"*نجمة* [ق] c:\dir"),
        ("سطر\\\nثان  \nثالث", "سطر ثان ثالث"),
        ("a < b > c <- d", "a < b > c <- d"),
    ],
)
def test_markdown_inline(source: str, text: str) -> None:
    assert doc(source).text == text


def test_positions_in_markdown() -> None:
    source = "# ع\r\n\r\nقبل **معركة [حطين](http://x)** 😀 عام\r\nألف &amp; 1190.\r\n"
    assert where(source, "معركة") == (3, 7, 3, 12)
    assert where(source, "حطين") == (3, 14, 3, 18)
    assert where(source, "😀 عام ألف") == (3, 32, 4, 4)
    assert where(source, "1190") == (4, 11, 4, 15)
    assert doc(source).line_text(4) == "ألف &amp; 1190."


# HTML


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<head><title>t</title><style>p{}</style></head><body><h1>ع <b>أ</b></h1><p>نص",
            [("heading", "ع أ"), ("paragraph", "نص")],
        ),
        (
            "<p>a<p>b<ul><li>c<li>d</ul>e",
            [("paragraph", "a"), ("paragraph", "b"), ("item", "c"), ("item", "d"), ("paragraph", "e")],
        ),
        ("<table><tr><th>a<td>b</table>", [("cell", "a"), ("cell", "b")]),
        ("<blockquote><p>a<ul><li>b</ul></blockquote>c", [("quote", "a"), ("quote", "b"), ("paragraph", "c")]),
        ("<figure><figcaption>a</figcaption></figure>", [("caption", "a")]),
        ("<div hidden>a<div>b</div>c</div>d<p style='display: none'>e</p>", [("paragraph", "d")]),
        ("<script>a < b</script>c<pre>d</pre><code>e</code>", [("paragraph", "c")]),
        ("a<br>b<br><br>c", [("paragraph", "a b"), ("paragraph", "c")]),
        ("a  \n\t b&nbsp;c <i> d</i>", [("paragraph", "a b\xa0c d")]),
        ("<q>a</q> 2 < 3 & x", [("paragraph", "“a” 2 < 3 & x")]),
        ("عام 1945<sup><a href='#1'>[3]</a></sup> 20<sup>th</sup>", [("paragraph", "عام 1945 20th")]),
        ("<del>1190</del> a https://x.y/1190", [("paragraph", "a")]),
        ("<!-- a --><?php x ?><![CDATA[y]]>b<!-- never closed", [("paragraph", "b")]),
        ('<a title="1 > 2">b</a>', [("paragraph", "b")]),
        ('<a title="never closed>b', [("paragraph", "b")]),
        ("</div></p>a", [("paragraph", "a")]),
    ],
)
def test_html(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source, "a.html") == expected


def test_positions_in_html() -> None:
    source = "<p>\n  قبل <b>معركة</b>\n  حطين&nbsp;عام 1190"
    assert where(source, "معركة", "a.htm") == (2, 10, 2, 15)
    assert where(source, "1190", "a.htm") == (3, 17, 3, 21)


# Plain text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("نص واحد", [("paragraph", "نص واحد")]),
        ("أ.\nب.\r\n\r\nج.", [("paragraph", "أ."), ("paragraph", "ب."), ("paragraph", "ج.")]),
        ("عنوان المقال\n\nنص المقال.", [("heading", "عنوان المقال"), ("paragraph", "نص المقال.")]),
        ("عنوان\nنص المقال الطويل بعد العنوان.", [("heading", "عنوان"), ("paragraph", "نص المقال الطويل بعد العنوان.")]),
        ("وقعت المعركة عام 1190.\n\nنص.", [("paragraph", "وقعت المعركة عام 1190."), ("paragraph", "نص.")]),
        ("نص.\n\nآخر سطر بلا نقطة", [("paragraph", "نص."), ("paragraph", "آخر سطر بلا نقطة")]),
        ("- أ\n٢) ب\n1945. ج", [("item", "أ"), ("item", "ب"), ("paragraph", "1945. ج")]),
        ("انظر https://a.b/1190 هنا", [("paragraph", "انظر  هنا")]),
        ("<b>a</b> *b*", [("paragraph", "<b>a</b> *b*")]),
    ],
)
def test_plain(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(source, "a.txt") == expected
    assert blocks(source, "") == expected


def test_lines_that_an_editor_wrapped_are_joined() -> None:
    source = (
        "The battle was fought near Tiberias in the summer of 1187, between the army\n"
        "of Saladin and the forces of the Kingdom of Jerusalem under King Guy, whose\n"
        "march through waterless hills had exhausted them before the first arrow.\n"
    )
    assert doc(source, "a.txt").text == source.rstrip().replace("\n", " ")
    assert where(source, "army of", "a.txt") == (1, 72, 2, 3)
    sentences = "The first sentence ends here, at about this place, no earlier.\n" * 3
    assert len(doc(sentences, "a.txt").blocks) == 3


# Suppressions


@pytest.mark.parametrize(
    ("path", "source", "lines"),
    [
        ("a.md", "a\n\nb <!-- histlint: ignore[x/y, z] why not -->\n\nc", (3, 3)),
        ("a.md", "a\n\n<!-- histlint: ignore[x/y, z] why not -->\nb\nc\n\nd", (4, 5)),
        ("a.md", "a <!-- histlint: ignore-next[x/y, z] why not -->\n\nb\nc", (3, 4)),
        ("a.md", "a\n<!-- histlint: ignore-start[x/y, z] why not -->\n\nb\n<!-- histlint: ignore-end -->\nc", (2, 5)),
        ("a.md", "a\n<!--histlint:ignore-start[x/y,z] why not-->\nb\nc", (2, 4)),
        ("a.md", "a\n\n<!-- histlint: ignore-file[x/y, z] why not -->", (1, 3)),
        ("a.md", "a\n\n<!-- histlint: ignore[x/y, z] why not -->", (1, 0)),
        ("a.md", "a <!-- histlint: ingore[x/y, z] why not -->", (1, 0)),
        ("a.html", "<p>a<!-- histlint: ignore[x/y, z] why not --></p>", (1, 1)),
        ("a.html", "<p>a</p>\n<!-- histlint: ignore[x/y, z] why not -->\n<p>\nb\nc</p>", (4, 5)),
        ("a.txt", "a\nb [histlint: ignore[x/y, z] why not]\nc", (2, 2)),
        ("a.txt", "a\n[histlint: ignore[x/y، z] why not]\n\nb\nc", (4, 4)),
    ],
)
def test_suppressions(path: str, source: str, lines: tuple[int, int]) -> None:
    document = doc(source, path)
    (found,) = document.suppressions
    assert (found.first, found.last) == lines
    assert found.rules == ("x/y", "z")
    assert found.reason == "why not"
    assert "histlint" not in document.text
    assert "histlint" in document.line_text(found.line)[found.column - 1 : found.end_column - 1]


def test_a_suppression_in_code_is_none() -> None:
    assert doc("```\n<!-- histlint: ignore -->\n```\n`<!-- histlint: ignore -->` a").suppressions == ()


def test_ends_close_the_start_of_their_rules() -> None:
    source = (
        "<!-- histlint: ignore-start[a] -->\n\n<!-- histlint: ignore-start[b] -->\n\nx\n\n<!-- histlint: ignore-end[a] -->\n\ny\n"
    )
    first, second = doc(source).suppressions
    assert (first.first, first.last) == (1, 7)
    assert (second.first, second.last) == (3, 10)


# Bytes


def test_bytes_to_text() -> None:
    assert read("a.txt", "\ufeffنص".encode()).text == "نص"
    assert read("a.txt", "نص".encode("utf-16"), "utf-16").text == "نص"
    assert read("a.txt", "نص".encode("windows-1256"), "windows-1256").text == "نص"
    assert read("a.txt", b"").text == ""
    assert read("a.md", b"\r\n \r\n").blocks == ()
    assert read("a.txt", b"a\rb").text == "a\rb"


@pytest.mark.parametrize(
    ("data", "encoding", "said"),
    [
        ("أ\nبج".encode() + b"\xff", "utf-8", "a.txt: is not UTF-8: byte 0xFF at byte 8, line 2, column 3; "),
        (b"a\nb\0c", "utf-8", "is binary: a NUL byte at byte 4, line 2, column 2"),
        (b"PK\x03\x04abc", "utf-8", "is a ZIP or Office file"),
        (b"%PDF-1.7", "utf-8", "is a PDF file"),
        ("نص".encode("utf-16"), "utf-8", "looks like UTF-16, not UTF-8; name the encoding: --encoding utf-16"),
        (b"abc", "utf-16", "is not UTF-16"),
        (b"a", "utf-9", "unknown encoding 'utf-9'; did you mean 'utf-8'?"),
        (b"a", "rot13", "unknown encoding"),
        ("a\0".encode("utf-16"), "utf-16", "is binary"),
    ],
)
def test_unreadable_bytes(data: bytes, encoding: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read("a.txt", data, encoding)
    assert said in str(error.value)
    if encoding == "utf-8" and "not UTF-8: byte" in said:
        assert "--encoding" in str(error.value)


def test_unreadable_files(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, said in ((tmp_path, "is a folder"), (tmp_path / "x", "no such file"), ("a\0b", "cannot be read")):
        with pytest.raises(InputError, match=said):
            read(str(path))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("نص".encode())))
    assert read("-").path == "<stdin>"


# Time


PIECES = [
    "[", "](", "[a](", "[a](b '", "![", "`", "` `` ", "*", "_ ", "<", "<a ", '<a "', '<a ">" ', "<!--",
    "x<!--", "{{", "> ", ">", "- ", "- - ", "1. ", "&", "~~", "\\", "|-\n", "#", "<code>", "x<svg>", "<div>",
    "<div hidden>", "<sup>", "<q>", "```\n", "http://", "[^", "a\n-\n", "x\n|-\n", " ", "\t", "\n", "\r",
    "[histlint: ignore[", "<!-- histlint: ignore -->", "<br>", "www.",
]  # fmt: skip


@pytest.mark.parametrize("path", ["a.md", "a.html", "a.txt"])
@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear(path: str, piece: str) -> None:
    def measure(count: int) -> float:
        start = time.process_time()
        read_string("x " + piece * count + "z", path)
        return time.process_time() - start

    bound = min(measure(2_000) for _ in range(3)) * 30 + 0.3
    assert any(measure(20_000) < bound for _ in range(3))  # once is enough: a busy machine only ever adds


def test_a_line_of_twenty_megabytes() -> None:
    source = "غزا الاتحاد السوفيتي منشوريا عام 1945. " * 290_000
    for path in ("a.txt", "a.md", "a.html"):
        start = time.process_time()
        document = read_string(source, path)
        assert len(document.blocks) == 1
        assert time.process_time() - start < 10
