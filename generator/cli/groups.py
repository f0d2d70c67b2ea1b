"""The type of what commands are added to, for which argparse has no public name."""

from __future__ import annotations

import argparse
import typing

Commands: typing.TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
