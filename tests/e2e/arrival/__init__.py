"""Five documents that arrive, and the page of the docs that goes through it with them."""
