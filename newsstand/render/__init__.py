"""Templates become text."""
