"""Compiles the reference packs into the wheel, so that an installed histlint starts without reading YAML."""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompilePacks(BuildHookInterface):  # type: ignore[type-arg]
    """Puts `histlint/compiled.sqlite` into the wheel; an editable install compiles into the user cache instead."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects the files."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "linter"))
        try:
            from histlint.packs import PackErrors, compile_shipped
        finally:
            sys.path.pop(0)
        self.folder = tempfile.TemporaryDirectory(prefix="histlint-build-")  # gone with this object
        path = os.path.join(self.folder.name, "compiled.sqlite")
        try:
            compile_shipped(path)
        except PackErrors as errors:
            raise SystemExit(f"the packs cannot be compiled:\n{errors}") from None
        build_data["force_include"][path] = "histlint/compiled.sqlite"
