"""Guesses what documents don't specify or get wrong, and writes the guesses as overlays."""

from .iteration import Drafted, draft
from .proposals import GUESS, Guess, guesses
from .writing import write

__all__ = ["GUESS", "Drafted", "Guess", "draft", "guesses", "write"]
