"""The version of the project, stated here and nowhere else.

Asking the installed distribution would take a tenth of the time of a first call.
"""

VERSION = "0.1.0"
