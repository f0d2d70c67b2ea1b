"""Messages about merging, overlays, names, released specs and validation."""

_PATH = "expected a path such as `/v3/things/{{id}}`, found {path:quoted}"
_REFERENCE = "expected a {expected} behind the reference {ref:quoted}, found "
_STANDARD = "\nSee the OpenAPI Overlay Specification 1.1."
_AGREE = "\nTo resolve the warning, add an overlay that makes the documents agree."
_RESTORE = "\nRestore the file as it was released: only a release writes it."
_REMOVE = "\nAdd to an overlay:\n{target:remove}"

MESSAGES = {
    # Merging.
    "merge-nothing": "expected documents to merge, found no document",
    "merge-too-deep": "objects or references are nested too deeply to be compared",
    "path-parameter-optional": "{subject}: the path parameter {names:list} is not marked"
    " `required: true`; it is now",
    "path-parameters-optional": "{subject}: the path parameters {names:list} are not marked"
    " `required: true`; they are now",
    "settled-prose": "{subject}: the texts differ; the undamaged text wins, then the longest:"
    " {places:semicolons}" + _AGREE,
    "settled-tags": "{subject}: the tags differ and are combined: {places:semicolons}" + _AGREE,
    "settled-absent": "{subject}: some documents specify nothing; the specified value wins:"
    " {places:semicolons}" + _AGREE,
    "settled-place": "{pointer} (taken from {winner}, not from {losers:few})",
    "settled-tags-place": "{pointer} ({documents:few})",
    "settled-more": "and {count} more places",
    "settings-missing": "not set: {keys:names}; the values of {document} are used\n"
    "Set them in generator.toml, or under [tool.generator] in pyproject.toml.",
    "conflict": "{subject}: {pointer} is {found} in {place}, but {expected} in {other}{elsewhere}"
    "{inside}{twins}",
    "conflict-elsewhere": " ({pointer})",
    "conflict-inside": "; the references resolve to {found} at {place} and {expected} at {other}",
    "conflict-twins": "; {count} more documents agree with {document}",
    "servers-differ": "the servers must be those of {reference} ({place}): {expected}; {document}"
    " has {found}",
    "operation-id-shared": "the operation id {name!r} of {operation} is also the id of {other}"
    " ({place}); each operation must have its own",
    "path-shared": "the paths {path!r} and {other!r} ({place}) differ only in the names of their"
    " templates; there must be only one such path",
    "cure-here": "\n"
    "Put this into a file of the overlays folder, or the opposite if that is correct:\n"
    "{overlays}",
    "cure-below": "\nThe overlay below, for {documents:names}, resolves this as well.",
    "cure-none": "\n"
    "No operation can be what both are: their {field:quoted} differ. Remove one of them by an"
    " overlay, or make them agree.",
    # Overlays.
    "overlays-unreadable": "expected a folder of overlays that can be read: {reason}\n"
    "Make it one, or remove it.",
    "overlay-file": "expected only overlays ({suffixes:names}), found another file\n"
    "Rename it if it is an overlay, or move it out of the folder: files with other suffixes are not"
    " applied.",
    "overlay-empty": "expected an overlay, found an empty file\n"
    "Write the overlay, or delete the file.",
    "overlay-unmarked": "expected an OpenAPI Overlay document, found a mapping without `overlay`\n"
    "Begin it with `overlay: 1.1.0`, or move it out of the folder.",
    "overlay-version": "expected the version 1.0.0 or 1.1.0 of the Overlay standard, found"
    " {found!r}\nWrite `overlay: 1.1.0`.",
    "overlay-field": "{owner} has no field {key!r}\n"
    "Its fields are {known:names}, and any that starts with x-.",
    "overlay-shape": "expected {key!r} of {owner} to be {expected}, found {found}" + _STANDARD,
    "overlay-before": "expected `{key}: {expected}` in an overlay that extends a source document,"
    " found {found!r}{unextended}\n"
    "Correct it, or remove it: then the overlay is applied after the upgrade of the document.",
    "overlay-unextended": " without `extends`",
    "overlay-uri": "expected a URI reference, found {found!r}: {reason}" + _STANDARD,
    "overlay-source": "expected a document of the sources folder, found {found!r}, which is not"
    " there\nThe documents are: {known:names}. Without `extends`, an overlay amends the merged"
    " spec.",
    "action-shape": "expected actions[{index}] to be a mapping, found {found:kind}" + _STANDARD,
    "action-copies-early": "`copy` requires version 1.1 of the Overlay standard, but this overlay"
    " has version 1.0\n"
    "Write `overlay: 1.1.0`.",
    "action-twice": "expected actions that differ, found actions[{index}] equal to actions[{first}]"
    "\nRemove one of the two.",
    "action-twofold": "expected either `update` or `copy`, found both\nWrite two actions instead.",
    "action-unmatched": "expected {target} to match something, found no match in any document\n"
    "The documents have changed, or the target is mistyped: correct the target, or delete the"
    " action if it is no longer needed. `update --draft` retires the actions that a new document"
    " makes superfluous.",
    "action-too-large": "expected overlays to insert at most {most} values, in at most {levels}"
    " levels; with this action they insert {found}, in {deepest} (each {text} characters of a text"
    " count as one more value)\n"
    "Narrow the target.",
    "action-copies": "expected {target} to select one node, found {found}\n"
    "Select exactly one node to copy.{selected}",
    "action-copied": " Selected now:\n{places:lines}",
    "action-shapeless": "after {action} the document is not valid OpenAPI: {finding.problem} (at"
    " {place})\n"
    "Correct the value that the action sets.",
    "action-removes-all": "expected a part of the document to remove, found the whole document\n"
    "Remove the file from the folder of sources instead.",
    "action-on-primitive": "expected {target} to match mappings or lists, as version 1.0 of the"
    " Overlay standard has it, found {found:kind} at {place}\n"
    "Write `overlay: 1.1.0`, or target the mapping or list that contains the value.",
    "action-mixes": "expected {expected:kind}, as {pointer} is at {place}, found"
    " {found:kind}{copied}{others}\n"
    "Mappings merge with mappings, lists with lists, and primitives replace primitives. To replace"
    " a value with one of another kind, remove it in an earlier action.",
    "action-onto-operation": "expected no operation where one is copied to, found {covered:list}"
    " there; it would be lost\n"
    "Copy to another path, or remove the operation that is there in an earlier action.",
    "action-mixes-copied": " (copied from {place})",
    "action-mixes-others": " (and so in {count} more places)",
    "jsonpath": "expected a JSONPath expression, found {found!r}: {reason}{place}\n"
    "Follow RFC 9535: it starts with `$`, and names with other characters than letters, digits and"
    " `_` are quoted: $.paths['/v3/things'].get",
    "jsonpath-endless": "{field}, {text!r}, takes longer than {most:.0f} s\n"
    "Avoid nested repetitions in its regular expressions, and use `..` at most once.",
    "jsonpath-place": " (at character {character})",
    "action-unexplained": "the action has no reason\nWrite it as `description`.",
    "action-without-effect": "the action has no effect\nAdd `update`, or delete the action.",
    # Names, and what was released.
    "name-gives-way": "{operation} is named {name}, because {wanted} was released as the name of"
    " {owner}\nTo choose another name, add to an overlay:\n{target:update}{{x-method: {method}}}",
    "former-names-by-hand": "expected no {key} on {operation}: the generator writes it when an"
    " overlay sets another x-resource or x-method for a released operation\n"
    "Remove it; if a document contains it, by an overlay:\n{target:remove}",
    "former-names-unreadable": "expected {key} to be a list of mappings of resource, method and"
    " since (a version), found {found:shown}" + _RESTORE,
    "former-names-undated": "expected the version of the release, as `x-release: {{version:"
    " 1.2.0}}`, which is the version that deprecated a former name; found {found}" + _RESTORE,
    "restore": _RESTORE,
    "released-conflict": "\nTake the side that was released last, such as by `git checkout --ours"
    " {file}` or `--theirs`, then build again.",
    "released-empty": "expected the spec as it was released, found an empty file\n"
    "Restore the file as it was released: only a release writes it. If nothing has been released"
    " yet, remove the file.",
    "released-several": "expected the spec as it was released, found {found} documents" + _RESTORE,
    "released-version": "expected a spec as it was released, with `openapi: 3.1.x`, found {found}",
    "released-empty-paths": "expected operations under `paths`, found none",
    "released-unnamed": "expected {key} of {operation} to be the name that it was released under",
    "released-misnamed": "expected {key} of {operation} to be the name that it was released under,"
    " found {found!a}",
    "released-name-shared": "expected a unique name for {operation}, found the name of {other}",
    "released-nothing": "nothing has been released yet, so there is nothing to compare with\n"
    "Give something to compare with: a folder of specs, a merged spec, or any document.",
    # Validation.
    "paths-empty": "expected operations under `paths`, found none, so there is nothing to"
    " generate\n"
    "Put a document that describes operations into `sources/`.",
    "path-start": _PATH + ", which does not start with `/`",
    "path-braces": _PATH + ", whose braces do not match",
    "path-control": _PATH + " with the control character {found!a}",
    "path-fragment": _PATH + ": `#` and what follows it, {found:quoted}, are never sent (a `#` in a"
    " path itself is written `%23`)",
    "path-query": "expected the query of a path to be pairs such as `method=search` or `id={{id}}`,"
    " found {found:quoted} in {path:quoted}",
    "path-query-declared": "expected the query parameter {name:quoted} of {operation} once, found"
    " it in the query of the path, too\n"
    "Remove it from the path; or remove the parameter, by an overlay:\n{target:remove}",
    "path-empty-segment": _PATH + ", which has an empty segment",
    "path-dots": _PATH + " with the segment {found!r}, which is resolved away",
    "template-twice": _PATH + ", which has the template {found:quoted} twice",
    "template-name": _PATH + " with {found:quoted} as the name of a template",
    "correct-path": "\nCorrect the path in the source document, or move the operation by an"
    " overlay.",
    "path-twin": "the paths {path:quoted} and {other:quoted} at {place} differ only in the names"
    " of their templates; a server cannot tell them apart\nKeep one of them, by an overlay:\n"
    "{target:remove}",
    "path-reference": "expected the operations of path {path:shown}, found a reference to another"
    " path item\n"
    "Replace `$ref` with the path item itself.",
    "path-parameter-missing": "expected a path parameter {name:quoted} for the template in the"
    " path of {operation}, found none\nAdd to an overlay:\n{target:update}{update}",
    "template-missing": "expected a template for the path parameter {name:quoted} of {operation},"
    " found {known:list} in the path" + _REMOVE,
    "operation-id-taken": "expected a unique operation id for {operation}, found {name:quoted},"
    " which is also the id of {other} at {place}\nAdd to an overlay:\n"
    "{target:update}{{operationId: another name}}",
    "scheme-undeclared": "expected a security scheme {name:quoted} under"
    " components/securitySchemes, which {user} requires; those declared: {known:list}\n"
    "Declare it by an overlay whose target is $.components, or remove what requires it:\nactions:\n"
    "{target:remove}",
    "reference-unfollowed": _REFERENCE + "nothing: {rest:quoted} does not exist in the source"
    " document {document:quoted}, and references across documents are not followed",
    "reference-outside": "expected a {expected} behind the reference {ref:quoted} in this document,"
    " found a reference to another document",
    "reference-dangling": _REFERENCE + "nothing there",
    "reference-circular": _REFERENCE + "that it refers back to itself",
    "reference-misled": _REFERENCE + "{found:a}",
    "reference-to-value": _REFERENCE + "something else",
    "declare-component": "\n"
    "Declare it under components/{section} by an overlay, or replace the reference:\nactions:\n"
    "{target:update}{{{key}: '#/components/{section}/...'}}",
    "parameter-unnamed": "expected a name for a parameter of {owner}, found none" + _REMOVE,
    "parameter-place": "expected {parameter} to be in one of {known:names}, found {found:found}\n"
    "Add to an overlay:\n{target:update}{{in: query}}",
    "parameter-optional": "expected {parameter} to be required, as all path parameters are\n"
    "Add to an overlay:\n{target:update}{{required: true}}",
    "parameter-name": "expected a name of ASCII letters, digits and `-` for {parameter}" + _REMOVE,
    "parameter-typed-twice": "expected {parameter} to have a schema or content, found"
    " both" + _REMOVE,
    "parameter-media-types": "expected one media type for {parameter}, found {found}\n"
    "Leave it exactly one media type, by an overlay:\n{target:remove}",
    "parameter-untyped": "expected a type for {parameter}, found neither schema nor content\n"
    "Add to an overlay:\n{target:update}{{schema: {{type: string}}}}",
    "type-unknown": "expected a type of {owner} to be one of {known:names}, found {found:quoted}\n"
    "Add to an overlay:\n{target:update}{{type: string}}",
    "parameter-twice": "expected each parameter of {owner} once, found the {place} parameter"
    " {name:quoted} here and at {first}" + _REMOVE,
    "body-empty": "expected a media type for the request body of {owner}, found {found}\n"
    "Add to an overlay:\n"
    "{target:update}{{content: {{application/json: {{schema: {{type: object}}}}}}}}",
    "parameter-nested": "the style `{style}` cannot write {parameter}: it holds objects or lists"
    " within an object or list",
    "nested-in-query": "\nGive it the style that the server reads, by an overlay:\n"
    "{target:update}{{style: deepObject, explode: true}}",
    "nested-elsewhere": "\n"
    "Have it written as JSON, by an overlay that removes its `schema` and adds:\n"
    "{target:update}{{content: {{application/json: {{schema: ...}}}}}}",
    "form-nested": "the style `{style}` cannot write the property {name:quoted} of the form that"
    " {owner} sends: it holds objects or lists within an object or list\n"
    "Give it the style that the server reads, by an overlay:\n{target:update}{update}",
    "media-type": "expected a media type such as `application/json` in {owner}, found"
    " {name:quoted}\nReplace it, by an overlay:\n{target:remove}",
    "status": "expected a status from 100 to 599, one of 1XX to 5XX, or `default` as the key of a"
    " response of {owner}, found {found:quoted}" + _REMOVE,
    "success-missing": "expected {operation} to declare a success (2xx, or 3xx other than 304),"
    " found {found:list}\nAdd to an overlay:\n"
    "{target:update}{{responses: {{'200': {{description: OK}}}}}}",
    "former-names-misplaced": "expected no {key} on a {owner}: the generator writes it, on"
    " operations" + _REMOVE,
    "extension-misplaced": "expected {key} on an operation, found it on a {owner}\n"
    "Move it to the operation, by an overlay:\n{target:remove}",
    "extension-value": "expected {key} of {owner} to be {expected}, found {found:quoted}\n"
    "Add to an overlay:\n{target:update}{{{key}: {example}}}",
    "pagination-field": "expected {field} in {key} of {operation} to be {expected}, found"
    " {found:quoted}\nAdd to an overlay:\n{target:update}{{{key}: {{{field}: another}}}}",
    "python-name": "expected {key} of {operation} to be a lower-case Python name that is not"
    " reserved, of at most {most} characters, found {found:quoted}\nAdd to an overlay:\n"
    "{target:update}{{{key}: {proper}}}",
    "method-taken": "expected a unique method name for {operation}, found {method:quoted} in the"
    " resource {resource:quoted}, which {other} at {place} also has\nAdd to an overlay:\n"
    "{target:update}{{x-method: another_name}}",
    "resources-alike": "expected resources that differ in more than underscores, found"
    " {found:quoted} of {operation} and {first:quoted} of {other} at {place}\nAdd to an overlay:\n"
    "{target:update}{{x-resource: {first:shown}}}",
    "field-choice": "expected {fields:or} in {owner}, found none",
    "field-choice-several": "expected {fields:or} in {owner}, found more than one",
    "field-missing": "expected the field {field}, found none in {owner}",
    "field-unknown": "{field:quoted} is not a field of {owner}" + _REMOVE,
    "name-pattern": "expected a text that matches {expected}, found {found:quoted} as a name",
    "value-pattern": "expected a text that matches {expected}, found {found:quoted} in {owner}",
    "value-type": "expected a value of type {expected:or}, found {found:kind} in {owner}",
    "value-choice": "expected {expected:or}, found {found:quoted} in {owner}",
    "entries-missing": "expected at least one entry, found none in {owner}",
    "fields-exclusive": "the fields of {owner} exclude each other",
    "standard": "not valid by the official schema of OpenAPI 3.1: {reason:shown} in {owner}",
    "see-standard": "\nSee https://spec.openapis.org/oas/v3.1.0 for the allowed values.",
    "unused-stays": "kept, because clients do not use it: {finding.problem}\n{finding.cure}",
}
