"""Downloads: links, files saved or read, many at once."""
