"""Newsstand: a folder of records goes in, a static news site comes out."""

__version__ = "0.1.0"
