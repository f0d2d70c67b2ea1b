"""Messages about releases, package indexes, other programs and rendering."""

_AGAIN = "Run the same command again: files that were uploaded before are accepted."
_INDEX = "Give the address that pip is given by --index-url, e.g. https://host/simple/."
_FAULT = "\nThis is a fault of the templates or of the generator, not of the documents."

MESSAGES = {
    # Rendering.
    "render-failed": "{reason}\n"
    "No part may be left out: correct the part of the spec that it names by an overlay.",
    "render-not-python": "the rendered package is not valid Python: {reason}" + _FAULT,
    "render-operation-missing": "the operation {name} has not been rendered" + _FAULT,
    "render-operation-extra": "the operation {name} has been rendered, but is not in the spec"
    + _FAULT,
    # Other programs; what to do depends on who runs them.
    "program-not-started": "cannot be run: {reason}",
    "program-endless": "has not ended after {seconds:.0f} seconds",
    "program-failed": "ended with status {status}{output}",
    "commit-to-publish": "\nPublish from a commit.",
    "commit-to-build": "\nBuild from a commit.",
    "checkout-to-publish": "\nPublish from a checkout of the repository.",
    "correct-build": "\nCorrect what the build backend reports.",
    "repair-python": "\nRepair the Python that runs this: its venv and pip do not work.",
    "repair-index": "\nLook at the index: it should list the version."
    " Running again uploads nothing twice.",
    "install-by-hand": "\nInstall the wheel in `dist` by hand, with its dependencies from your"
    " default index, to see what fails.",
    "repair-wheel": "\nThe wheel in `dist` does not work: correct it, and release again.",
    "check-uploader": "\nCheck --upload-url, and whether {name} (from {source}) may upload.\n"
    + _AGAIN,
    "set-credentials": "\nSet TWINE_USERNAME and TWINE_PASSWORD, or add the host to ~/.netrc.\n"
    + _AGAIN,
    # Versions and the changelog.
    "changelog-version-twice": "there is a section of {version} already\n"
    "Remove it, or move its content below a line `## Unreleased`.",
    "changelog-unreleased-twice": "there is a second section `Unreleased`\nMerge the two sections.",
    "changelog-unreleased-late": "expected the section `Unreleased` before all versions, found it"
    " after one\nMove it up, to line {line}.",
    "changelog-empty": "expected a section of {version}, found none\n"
    "Write a line `## {version}`, and below it what the first release contains.",
    "version-differs": "expected version {expected}, as in {place}, found {found}\n"
    "Write {expected} here; `nox -s release` writes a new version to all of its places.",
    "version-not-once": 'expected the version once, as `VERSION = "1.2.3"`, found it {count} times'
    "\nWrite it in that form.",
    "version-not-numbers": "expected a version of three numbers, found {found!r}\n"
    "Write it as in 1.2.0.",
    "version-file-missing": "expected a version file, as `path` in the table `tool.hatch.version`\n"
    "Release a project whose specs are in its folder `specs`.",
    "bump-first": "nothing has been released yet, so the first release is {version}\n"
    "Leave --bump out, or write another version into {file} by hand.",
    "guesses-unconfirmed": "{count} guess(es) not confirmed, at lines {lines}\n"
    "Correct what is wrong, then remove the line `{mark}: true` of each. `check` lists them.",
    "placeholder": "{found} is a placeholder: no host has a name that ends with .invalid\n"
    "Write your own address in its place.",
    "release-unstable": "after this release, the same documents would generate a different spec\n"
    "This is a fault of the generator: report it.",
    "uncommitted": "expected no uncommitted changes, found changes: {changed:few}\n"
    "Commit them, or put them aside by git stash.",
    "never-released": "the merged spec was never released\nRelease it first: nox -s release.",
    "released-differs": "the merged spec differs from the released one\n"
    "Release it first: nox -s release.",
    "builds-differ": "expected the same bytes from two builds, found {found}\n"
    "Look for content that depends on the time or the place of the build.",
    "metadata": "{reason}\nCorrect pyproject.toml or README.",
    # The address of an index, and credentials for it.
    "address-not-simple": "expected an address that ends with /simple/, from which the upload"
    " address follows\nGive the upload address, too: --upload-url URL.",
    "address": "expected the address of an index, found something else\n"
    "Write it like https://packages.example/simple/.",
    "address-credentials": "credentials in an address end up in logs and histories\n"
    "Put them into TWINE_USERNAME and TWINE_PASSWORD, or into ~/.netrc.",
    "address-query": "the address of an index has no query and no fragment\nRemove them.",
    "address-not-https": "expected https, which keeps a password secret, found http\n"
    "Plain http is allowed only for an index on this machine.",
    "credentials-incomplete": "{missing} is not set\nSet {missing}, too, or neither of them.",
    "netrc": "this cannot be read as a netrc file\nCorrect it there.",
    "credentials-characters": "the {field} contains characters that servers decode in different"
    " ways\nUse ASCII letters, digits and punctuation.",
    # A package index.
    "index-other-file": "the index has another {name}: sha256 {found}, not {expected}\n"
    "A file on an index cannot be replaced: release another version, nox -s release.",
    "index-larger-file": "the index has another {name}: it is larger than the one with sha256"
    " {expected}\nA file on an index cannot be replaced: release another version, nox -s release.",
    "index-lists-nothing": "the uploads were accepted, but the index does not list the files\n"
    "Check whether {upload} takes files, or is e.g. a log-in page.\n"
    "The index may also need more time: run the same command again later.",
    "index-refuses-user": "the index responded {status}: it refuses the credentials of {name} (from"
    " {source})\nCheck name and password in {source}.",
    "index-refuses-anonymous": "the index responded {status}: it refuses requests without"
    " credentials\nSet TWINE_USERNAME and TWINE_PASSWORD, or add its host to ~/.netrc.",
    "index-fault": "the index responded {status}: it, or a proxy in front of it, has a fault\n"
    + _AGAIN,
    "index-status": "the index responded {status}\nCheck the address of the index.",
    "index-certificate": "the index has no certificate that can be trusted: {reason}\n"
    "If a private authority has signed its certificate, name that by REQUESTS_CA_BUNDLE.",
    "index-proxy": "the proxy on the way to the index does not respond: {reason}\n"
    "Check HTTPS_PROXY and NO_PROXY.",
    "index-timeout": "the index does not respond in time\n" + _AGAIN,
    "index-unreachable": "the index cannot be reached: {reason}\n"
    "Check the address, and whether the index is running and can be reached from here.",
    "index-cut": "the connection to the index was cut: {reason}\n" + _AGAIN,
    "index-unusable": "the index cannot be used: {reason}\nCheck the address of the index.",
    "index-unsafe-file": "the index links to a file over an unsafe connection\n"
    "Have the index list its files with https.",
    "index-missing": "there is no package index at this address\n" + _INDEX,
    "index-redirects": "this is not a package index: it redirects to {host}\n" + _INDEX,
    "index-redirects-forever": "the index redirects in circles\n" + _INDEX,
    "index-content": "this is not a package index: it responds with {found}\n" + _INDEX,
    "index-unreadable": "this is not a package index: it responds with {found} that cannot be read"
    "\n" + _INDEX,
    "index-for-people": "this is not a package index, but a page for people, perhaps a login\n"
    + _INDEX,
}
