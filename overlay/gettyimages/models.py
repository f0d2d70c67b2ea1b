"""The models of the API, as in `gettyimages_rest.models`, each loaded when it is first used."""

from __future__ import annotations

import typing

from gettyimages_rest.models import __all__ as __all__
from gettyimages_rest.models import __dir__ as __dir__
from gettyimages_rest.models import __getattr__ as __getattr__

if typing.TYPE_CHECKING:
    from gettyimages_rest.models import *  # noqa: F403 - the generated list of models
