"""The Python names of resources, methods, arguments, fields and classes.

Names are public API. An operation keeps the name it had in the released spec, unless an overlay
says otherwise by `x-resource` or `x-method`; then the old one goes on working for a while.
"""

from .assigning import FORMER, FormerName, assign, by_identity, former_names
from .spelling import (
    ARGUMENTS,
    FIELDS,
    LONGEST,
    METHODS,
    MODULES,
    PLACES,
    PREFIX,
    RESOURCES,
    argument_names,
    canonical_path,
    class_name,
    method_name,
    module_key,
    module_name,
    numbered,
    path_query,
    path_segments,
    snake_case,
    words,
)

__all__ = [
    "ARGUMENTS",
    "FIELDS",
    "FORMER",
    "LONGEST",
    "METHODS",
    "MODULES",
    "PLACES",
    "PREFIX",
    "RESOURCES",
    "FormerName",
    "argument_names",
    "assign",
    "by_identity",
    "canonical_path",
    "class_name",
    "former_names",
    "method_name",
    "module_key",
    "module_name",
    "numbered",
    "path_query",
    "path_segments",
    "snake_case",
    "words",
]
