"""The English of findings: for each code the problem and, on the lines below, what to do.

`{name}` stands for a value of the finding. A word after a colon selects its form: see
`findings`. A message says what was expected, what was found, and what to do.
"""

from . import document_messages, project_messages, release_messages, spec_messages

MESSAGES = {
    **document_messages.MESSAGES,
    **spec_messages.MESSAGES,
    **project_messages.MESSAGES,
    **release_messages.MESSAGES,
}
