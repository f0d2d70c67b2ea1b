"""The resources of the API, a package each; in it a module per operation."""
