"""Commands, options, the terminal and the preview."""
