"""Records become stories, in the order of the front page."""
