"""What is wrong with a site, without publishing it."""
