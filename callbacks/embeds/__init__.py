"""Wiring of embeds: each dashboard and each module by itself, to be framed by other pages."""
