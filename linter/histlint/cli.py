"""The command line (stand-in until the real one lands): only `histlint reference …`."""

from __future__ import annotations

import sys

from .commands import reference


def main() -> int:
    """Runs the command."""
    return reference.main(sys.argv[2:] if sys.argv[1:2] == ["reference"] else ["-h"])


if __name__ == "__main__":
    sys.exit(main())
