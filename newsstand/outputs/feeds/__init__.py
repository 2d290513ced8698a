"""What programs read: the feed, the sitemap, the manifest."""
