"""Strings, links, dates and fingerprints: values without a home of their own, and no I/O."""
