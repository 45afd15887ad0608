"""CDB90, battles of 1600-1973 with their days, as a second source for rows of Wikidata."""

from __future__ import annotations

import csv
import json
import os
from collections import defaultdict
from typing import Any


class Cdb90:
    """The battles that are tied to Wikidata ids."""

    def __init__(self, folder: str) -> None:
        self._battles: dict[str, dict[str, Any]] = {}
        with open(os.path.join(folder, "cdb90_battles_with_qid.jsonl"), encoding="utf-8") as file:
            for line in file:
                battle = json.loads(line)
                if battle.get("qid"):
                    self._battles[battle["qid"]] = battle
        self._actors: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        with open(os.path.join(folder, "battle_actors.csv"), encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._actors[row["isqno"]][row["attacker"]].append(row["actor"])

    def days(self, row: dict[str, Any]) -> str:
        """First and last day of a battle on which both sources agree, "" otherwise."""
        battle = self._battle(row)
        if not battle:
            return ""
        first, last = battle["start"], battle["end"]
        if not (row.get("start_precision") == "day" and first <= row["start"] <= last):
            return ""
        return str(first) if first == last else f"{first}/{last}"

    def rows(self, row: dict[str, Any]) -> list[str]:
        """The identifiers of its rows."""
        battle = self._battle(row)
        return [str(number) for number in battle["cdb90"]] if battle else []

    def sides(self, row: dict[str, Any]) -> list[list[str]]:
        """The names of those who attacked and of those who defended, where one row tells."""
        numbers = self.rows(row)
        return [sorted(set(names)) for _, names in sorted(self._actors[numbers[0]].items())] if len(numbers) == 1 else []

    def _battle(self, row: dict[str, Any]) -> dict[str, Any] | None:
        battle = self._battles.get(row["qid"])
        return battle if battle and row.get("agrees_with_cdb90") else None
