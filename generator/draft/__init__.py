"""Guesses what documents don't specify or get wrong, and writes the guesses as overlays."""

from .guess_marks import GUESS, Guess, guesses
from .iteration import Drafted, draft
from .writing import write

__all__ = ["GUESS", "Drafted", "Guess", "draft", "guesses", "write"]
