"""From a merged spec to a version on a package index: release, and publish."""
