"""Messages about a project: its settings, its outputs, its releases, new documents."""

MESSAGES = {
    # Any command.
    "disk": "{reason}\nCheck the path, its permissions and the space on the disk.",
    "nested-too-deeply": "the documents are nested too deeply\n"
    "Look for schemas or references that contain themselves repeatedly.",
    # Settings and project files.
    "not-toml": "this is not valid TOML: {reason}\nCorrect it there.",
    "not-utf8": "expected UTF-8, found something else: {reason}\nSave it as UTF-8.",
    "settings-shape": "the generator's settings must be a table, not {found:kind}\n"
    "Write them below a line [tool.generator].",
    "setting-unknown": "the setting {key!r} is unknown\nThe settings are: {known:names}.",
    "setting-not-text": "the setting {key!r} must be a string, not {found:kind}\n"
    "The settings are: {known:names}.",
    "setting-not-page": "the setting 'api_page' must be a Markdown file (.md) below the project's"
    " folder, not {found!r}\nCorrect the setting, or remove it.",
    "page-in-package": "the setting 'api_page' names a file of the package {package}, which is"
    " replaced as a whole\nName a file outside of it.",
    "setting-not-exceptions": "the setting 'exceptions' must be a table with names of exceptions"
    " by status, not {found!r}\n"
    'Its keys are argument, default, a status such as 404, and 4XX or 5XX: 404 = "NotFoundError".',
    "setting-not-pattern": "the setting 'spends' must be a regular expression: {reason}\n"
    "Correct it there.",
    "setting-names-nothing": "the setting {key!r} names this file, which does not exist\n"
    "Correct the setting.",
    "nothing-to-release": "nothing has changed for callers since {current}\n"
    "Name the level of the changes made by hand: --bump major, minor or patch.",
    "bump-unknown": "expected major, minor, patch or a version X.Y.Z, found something else\n"
    "Give one of the three words, or three numbers as in 1.2.0.",
    "bump-not-later": "expected a version later than {current}, the current one\n"
    "The next patch is {patch}.",
    "bump-too-little": "the level is too low: since {current} there are changes of level {needed}\n"
    "Omit --bump for {least}, or give a higher level. See python -m generator diff.",
    # Outputs.
    "package-missing": "expected the package {name}, which is not installed\n"
    "Run the command by nox, or install the dependency group `publish`.",
    "checker-missing": "expected the type checker that looks at `callers`, which is not installed\n"
    "Run the command by nox, or install the dependency group `types`.",
    "caller-missing": "expected hand-written code here, as the setting 'callers' has it, found"
    " nothing\nCorrect the setting.",
    "caller-misfit": "this does not fit the generated package: {reason}\n"
    "Adapt it to what is generated now.",
    "operation-unknown": "the operation does not exist\n"
    "Give it as resource.method, by its operation id, or as 'METHOD /path':\n"
    "{names:lines}",
    "package-name": "this is not a valid name of a Python package\n"
    "Give another one by --package: lower-case letters, digits and underscores.",
    "output-not-folder": "expected a folder for the package, found something else\n"
    "Give another folder by --out, or remove this one yourself.",
    "output-not-ours": "expected an empty folder or a generated package, found other files\n"
    "Give another folder by --out, or remove this one yourself.",
    "report-not-file": "a report can only replace a regular file, and this is something else\n"
    "Give another file by --output.",
    "report-among-inputs": "a report cannot be written here, among the inputs of the generator\n"
    "Give another file by --output.",
    "input-changed": "has changed since the package was generated",
    "output-differs": "differs from the result of the inputs",
    "output-conflict": "has conflict markers of a merge",
    "generate-first": "\nGenerate again, review the changes, and commit them.",
    "output-missing": "is missing",
    "output-extra": "does not belong here",
    # New documents, and drafts.
    "fetch-address": "expected an https address without credentials, found another one\n"
    "Plain http is allowed only for a server on this machine.",
    "fetch-name": "expected a name that ends in {suffixes:names}, found {found!r}\n"
    "Say what the document is called among the sources: --as NAME.",
    "fetch-failed": "the document cannot be fetched: {reason}\n"
    "Check the address, and whether it can be reached from here.",
    "fetch-status": "the server responded {status}\nCheck the address.",
    "fetch-redirects": "the server redirects more than {most} times\n"
    "Give the address that it leads to.",
    "fetch-too-large": "the document is larger than {most} MB\nCheck the address.",
    "fetch-slow": "the document did not arrive within {seconds} seconds\nTry it again later.",
    "arrival-twice": "another new document has the same name: {other}\nRename one of them.",
    "arrival-none": "the folder contains no document: no file that ends in {suffixes:names}\n"
    "Give the folder that contains them.",
    "arrival-name": "expected a name of letters, digits, dots, dashes and underscores that ends in"
    " {suffixes:names}, found a different name\n"
    "Rename the file: overlays refer to documents by name.",
    "arrival-place": "the existing file of this name is not a regular file\nReplace it by hand.",
    "arrival-case": "the name differs from {present} only in case\n"
    "Rename it: some file systems would treat both as one file.",
    "replaces-several": "expected one document to replace others, found {names:names}\n"
    "Name the new document alone; others can come in by a run of their own.",
    "replaces-unknown": "expected a document of the sources folder to replace, found none of this"
    " name\nThe documents are: {known:names}.",
    "not-copied": "this cannot be copied: {reason}\n"
    "Move it out of the folder, or replace it by a file that can be read.",
    "draft-loses": "expected guesses to keep all operations, but with them fewer are left; those"
    " that move or go are:\n{lost:lines}\n"
    "Correct the paths of these by an overlay, then draft again. Nothing was written.",
    "draft-outdated": "the file has changed while guesses for it were made\n"
    "Run draft-overlay again.",
}
