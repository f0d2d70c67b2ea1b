"""Messages about source documents: reading them and upgrading them."""

_YAML = "this is not valid YAML: "
_JSON = "\nCorrect the JSON here: check quotes, commas and brackets."
_QUOTE = "\nCorrect the value, or put it in quotes if it is text."

MESSAGES = {
    # Reading files.
    "document-empty": "a Swagger or OpenAPI document was expected, but the file is empty\n"
    "Write the document, or remove the file.",
    "sources-missing": "the folder does not exist\nCreate it. {put_here}",
    "sources-not-folder": "expected the folder that contains the documents, found something that is"
    " not a folder\n"
    "Give the folder that contains the documents.",
    "sources-empty": "the folder contains no document\n{put_here}",
    "sources-only-others": "the folder contains no document, only {others:names}\n{put_here}",
    "ignored-folder": "not read, because it is a folder; only files directly in the folder of"
    " sources are\nRemove it, or rename it if it is a document.",
    "ignored-suffix": "not read, because its name does not end in one of {suffixes:names}\n"
    "Remove it, or rename it if it is a document.",
    "unreadable": "this cannot be read: {reason}\n"
    "Check that it exists, that its permissions let you read it, and where it links to.",
    "not-a-file": "this is not a regular file\nReplace it with a regular file.",
    "file-name-not-utf8": "the name of the file must be UTF-8\nRename the file.",
    "file-too-large": "the file is larger than {most} MB\nSplit it into several documents.",
    "document-is-overlay": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but this is an"
    " overlay\nMove it to the folder of overlays.",
    "version-missing": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but its keys"
    " ({keys:list}) include neither `swagger` nor `openapi`\n"
    "Only Swagger 2.0 (`swagger: '2.0'`) and OpenAPI 3.0 and 3.1 can be read. Remove any other"
    " file.",
    "version-twice": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but this one has both"
    " `swagger` and `openapi`\n"
    "Remove the one that is wrong.",
    "version-unknown": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but this one has"
    " `{key}: {found}`\n"
    "Only Swagger 2.0 (`swagger: '2.0'`) and OpenAPI 3.0 and 3.1 can be read. Convert the document,"
    " or correct its version.",
    "merge-conflict": "the file has conflict markers of a merge\n"
    "Resolve the conflicts, then build again: `build` writes all that is generated anew.",
    "encoding-mark": "the file must be UTF-8, but begins with the byte order mark of {encoding}\n"
    "Save it as UTF-8.",
    "encoding-byte": "the file must be UTF-8, but here is a byte 0x{byte:02X} that is not\n"
    "Save the file as UTF-8, or correct this character.",
    "character-half": "the text contains half a surrogate pair, U+{char:04X}\n"
    "Write the whole character, or delete this half.",
    "character-none": "the text contains U+{char:04X}, which is not a character\nDelete it.",
    "character-control": "the text contains a control character, U+{char:04X}\n"
    'Delete it, or write it as "\\u{char:04X}" in double quotes if it is meant.',
    # Syntax.
    "root-not-mapping": "a document must be a mapping at its top, not {found:kind}\n"
    "Write `key: value` lines at the top level, or remove the file.",
    "findings-too-many": "this is error number {most} in the file; the rest was not read\n"
    "Correct what is reported, then run again.",
    "key-not-text": "a key must be a string, not {found:kind}\n"
    "Quote the key. Text that begins with `{{` or `[` needs quotes.",
    "key-alias": "a key must be a string, but *{name} is {found:kind}\nWrite out the key.",
    "key-twice": "the key {key} is already at {first}; the keys of a mapping must differ when"
    " written as text\n"
    "Remove one of the two, or merge their values.",
    "alias-unknown": "the alias *{name} refers to an anchor &{name} that is not defined before it\n"
    "Define &{name} first, or quote the text if `*` is meant as a character.",
    "alias-endless": "the alias *{name} refers to a node that contains it, which would never end\n"
    "Write out the intended value, or use a `$ref`.",
    "aliases-too-many": "the aliases of this file expand to more than {most} nodes, or {size} MB of"
    " text\n"
    "Use `$ref` to share large parts.",
    "string-half-character": "a string contains half a surrogate pair, \\u{char:04x}\n"
    "Write the whole character, or delete this half.",
    "levels-too-many": "the document is nested more than {most} levels deep\n"
    "Move inner parts into components and refer to them with `$ref`.",
    "merge-key": "a merge key `<<` is neither part of YAML 1.2 nor expressible in JSON\n"
    'Write out the keys that it merges, or use `$ref`. For a key of that name, write "<<".',
    "tag": "the tag {tag} is not allowed here; only !!str, !!int, !!float, !!bool, !!null, !!map"
    " and !!seq may be used, each on a node of its own kind\n"
    "Remove the tag.",
    "number-not-json": "JSON cannot represent the number {text}" + _QUOTE,
    "number-too-large": "the number is too large" + _QUOTE,
    "number-too-long": "the number has {found} characters, more than the {most} allowed" + _QUOTE,
    "tag-misfit": "the value does not fit its tag !!{tag}" + _QUOTE,
    "json-number": "\nWrite a number that JSON can represent, or quote it if it is text.",
    "json-expected": "this is not valid JSON: expected {expected}, found {found}" + _JSON,
    "json-end": "the end of the text",
    "json-string": "this is not valid JSON: {reason}" + _JSON,
    "yaml-since": " (it began at line {line}, column {column})",
    "yaml": _YAML + "{reason}{since}\n"
    "Correct the YAML here: check the indentation, the quotes and the colons.",
    "yaml-escape": _YAML + "an escape after this position does not represent a character\n"
    "Correct the escapes (\\x, \\u, \\U, %) that follow.",
    "yaml-colon": _YAML + "a colon appears where a key is not allowed{since}\n"
    "Quote the text if it contains `: `; otherwise check the indentation.",
    "yaml-no-colon": _YAML + "a key has no colon after it{since}\n"
    "Write `key: value`, or indent the line if it belongs to the text before it.",
    "yaml-tab": _YAML + "a tab is used where spaces are required{since}\nIndent with spaces.",
    "yaml-reserved": _YAML + "a value begins with a character that YAML reserves{since}\n"
    "Quote the text, and indent with spaces, not tabs.",
    "yaml-open-quote": _YAML + "a quoted text has no closing quote{since}\nClose the quotes.",
    "yaml-open-quote-at-end": _YAML + "a quoted text is not closed before the document ends{since}"
    "\nClose the quotes.",
    "yaml-open-list": _YAML + "a list in brackets is not closed or is missing a comma{since}\n"
    "Check commas and brackets; quote texts that contain them.",
    "yaml-open-mapping": _YAML + "a mapping in braces is not closed or is missing a comma{since}\n"
    "Check commas and braces; quote texts that contain them.",
    "yaml-item": _YAML + "a list item appears where it is not allowed{since}\n"
    "Start a new line with the `-`, indented like the items next to it.",
    "yaml-list-end": _YAML + "a list is followed by a line that is neither an item nor less"
    " indented{since}\nCheck the indentation here and in the line above.",
    "yaml-mapping-end": _YAML + "a line is neither a key of the current mapping nor less"
    " indented{since}\nCheck the indentation here and in the line above.",
    "yaml-unknown-escape": _YAML + "a text in double quotes contains an unknown escape{since}\n"
    "Write `\\\\` for a backslash, or use single quotes.",
    "yaml-unknown-tag": _YAML + "a tag is used that is not declared{since}\n"
    "Remove the tag, or quote the text if `!` is meant as a character.",
    "yaml-anchor": _YAML + "`&` or `*` must be followed by a name{since}\n"
    "Quote the text if `&` or `*` is meant as a character.",
    "yaml-value": _YAML + "a value is missing before this character, or begins with it, which is"
    " not allowed{since}\n"
    "Write the value; quote it if it begins with a character like `]`, `}}` or `,`.",
    "yaml-colon-space": _YAML + "a colon within brackets or braces is not followed by a"
    " space{since}\nPut a space after the colon, or quote the text.",
    "yaml-more": _YAML + "there is text after the end of the document{since}\n"
    "Start another document with a line `---`, or check the indentation.",
    # The shape of documents.
    "shape": "{key!r} of {owner:a} must be {expected:or}, not {found:kind}",
    "shape-inside": "{name!r} in {key!r} of {owner:a} must be {expected:or}, not {found:kind}",
    "shape-empty": "{key!r} of {owner:a} must not be an empty list",
    "correct-shape": "\n"
    "Correct the value or its indentation, or remove the key if it is not needed.",
    "correct-type": '\nWrite the name of a type in quotes, e.g. "null".',
    "correct-merged-shape": "\n"
    "Correct the value in the document, or remove it by an overlay that extends the document.",
    "left-out-unused": "left out, because clients do not use it: {finding.problem}\n"
    "Correct it if other programs read the document.",
    # The upgrade to OpenAPI 3.1.
    "form-field-unnamed": "a form parameter must have a name",
    "form-field-twice": "the form has a second field {name!r}; the first is {first}",
    "body-second": "an operation can have only one body or form; the first is at {first}",
    "authorization-lifted": "the header parameter 'Authorization', which OpenAPI 3 ignores, became"
    " the security scheme {scheme!r}",
    "collection-format": "collectionFormat {found!r} {place} has no equivalent in OpenAPI 3\n"
    "Write the parameter as a plain string in the source document, and describe in its description"
    " how values are separated.",
    "key-left-out": "{key!r} has no meaning in Swagger 2.0 and is left out",
    "flow-unknown": "an OAuth2 flow must be one of {known:names}, not {found!r}\n"
    "Correct the flow in the source document.",
    "url-secured": "credentials are sent over https only: {url!r} became {secured!r}",
    "host-missing": "the document does not specify the host of the API\n"
    "An overlay can set the `servers` of the merged spec.",
    "http-secured": "the API is called over https only, not as written at {url!r}",
    "server-not-https": "a server must be reached over https, not at {url!r}\n"
    "Write an https scheme in the source document.",
    "server-left-out": "a server must be reached over https, not at {url!r}; it is left out",
    "paths-equal-by-server": "two paths of the document are both {path!r} once the paths of its"
    " servers are put before them; the other is at {other}\n"
    "Write them as one path in the source document.",
    "version-not-text": "the version {version} should be a string",
}
