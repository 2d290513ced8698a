"""What each kind of file may say: a record, a topic, an outlet, a page, the settings."""
