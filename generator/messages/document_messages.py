"""Messages about source documents: reading them and upgrading them."""

MESSAGES = {
    # Reading files.
    "document-empty": "a Swagger or OpenAPI document was expected, but the file is empty\n"
    "Write the document, or remove the file.",
    "sources-missing": "the folder does not exist\nMake it. {put_here}",
    "sources-not-folder": "this must be the folder that holds the documents, but is no folder\n"
    "Name the folder that the documents are in.",
    "sources-empty": "the folder holds no document\n{put_here}",
    "sources-only-others": "the folder holds no document, only {others:names}\n{put_here}",
    "ignored-folder": "not read, because it is a folder; only files directly in the folder of"
    " sources are\nRemove it, or rename it if it is a document.",
    "ignored-suffix": "not read, because its name ends in none of {suffixes:names}\n"
    "Remove it, or rename it if it is a document.",
    "unreadable": "this cannot be read: {reason}\n"
    "Check that it exists, that its permissions let you read it, and where it links to.",
    "not-a-file": "this is no ordinary file\nReplace it by a file.",
    "file-name-not-utf8": "the name of the file must be UTF-8\nRename the file.",
    "file-too-large": "the file is larger than {most} MB\nSplit it into several documents.",
    "document-is-overlay": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but this is an"
    " overlay\nMove it to the folder of overlays.",
    "version-missing": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but there is"
    " neither `swagger` nor `openapi` among its keys ({keys:list})\n"
    "Only Swagger 2.0 (`swagger: '2.0'`) and OpenAPI 3.0 and 3.1 can be read."
    " Remove any other file.",
    "version-twice": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but this one says"
    " both `swagger` and `openapi`\nRemove the one that is not true.",
    "version-unknown": "a Swagger 2.0 or OpenAPI 3.0/3.1 document was expected, but this one says"
    " `{key}: {found}`\n"
    "Only Swagger 2.0 (`swagger: '2.0'`) and OpenAPI 3.0 and 3.1 can be read."
    " Convert the document, or correct its version.",
    "encoding-mark": "the file must be UTF-8, but begins with the byte order mark of {encoding}\n"
    "Save it as UTF-8.",
    "encoding-byte": "the file must be UTF-8, but here is a byte 0x{byte:02X} that is not\n"
    "Save the file as UTF-8, or correct this character.",
    "character-half": "half a surrogate pair, U+{char:04X}, stands in the text\n"
    "Write the whole character, or delete this half.",
    "character-none": "U+{char:04X}, which is no character, stands in the text\nDelete it.",
    "character-control": "a control character, U+{char:04X}, stands in the text\n"
    'Delete it, or write it as "\\u{char:04X}" in double quotes if it is meant.',
    # Syntax.
    "root-not-mapping": "a document must be a mapping at its top, not {found:kind}\n"
    "Write `key: value` lines at the top level, or remove the file.",
    "findings-too-many": "this is the {most}th thing wrong with the file; the rest was not read\n"
    "Correct what is reported, then run again.",
    "key-not-text": "a key must be a string, not {found:kind}\n"
    "Quote the key. Text that begins with `{{` or `[` needs quotes.",
    "key-alias": "a key must be a string, but *{name} is {found:kind}\nWrite out the key.",
    "key-twice": "the key {key} is already at {first}; every key of a mapping must differ, as text,"
    " from the others\nRemove one of the two, or merge their values.",
    "alias-unknown": "the alias *{name} refers to an anchor &{name} that is not before it\n"
    "Define &{name} first, or quote the text if `*` is meant as a character.",
    "alias-endless": "the alias *{name} stands within what it refers to, which would never end\n"
    "Write out what is meant, or use a `$ref`.",
    "aliases-too-many": "the aliases of this file stand for more than {most} nodes, or {size} MB of"
    " text\n"
    "Use `$ref` to share large parts.",
    "string-half-character": "a string holds half a surrogate pair, \\u{char:04x}\n"
    "Write the whole character, or delete this half.",
    "levels-too-many": "the document is nested more than {most} levels deep\n"
    "Move inner parts into components and refer to them with `$ref`.",
    "merge-key": "a merge key `<<` is not part of YAML 1.2, nor can JSON express it\n"
    'Write out the keys that it merges, or use `$ref`. A key of that name is "<<".',
    "tag": "the tag {tag} does not belong here; only !!str, !!int, !!float, !!bool, !!null, !!map"
    " and !!seq may be used, each on a node of its own kind\nRemove the tag.",
    "number-not-json": "{text} is no number that JSON can hold\n"
    "Correct the value, or put it in quotes if it is text.",
    "number-too-large": "the number is too large\n"
    "Correct the value, or put it in quotes if it is text.",
    "number-too-long": "the number has {found} characters, more than the {most} allowed\n"
    "Correct the value, or put it in quotes if it is text.",
    "tag-misfit": "the value does not fit its tag !!{tag}\n"
    "Correct the value, or put it in quotes if it is text.",
    "json-number": "\nWrite a number that JSON can hold, or quote it if it is text.",
    "json-expected": "this is not valid JSON: expected {expected}, found {found}\n"
    "Correct the JSON here: check quotes, commas and brackets.",
    "json-end": "the end of the text",
    "json-string": "this is not valid JSON: {reason}\n"
    "Correct the JSON here: check quotes, commas and brackets.",
    "yaml-since": " (it began at line {line}, column {column})",
    "yaml": "this is not valid YAML: {reason}{since}\n"
    "Correct the YAML here: check the indentation, the quotes and the colons.",
    "yaml-escape": "this is not valid YAML: an escape after here stands for no character\n"
    "Correct the escapes (\\x, \\u, \\U, %) that follow.",
    "yaml-colon": "this is not valid YAML: a colon stands where no key can be{since}\n"
    "Quote the text if it contains `: `; otherwise check the indentation.",
    "yaml-no-colon": "this is not valid YAML: a key has no colon after it{since}\n"
    "Write `key: value`, or indent the line if it belongs to the text before it.",
    "yaml-tab": "this is not valid YAML: a tab stands where spaces belong{since}\n"
    "Indent with spaces.",
    "yaml-reserved": "this is not valid YAML: a value begins with a character that YAML keeps for"
    " itself{since}\nQuote the text, and indent with spaces, not tabs.",
    "yaml-open-quote": "this is not valid YAML: a text in quotes has no closing quote{since}\n"
    "Close the quotes.",
    "yaml-open-quote-at-end": "this is not valid YAML: a text in quotes is not closed before the"
    " document ends{since}\nClose the quotes.",
    "yaml-open-list": "this is not valid YAML: a list in brackets is not closed, or lacks a"
    " comma{since}\nCheck commas and brackets; quote texts that contain them.",
    "yaml-open-mapping": "this is not valid YAML: a mapping in braces is not closed, or lacks a"
    " comma{since}\nCheck commas and braces; quote texts that contain them.",
    "yaml-item": "this is not valid YAML: a list item stands where none can be{since}\n"
    "Put the `-` on a line of its own, indented like its neighbours.",
    "yaml-list-end": "this is not valid YAML: a list ends at a line that is neither an item nor"
    " less indented{since}\nCheck the indentation here and in the line above.",
    "yaml-mapping-end": "this is not valid YAML: a line is neither a key of the mapping it is in,"
    " nor the end of that mapping{since}\nCheck the indentation here and in the line above.",
    "yaml-unknown-escape": "this is not valid YAML: a text in double quotes holds an escape that"
    " does not exist{since}\nWrite `\\\\` for a backslash, or use single quotes.",
    "yaml-unknown-tag": "this is not valid YAML: a tag is used that is not declared{since}\n"
    "Remove the tag, or quote the text if `!` is meant as a character.",
    "yaml-anchor": "this is not valid YAML: after `&` or `*` a name must follow{since}\n"
    "Quote the text if `&` or `*` is meant as a character.",
    "yaml-value": "this is not valid YAML: a value is missing before this character, or must not"
    " begin with it{since}\n"
    "Write the value; quote it if it begins with a character like `]`, `}}` or `,`.",
    "yaml-colon-space": "this is not valid YAML: a colon within brackets or braces is followed by"
    " no space{since}\nPut a space after the colon, or quote the text.",
    "yaml-more": "this is not valid YAML: something follows the end of the document{since}\n"
    "Begin another document with a line `---`, or check the indentation.",
    # The shape of documents.
    "shape": "{key!r} of {owner:a} must be {expected:or}, not {found:kind}",
    "shape-inside": "{name!r} in {key!r} of {owner:a} must be {expected:or}, not {found:kind}",
    "correct-shape": "\nCorrect the value, or its indentation; remove the key if it has nothing to"
    " say.",
    "correct-type": '\nWrite the name of a type in quotes, e.g. "null".',
    "correct-merged-shape": "\nCorrect the value in the document, or remove it by an overlay that"
    " extends that.",
    "left-out-unused": "left out, as no client uses it: {finding.problem}\n"
    "Correct it, if others read the document.",
    # The upgrade to OpenAPI 3.1.
    "form-field-unnamed": "a form parameter needs a name, and this one has none",
    "form-field-twice": "the form has a second field {name!r}; the first is {first}",
    "body-second": "an operation can have one body or one form, and this would be another; the"
    " first is at {first}",
    "authorization-lifted": "the header parameter 'Authorization', which OpenAPI 3 ignores, became"
    " the security scheme {scheme!r}",
    "collection-format": "collectionFormat {found!r} {place} has no equivalent in OpenAPI 3\n"
    "Write the parameter as a plain string in the source document, and say in its description how"
    " values are separated.",
    "key-left-out": "{key!r} means nothing in Swagger 2.0, and is left out",
    "flow-unknown": "an OAuth2 flow must be one of {known:names}, not {found!r}\n"
    "Correct the flow in the source document.",
    "url-secured": "credentials are sent over https only: {url!r} became {secured!r}",
    "host-missing": "the document names no host that its API is served from\n"
    "An overlay can give the merged spec its `servers`.",
    "http-secured": "the API is called over https only, not as written at {url!r}",
    "server-not-https": "a server must be reached over https, not at {url!r}\n"
    "Write an https scheme in the source document.",
    "server-left-out": "a server must be reached over https, not at {url!r}; it is left out",
    "paths-equal-by-server": "two paths of the document are both {path!r} once the paths of its"
    " servers are put before them; the other is at {other}\n"
    "Write them as one path in the source document.",
    "version-not-text": "the version {version} should be a string",
}
