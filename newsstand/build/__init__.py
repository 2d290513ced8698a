"""Only what has changed is done, in several processes, and switched in as a whole."""
