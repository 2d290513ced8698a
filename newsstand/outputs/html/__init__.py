"""The pages that people read: what each shows, ready to print."""
