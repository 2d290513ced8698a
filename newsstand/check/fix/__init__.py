"""What is wrong is mended, without touching anything else in a file."""
