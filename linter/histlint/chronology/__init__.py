"""Days, calendars and uncertain moments: pure arithmetic, no wording and no heavy imports."""
