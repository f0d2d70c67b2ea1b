"""Guesses what documents leave open or get wrong, and writes the guesses down as overlays."""

from .guess_marks import GUESS, Guess, guesses
from .iteration import Drafted, draft
from .writing import write

__all__ = ["GUESS", "Drafted", "Guess", "draft", "guesses", "write"]
