"""The version, stated here alone: asking the installed distribution for it takes too long."""

VERSION = "0.1.0"
