"""Templates and Markdown become text."""
