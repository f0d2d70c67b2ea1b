"""Writes YAML that people can review and every YAML parser reads the same."""

from __future__ import annotations

import functools
import re
from typing import Any

import yaml

from .yaml_scalars import plain_scalar

_BREAKS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class _Dumper(yaml.SafeDumper):
    """Block style; long prose as literal blocks; no aliases."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # A spec repeats its words many times, and these look at each letter.
        for name in ("analyze_scalar", "prepare_tag"):
            setattr(self, name, functools.cache(getattr(self, name)))

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = None
    if _BREAKS.search(text):
        style = '"'  # YAML 1.1 and 1.2 fold these in different ways
    elif (
        "\n" in text
        and text.strip() == text
        and not any(line != line.rstrip() for line in text.splitlines())
    ):
        style = "|"
    elif not isinstance(_read(text), str):
        style = "'"  # YAML 1.1 would take it for text where YAML 1.2 does not, e.g. 0o17
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> object:
    try:
        return plain_scalar(text)
    except ValueError:
        return None


_Dumper.add_representer(str, _text)
_Dumper.add_multi_representer(dict, _Dumper.represent_dict)
_Dumper.add_multi_representer(list, _Dumper.represent_list)


def to_yaml(data: object) -> str:
    """Return a node or plain data as YAML, its keys in their order."""
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
