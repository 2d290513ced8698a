"""A site becomes every page and file of it."""
