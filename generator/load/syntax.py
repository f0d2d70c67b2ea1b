"""Turns the text of a YAML or JSON file into mappings that know where they were written."""

from __future__ import annotations

import re

from generator.document import Map
from generator.findings import GeneratorError

from .decoding import refuse_characters
from .json_syntax import NotJsonError, read_json
from .yaml_syntax import read_yaml

_LOOKS_LIKE_JSON = re.compile(r"[ \t\r\n]*[{\[]")


def parse(text: str, file: str) -> list[Map]:
    """Return the documents of a YAML or JSON text that are not empty.

    Args:
        text: The whole text of the file.
        file: What the file is called in positions. One that ends in `.json` must hold JSON if
            it begins like JSON; any other may hold either.

    Raises:
        GeneratorError: The text is neither YAML nor JSON, or says what JSON cannot say.
    """
    text = text.removeprefix("\ufeff")
    looks_like_json = bool(_LOOKS_LIKE_JSON.match(text))
    must_be_json = looks_like_json and file.lower().endswith(".json")
    refuse_characters(text, file, is_json=must_be_json)
    if looks_like_json:
        # Not left to the YAML parser: JSON may be indented with tabs, and pairs its surrogates.
        try:
            return read_json(text, file)
        except NotJsonError as error:
            if must_be_json:
                raise GeneratorError([error.finding]) from None
    return read_yaml(text, file)
