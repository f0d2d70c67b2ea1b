"""Guesses what documents don't specify or get wrong, and writes the guesses as overlays."""

from .iteration import Drafted, draft, write
from .proposals import GUESS, Guess, guesses

__all__ = ["GUESS", "Drafted", "Guess", "draft", "guesses", "write"]
