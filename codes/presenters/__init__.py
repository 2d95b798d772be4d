"""Rows made ready for templates."""
