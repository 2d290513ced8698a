"""Markdown that strangers wrote becomes HTML that is safe to print."""
