"""Files become records, topics, outlets, pages and settings, with their problems."""
