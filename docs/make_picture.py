"""Draws docs/terminal.png: what histlint prints for the examples, with the colours of a terminal.

Run: python docs/make_picture.py [--browser chromium] [--scale 1.5] [--keep]

The real command runs in a terminal of its own; its output becomes a page of monospaced lines, each with a direction of its own as
in a terminal that knows Arabic, and a headless Chromium takes the picture, which pngquant makes small where it is installed.
`--keep` leaves the page beside the picture.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import html
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = (("examples/manchuria.ar.md", None), ("examples/waterloo.en.md", 2))  # a file; which of its findings, or all
COLOURS = {"31": "#ff6b68", "33": "#e5c07b", "36": "#56b6c2"}
WIDTH = 1040
COLUMNS = 106  # that fit in it
STYLE = f"""
html {{ background: #1e2127 }}
body {{ margin: 0; padding: 22px 28px; width: {WIDTH - 56}px; color: #d7dae0; font: 15px/1.55 "DejaVu Sans Mono", monospace }}
div {{ white-space: pre-wrap; overflow-wrap: anywhere; min-height: 1.1em; text-align: start }}
.prompt {{ color: #98c379 }}
"""


def spans(line: str) -> str:
    """A line with ANSI styles, as HTML."""
    out, css = "", ""
    for index, part in enumerate(re.split(r"\x1b\[([\d;]*)m", line)):
        if index % 2 == 0:
            out += f'<span style="{css}">{html.escape(part)}</span>' if css and part else html.escape(part)
            continue
        for code in part.split(";"):
            if code in ("", "0"):
                css = ""
            elif code in COLOURS:
                css += f"color:{COLOURS[code]};"
            else:
                css += {"1": "font-weight:bold;", "2": "opacity:.62;", "4": "text-decoration:underline;"}[code]
    return out


def indented(line: str) -> str:
    """A line of the page: what it is indented by stands on the side where the line begins."""
    text = line.lstrip(" ")
    return f'<div dir="auto" style="padding-inline-start:{len(line) - len(text)}ch">{spans(text)}</div>'


def in_terminal(path: str) -> str:
    """What histlint writes about a file to a terminal as wide as the picture."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "linter"), "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    run = subprocess.Popen([sys.executable, "-m", "histlint", path], cwd=ROOT, env=environment, stdout=far, close_fds=True)
    os.close(far)
    written = b""
    with contextlib.suppress(OSError):  # the terminal is gone with the program
        while part := os.read(near, 65536):
            written += part
    os.close(near)
    if run.wait() != 1:
        sys.exit(f"{path}: exit code {run.returncode}")
    return written.decode().replace("\r\n", "\n")


def page() -> str:
    """The page of all runs; its title becomes its height."""
    lines = []
    for path, number in RUNS:
        blocks = in_terminal(path).rstrip("\n").split("\n\n")
        shown = blocks if number is None else [blocks[number - 1], "…"]
        lines.append(f'<div class="prompt">$ histlint {html.escape(path)}</div>')
        lines += [indented(line) for line in "\n\n".join(shown).split("\n")]
        lines.append("<div></div>")
    script = "document.title = document.body.offsetHeight"
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><body>{''.join(lines[:-1])}<script>{script}</script>"


def main() -> None:
    """Runs the linter and the browser."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--browser", default=shutil.which("chromium") or shutil.which("google-chrome") or "chromium")
    parser.add_argument("--scale", type=float, default=1.5)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "terminal.png")
    parser.add_argument("--keep", action="store_true", help="leave the page beside the picture")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = args.output.with_suffix(".html") if args.keep else Path(folder, "page.html")
        source.write_text(page(), "utf-8")

        def browse(height: int, *options: str) -> str:
            command = [args.browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            command += [f"--user-data-dir={folder}/profile", "--hide-scrollbars", f"--window-size={WIDTH},{height}", *options]
            run = subprocess.run([*command, source.resolve().as_uri()], capture_output=True, text=True, check=True, timeout=120)
            return run.stdout

        title = re.search(r"<title>(\d+)</title>", browse(800, "--dump-dom"))
        if title is None:
            sys.exit("the browser did not measure the page")
        height = int(title[1])
        shot = args.output.resolve()
        browse(height, f"--screenshot={shot}", f"--force-device-scale-factor={args.scale}", "--disable-lcd-text")
        if shutil.which("pngquant"):
            subprocess.run(["pngquant", "--force", "--output", str(shot), "--nofs", "48", str(shot)], check=True)
    print(f"{args.output}: {WIDTH} × {height}, {args.output.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
