"""The keys at the top of a file: split off, parsed, and read with the place of each."""
