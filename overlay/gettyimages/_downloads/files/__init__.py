"""Files: how they are named, written and put in place."""
