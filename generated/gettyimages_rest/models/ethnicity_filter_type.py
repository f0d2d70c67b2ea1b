"""The values of `EthnicityFilterType`."""

from __future__ import annotations

import typing

EthnicityFilterType: typing.TypeAlias = (
    typing.Literal[
        "black",
        "white",
        "east_asian",
        "hispanic_latinx",
        "japanese",
        "middle_eastern",
        "multiracial_person",
        "multiethnic_group",
        "native_american_first_nations",
        "pacific_islander",
        "south_asian",
        "southeast_asian",
    ]
    | str
)
"""An ethnicity. The known values, and any newer one.

Source: present-day.yaml, /components/schemas/EthnicityFilterType
"""
