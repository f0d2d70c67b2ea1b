"""The English of findings: for each code what is wrong and, on the lines below, what to do.

`{name}` stands for a value of the finding. What stands after a colon says how it is written: see
`phrases`. A message says what was expected, what was found, and what to do.
"""

MESSAGES = {
    "worded": "{problem}\n{cure}",
    # Any command.
    "disk": "{reason}\nCheck the path, its permissions and the space on the disk.",
    "nested-too-deeply": "the documents are nested too deeply\n"
    "Look for schemas or references that contain themselves many times over.",
    # Settings and project files.
    "not-toml": "this is not valid TOML: {reason}\nCorrect it there.",
    "not-utf8": "expected UTF-8, found something else: {reason}\nSave it as UTF-8.",
    "settings-shape": "the generator's settings must be a table, not {found:kind}\n"
    "Write them below a line [tool.generator].",
    "setting-unknown": "the setting {key!r} is unknown\nThe settings are: {known:names}.",
    "setting-not-text": "the setting {key!r} must be a string, not {found:kind}\n"
    "The settings are: {known:names}.",
    "setting-not-pattern": "the setting 'spends' must be a regular expression: {reason}\n"
    "Correct it there.",
    "setting-names-nothing": "there is no such file, which the setting {key!r} names\n"
    "Correct the setting.",
    "nothing-to-release": "nothing has changed for callers since {current}\n"
    "Name the level of what you changed by hand: --bump major, minor or patch.",
    "bump-unknown": "expected major, minor, patch or a version X.Y.Z, found neither\n"
    "Give one of the words, or three numbers as in 1.2.0.",
    "bump-not-later": "expected a version later than {current}, the one of now\n"
    "The next patch is {patch}.",
    "bump-too-little": "this is too little: since {current} there are changes of level {needed}\n"
    "Leave --bump out for {least}, or ask for more. See python -m generator diff.",
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
    # Merging.
    "merge-nothing": "expected documents to merge, found none",
    "merge-too-deep": "objects or references are nested too deeply to be compared",
    "path-parameter-optional": "{subject}: the path parameter is not marked `required: true`; it is"
    " now",
    "path-parameter-optional-in": "{subject}: the path parameter {names:list} is not marked"
    " `required: true`; it is now",
    "path-parameters-optional-in": "{subject}: the path parameters {names:list} are not marked"
    " `required: true`; they are now",
    "settled-prose": "{subject}: the texts differ; undamaged ones win, then the longest: {places}\n"
    "An overlay that makes the documents agree ends this warning.",
    "settled-tags": "{subject}: the tags differ; they are united: {places}\n"
    "An overlay that makes the documents agree ends this warning.",
    "settled-silence": "{subject}: some documents say nothing; what says something wins: {places}\n"
    "An overlay that makes the documents agree ends this warning.",
    "settings-missing": "no settings for {keys:names}: taken from {document}\n"
    "Set them in generator.toml, or under [tool.generator] in pyproject.toml.",
    "conflict": "{subject}: {pointer} is {found} in {place}, but {expected} in {other}{elsewhere}"
    "{inside}{twins}",
    "conflict-elsewhere": " ({pointer})",
    "conflict-inside": "; they lead to {found} at {place} and {expected} at {other}",
    "conflict-twins": "; {count} more documents say the same as {document}",
    "servers-differ": "the servers must be those of {reference} ({place}): {expected}; {document}"
    " has {found}",
    "operation-id-shared": "the operation id {name!r} of {operation} is also that of {other}"
    " ({place}); it must be one operation's only",
    "path-shared": "the path {path!r} is {other!r} ({place}) but for the names of its templates;"
    " there must be one path only",
    "cure-here": "\nPut this into a file of the overlays folder, or the opposite if that is the"
    " truth:\n{overlays}",
    "cure-below": "\nThe overlay below, for {documents:names}, cures this as well.",
    # Overlays.
    "overlays-unreadable": "expected a folder of overlays that can be read: {reason}\n"
    "Make it one, or remove it.",
    "overlay-file": "expected overlays ({suffixes:names}) only, found something else\n"
    "Rename it if it is an overlay, or move it out of the folder: what is not read is not applied.",
    "overlay-empty": "expected an overlay, found an empty file\nFill it, or delete it.",
    "overlay-unmarked": "expected an OpenAPI Overlay document, found a mapping without `overlay`\n"
    "Begin it with `overlay: 1.1.0`, or move it out of the folder.",
    "overlay-version": "expected the version 1.0.0 or 1.1.0 of the Overlay standard, found"
    " {found!r}\nWrite `overlay: 1.1.0`.",
    "overlay-field": "{owner} has no field {key!r}\n"
    "Its fields are {known:names}, and any that starts with x-.",
    "overlay-shape": "expected {key!r} of {owner} to be {expected}, found {found}\n"
    "See the OpenAPI Overlay Specification 1.1.",
    "overlay-before": "expected `{key}: {expected}` in an overlay that extends a source document,"
    " found {found!r}{unextended}\n"
    "Correct it, or remove it: then the overlay amends what it extends after the upgrade.",
    "overlay-unextended": " without `extends`",
    "overlay-uri": "expected a URI reference, found {found!r}: {reason}\n"
    "See the OpenAPI Overlay Specification 1.1.",
    "overlay-source": "expected a document of the sources folder, found {found!r}, which is not"
    " there\nThe documents are: {known:names}. Without `extends`, an overlay amends the merged"
    " spec.",
    "action-shape": "expected actions[{index}] to be a mapping, found {found:kind}\n"
    "See the OpenAPI Overlay Specification 1.1.",
    "action-copies-early": "`copy` came with version 1.1 of the Overlay standard, this overlay says"
    " 1.0\nWrite `overlay: 1.1.0`.",
    "action-twice": "expected actions that differ, found actions[{index}] equal to actions[{first}]"
    "\nRemove one of the two.",
    "action-twofold": "expected either `update` or `copy`, found both: each would cancel the other"
    "\nMake two actions of it.",
    "action-unmatched": "expected {target} to match something, found no match in any document\n"
    "The documents moved under the overlay, or the target has a slip: correct the target, or delete"
    " the action if it is no longer needed.",
    "action-too-large": "expected overlays to insert at most {most} values, in at most {levels}"
    " levels; this action makes it {found}, in {deepest} (each {text} characters of a text count as"
    " one more)\nNarrow the target.",
    "action-copies": "expected {target} to select one node, found {found}\n"
    "Select exactly one node to copy.{selected}",
    "action-copied": " Selected now:\n{places:lines}",
    "action-shapeless": "after {action} the document is no OpenAPI: {finding.problem} (at {place})"
    "\nCorrect what the action puts there.",
    "action-removes-all": "expected a part of the document to remove, found the whole document\n"
    "Remove the file from the sources instead.",
    "action-on-primitive": "expected {target} to match mappings or lists, as version 1.0 of the"
    " Overlay standard has it, found {found:kind} at {place}\n"
    "Write `overlay: 1.1.0`, or target what holds the value.",
    "action-mixes": "expected {expected:kind}, as {pointer} is at {place}, found"
    " {found:kind}{copied}{others}\n"
    "Mappings merge with mappings, lists with lists, and primitives replace primitives. To put"
    " another kind of value there, remove what is there in an action before this one.",
    "action-mixes-copied": " (copied from {place})",
    "action-mixes-others": " (and so in {count} more places)",
    "jsonpath": "expected a JSONPath expression, found {found!r}: {reason}{place}\n"
    "Write it by RFC 9535: it starts with `$`, and names with other characters than letters, digits"
    " and `_` are quoted: $.paths['/v3/things'].get",
    "jsonpath-endless": "{field}, {text!r}, finds no end within {most:.0f} s\n"
    "Repeat no repetition in its regular expressions, and use `..` once at most.",
    "jsonpath-place": " (at character {character})",
    "action-unexplained": "the action gives no reason\nWrite it as `description`.",
    "action-without-effect": "the action has no effect\nAdd `update`, or delete it.",
    # Names, and what was released.
    "name-gives-way": "{operation} is called {name}, as {wanted} is released for {owner}\n"
    "To choose another name, add to an overlay:\n"
    "- target: {target}\n  update: {{x-method: {method}}}",
    "former-names-by-hand": "expected no {key} on {operation}: the generator writes it when an"
    " overlay gives an operation that was released another x-resource or x-method\n"
    "Remove it, if a document has it by an overlay:\n- target: {target}\n  remove: true",
    "former-names-unreadable": "expected {key} to be a list of mappings of resource, method and"
    " since (a version), found {found}\n"
    "Restore the file as it was released: nothing but a release writes it.",
    "former-names-undated": "expected the version of the release, as"
    " `x-release: {{version: 1.2.0}}`, which tells since when a former name is deprecated;"
    " found {found}\n"
    "Restore the file as it was released: nothing but a release writes it.",
    "restore": "\nRestore the file as it was released: nothing but a release writes it.",
    "released-empty": "expected the spec as it was released, found an empty file\n"
    "Restore the file as it was released: nothing but a release writes it."
    " If nothing has been released yet, remove it.",
    "released-several": "expected the spec as it was released, found {found} documents\n"
    "Restore the file as it was released: nothing but a release writes it.",
    "released-version": "expected a spec as it was released, with `openapi: 3.1.x`, found {found}",
    "released-empty-paths": "expected operations under `paths`, found none",
    "released-unnamed": "expected {key} of {operation} to be the name that it was released under",
    "released-misnamed": "expected {key} of {operation} to be the name that it was released under,"
    " found {found!a}",
    "released-name-shared": "expected a name of its own for {operation}, found that of {other}",
    "released-nothing": "nothing has been released yet, so there is nothing to compare with\n"
    "Name what to compare with: a folder of specs, a merged spec, or any document.",
    # Validation.
    "paths-empty": "expected operations under `paths`, found none: there is nothing to generate\n"
    "Put a document that describes operations into `sources/`.",
    "path-start": "expected a path such as `/v3/things/{{id}}`, found {path:quoted}, which does not"
    " start with `/`",
    "path-braces": "expected a path such as `/v3/things/{{id}}`, found {path:quoted}, whose braces"
    " do not match",
    "path-control": "expected a path such as `/v3/things/{{id}}`, found {path:quoted} with the"
    " control character {found!a}",
    "path-ends-early": "expected a path such as `/v3/things/{{id}}`, found {path:quoted} with"
    " `{found}`, which ends the path of a URL",
    "path-empty-segment": "expected a path such as `/v3/things/{{id}}`, found {path:quoted}, which"
    " has an empty segment",
    "path-dots": "expected a path such as `/v3/things/{{id}}`, found {path:quoted} with the segment"
    " {found!r}, which is resolved away",
    "template-twice": "expected a path such as `/v3/things/{{id}}`, found {path:quoted}, which has"
    " the template {found:quoted} twice",
    "template-name": "expected a path such as `/v3/things/{{id}}`, found {path:quoted} with"
    " {found:quoted} as the name of a template",
    "correct-path": "\nCorrect the path in the source document, or move the operation by an"
    " overlay.",
    "path-twin": "the path {path:quoted} is {other:quoted} at {place} but for the names of its"
    " templates; no server can tell them apart\n"
    "Keep one of them, by an overlay:\n- target: {target}\n  remove: true",
    "path-reference": "expected the operations of path {path:shown}, found a reference to another"
    " path item\nWrite the path item out in the place of `$ref`.",
    "path-parameter-missing": "expected a path parameter {name:quoted} for the template in the path"
    " of {operation}, found none\n"
    "Add to an overlay:\n- target: {target}\n  update: {update}",
    "template-missing": "expected a template for the path parameter {name:quoted} of {operation},"
    " found {known} in the path\n"
    "Add to an overlay:\n- target: {target}\n  remove: true",
    "operation-id-taken": "expected an operation id of its own for {operation}, found"
    " {name:quoted}, which is that of {other} at {place}\n"
    "Add to an overlay:\n- target: {target}\n  update: {{operationId: another name}}",
    "scheme-undeclared": "expected a security scheme {name:quoted} under components/securitySchemes"
    ", which {user} requires; those declared: {known:list}\n"
    "Declare it by an overlay whose target is $.components, or remove what requires it:\n"
    "actions:\n- target: {target}\n  remove: true",
    "reference-unfollowed": "expected a {expected} behind the reference {ref:quoted}, found none:"
    " {rest:quoted} leads nowhere in the source document {document:quoted}, and references across"
    " documents are not followed",
    "reference-outside": "expected a {expected} behind the reference {ref:quoted} in this document,"
    " found one that leaves it",
    "reference-dangling": "expected a {expected} behind the reference {ref:quoted}, found nothing"
    " there",
    "reference-circular": "expected a {expected} behind the reference {ref:quoted}, found that it"
    " leads back to itself",
    "reference-misled": "expected a {expected} behind the reference {ref:quoted}, found {found}",
    "declare-component": "\nDeclare it under components/{section} by an overlay, or replace the"
    " reference:\nactions:\n"
    "- target: {target}\n  update: {{{key}: '#/components/{section}/...'}}",
    "parameter-unnamed": "expected a name for a parameter of {owner}, found none\n"
    "Add to an overlay:\n- target: {target}\n  remove: true",
    "parameter-place": "expected {parameter} to be in one of {known:names}, found {found:found}\n"
    "Add to an overlay:\n- target: {target}\n  update: {{in: query}}",
    "parameter-optional": "expected {parameter} to be required, as all path parameters are\n"
    "Add to an overlay:\n- target: {target}\n  update: {{required: true}}",
    "parameter-name": "expected a name of ASCII letters, digits and `-` for {parameter}\n"
    "Add to an overlay:\n- target: {target}\n  remove: true",
    "parameter-typed-twice": "expected {parameter} to have a schema or content, found both\n"
    "Add to an overlay:\n- target: {target}\n  remove: true",
    "parameter-media-types": "expected one media type for {parameter}, found {found}\n"
    "Keep or give it one type, by an overlay:\n- target: {target}\n  remove: true",
    "parameter-untyped": "expected a type for {parameter}, found neither schema nor content\n"
    "Add to an overlay:\n- target: {target}\n  update: {{schema: {{type: string}}}}",
    "parameter-twice": "expected each parameter of {owner} once, found the {place} parameter"
    " {name:quoted} here and at {first}\n"
    "Add to an overlay:\n- target: {target}\n  remove: true",
    "body-empty": "expected a media type for the request body of {owner}, found {found}\n"
    "Add to an overlay:\n"
    "- target: {target}\n  update: {{content: {{application/json: {{schema: {{type: object}}}}}}}}",
    "media-type": "expected a media type such as `application/json` in {owner}, found"
    " {name:quoted}\nReplace it, by an overlay:\n- target: {target}\n  remove: true",
    "status": "expected a status from 100 to 599, one of 1XX to 5XX, or `default` as the key of a"
    " response of {owner}, found {found:quoted}\n"
    "Add to an overlay:\n- target: {target}\n  remove: true",
    "success-missing": "expected {operation} to declare a success (2xx, or 3xx other than 304),"
    " found {found}\n"
    "Add to an overlay:\n"
    "- target: {target}\n  update: {{responses: {{'200': {{description: OK}}}}}}",
    "former-names-misplaced": "expected no {key} on a {owner}: the generator writes it, on"
    " operations\nAdd to an overlay:\n- target: {target}\n  remove: true",
    "extension-misplaced": "expected {key} on an operation, found it on a {owner}\n"
    "Move it to the operation, by an overlay:\n- target: {target}\n  remove: true",
    "extension-value": "expected {key} of {owner} to be {expected}, found {found:quoted}\n"
    "Add to an overlay:\n- target: {target}\n  update: {{{key}: {example}}}",
    "python-name": "expected {key} of {operation} to be a lower-case Python name that is not"
    " reserved, of at most {most} characters, found {found:quoted}\n"
    "Add to an overlay:\n- target: {target}\n  update: {{{key}: {proper}}}",
    "method-taken": "expected a method name of its own for {operation}, found {method:quoted} in"
    " the resource {resource:quoted}, which {other} at {place} has too\n"
    "Add to an overlay:\n- target: {target}\n  update: {{x-method: another_name}}",
    "resources-alike": "expected resources that differ in more than underscores, found"
    " {found:quoted} of {operation} and {first:quoted} of {other} at {place}\n"
    "Add to an overlay:\n- target: {target}\n  update: {{x-resource: {first:shown}}}",
    "arguments-alike": "expected parameters of {operation} whose names differ in Python, found the"
    " {place} parameter {name:quoted} and the {other_place} parameter {other:quoted} at {first},"
    " both {python:quoted}\n"
    "Leave one of them out, by an overlay:\n- target: {target}\n  remove: true",
    "classes-alike": "expected schemas whose names differ in Python, found {name:quoted} and"
    " {other:quoted} at {place}, both {python:quoted} but for case\n"
    "Rename one of them by an overlay for its source document: add it under another name, point"
    " the references there and remove the old one.",
    "properties-alike": "expected properties of {owner} whose names differ in Python, found"
    " {name:quoted} and {other:quoted} at {place}, both {python:quoted}\n"
    "Leave one of them out, by an overlay:\n- target: {target}\n  remove: true",
    "field-choice": "expected {fields:or} in {owner}, found none of them",
    "field-choice-several": "expected {fields:or} in {owner}, found several of them",
    "field-missing": "expected the field {field}, found none in {owner}",
    "field-unknown": "{field:quoted} is no field of {owner}\n"
    "Add to an overlay:\n- target: {target}\n  remove: true",
    "name-pattern": "expected a text that matches {expected}, found {found:quoted} as a name",
    "value-pattern": "expected a text that matches {expected}, found {found:quoted} in {owner}",
    "value-type": "expected a value of type {expected:or}, found {found:kind} in {owner}",
    "value-choice": "expected {expected:or}, found {found:quoted} in {owner}",
    "entries-missing": "expected at least one entry, found none in {owner}",
    "fields-exclusive": "found fields that exclude each other in {owner}",
    "standard": "the official schema of OpenAPI 3.1 says: {reason:shown} in {owner}",
    "see-standard": "\nSee https://spec.openapis.org/oas/v3.1.0 for what belongs there.",
    "unused-stays": "no client uses this, so it stays: {finding.problem}\n{finding.cure}",
    # Outputs.
    "package-missing": "expected the package {name}, which is not installed\n"
    "Run it by nox, or install the dependency group `publish`.",
    "operation-unknown": "there is no such operation\n"
    "Name it as resource.method, by its operation id, or as 'METHOD /path':\n{names:lines}",
    "package-name": "this cannot be the name of a Python package\n"
    "Give one by --package: lower-case letters, digits and underscores.",
    "output-not-folder": "expected a folder for the package, found something else\n"
    "Name another folder by --out, or remove this one yourself.",
    "output-not-ours": "expected an empty folder or a generated package, found other files\n"
    "Name another folder by --out, or remove this one yourself.",
    "report-not-file": "a report can only replace a file, and this is none\n"
    "Name another file by --output.",
    "report-among-inputs": "a report cannot be written here, among what the generator reads\n"
    "Name another file by --output.",
    "input-changed": "has changed since the package was generated",
    "output-differs": "is not what the inputs give",
    "generate-first": "\nGenerate again, look at what changes, and commit it.",
    "output-missing": "is missing",
    "output-extra": "does not belong here",
    # New documents, and drafts.
    "arrival-twice": "another document of this name arrives with it: {other}\nRename one of them.",
    "arrival-none": "the folder holds no document: no file that ends in {suffixes:names}\n"
    "Name the folder that holds them.",
    "arrival-name": "expected a name of letters, digits, dots, dashes and underscores that ends in"
    " {suffixes:names}, found another\n"
    "Rename the file: overlays refer to documents by name.",
    "arrival-place": "what has this name here is no ordinary file\nReplace it by hand.",
    "arrival-case": "the name differs from {present} in nothing but capital letters\n"
    "Rename it: some disks would take both for one file.",
    "not-copied": "this cannot be copied: {reason}\n"
    "Move it out of the folder, or replace it by a file that can be read.",
    "draft-outdated": "the file has changed while guesses for it were made\nDraft again.",
}
