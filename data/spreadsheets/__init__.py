"""Spreadsheets as people have them: bytes and a name in, understood rows out. No database."""
