"""Messages about a project: its settings, its outputs, its releases, new documents."""

MESSAGES = {
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
