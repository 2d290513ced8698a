"""What `serve` shows: the site made again on each change, and what is wrong with it."""
