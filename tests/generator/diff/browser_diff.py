"""The report for browsers, in a real one. `nox -s browser` runs this; it needs Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from differing import NASTY, comparison, difference, few, place
from PIL import Image
from reading_pages import Element, page

from generator.diff import Place
from generator.diff.reports import Comparison, report

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless --disable-gpu --hide-scrollbars --no-first-run --disable-sync --disable-extensions"
    " --disable-background-networking --disable-component-update --disable-default-apps"
).split()

HARNESS = """<!doctype html><title>harness</title><iframe src="page.html"></iframe><pre></pre>
<script>
const frame = document.querySelector("iframe");
frame.onload = () => {
  const inner = frame.contentDocument;
  const shown = () => inner.getElementById("status").textContent;
  const told = [shown()];
  inner.querySelector("input[value=major]").click();
  told.push(shown());
  inner.getElementById("query").value = "BOARDS  create";
  inner.getElementById("query").dispatchEvent(new Event("input", {bubbles: true}));
  told.push(shown());
  inner.getElementById("query").value = "nothing of the kind";
  inner.getElementById("query").dispatchEvent(new Event("input", {bubbles: true}));
  told.push(shown(), String(inner.getElementById("empty").hidden));
  document.querySelector("pre").textContent = told.join("|");
};
</script>
"""


@dataclass
class Site:
    """A folder served on loopback, which remembers what it was asked for."""

    folder: Path
    url: str = ""
    asked: list[str] = field(default_factory=list)

    def put(self, name: str, text: str) -> str:
        """Write a page; its address."""
        (self.folder / name).write_text(text, "utf-8")
        return f"{self.url}/{name}"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    served = Site(tmp_path / "site")
    served.folder.mkdir()

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            served.asked.append(self.path)

    handler = partial(Handler, directory=str(served.folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        served.url = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield served
        server.shutdown()
        thread.join()


@dataclass
class Browser:
    """Chromium without a window."""

    command: list[str]

    def run(self, address: str, *options: str) -> str:
        """Open a page, let its scripts run; what Chromium prints."""
        done = subprocess.run(
            [*self.command, "--virtual-time-budget=3000", *options, address],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout

    def opened(self, address: str) -> Element:
        """A page as it is once its scripts have run."""
        return page(self.run(address, "--dump-dom"))


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"needs Chromium: install it, or name it by CHROMIUM; not found: {NAMES}")
    # Chromium cannot shut itself in when root runs it.
    lone = ["--no-sandbox"] if os.geteuid() == 0 else []
    return Browser([found, *QUIET, *lone, f"--user-data-dir={tmp_path / 'profile'}"])


def visible(root: Element, tag: str, **attributes: str) -> list[Element]:
    return [item for item in root.all(tag, **attributes) if "hidden" not in item.attributes]


def test_the_script_runs_in_spite_of_the_policy_and_shows_everything(
    browser: Browser, site: Site
) -> None:
    root = browser.opened(site.put("page.html", report(few(), "html")))
    assert root.all("output")[0].text == "5 of 5 changes shown"
    assert visible(root, "div", id="filters")
    assert len(visible(root, "article")) == 5


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("levels=minor", ["models.Page", "boards.create"]),
        ("levels=minor,patch&search=downloads.get", ["downloads.get_downloads(page_size)"]),
        ("search=POST", ["boards.create"]),
        ("search=there+is+none", []),
        ("changes", ["downloads.get_downloads(page_size)"] * 3 + ["models.Page", "boards.create"]),
    ],
)
def test_an_address_can_ask_for_levels_and_words(
    browser: Browser, site: Site, asked: str, names: list[str]
) -> None:
    address = site.put("page.html", report(few(), "html"))
    root = browser.opened(f"{address}#{asked}")
    articles = visible(root, "article")
    assert [item.all("p")[0].text for item in articles] == names
    assert root.all("output")[0].text == f"{len(names)} of 5 changes shown"
    sections = visible(root, "section", **{"class": "operation"})
    assert sum(len(visible(section, "article")) for section in sections) == len(names)
    assert len(visible(root.all("nav")[0], "li")) == len(sections)
    assert bool(visible(root, "p", id="empty")) is (not names)


def test_clicking_and_typing_filter_what_is_shown(browser: Browser, site: Site) -> None:
    site.put("page.html", report(few(), "html"))
    root = browser.opened(site.put("harness.html", HARNESS))
    assert root.all("pre")[0].text.split("|") == [
        "5 of 5 changes shown",
        "3 of 5 changes shown",
        "1 of 5 changes shown",
        "0 of 5 changes shown",
        "false",
    ]


def test_no_request_leaves_whatever_documents_say(browser: Browser, site: Site) -> None:
    bait = f"<img src='{site.url}/bait'><script>fetch('{site.url}/bait')</script>"
    bait += f"<link rel=stylesheet href='{site.url}/bait'><style>@import '{site.url}/bait'</style>"
    browser.run(site.put("control.html", bait), "--dump-dom")
    assert "/bait" in site.asked  # without the report around it, it does harm
    site.asked.clear()
    found = [
        difference("model-added", word, word, word, word, Place(word, word, word))
        for word in (bait, f'"{bait}', f"</code></script></style></title>{bait}", *NASTY)
    ]
    root = browser.opened(site.put("page.html", report(Comparison(bait, bait, found), "html")))
    assert len(root.all("article")) == len(found)
    assert root.all("output")[0].text == f"{len(found)} of {len(found)} changes shown"
    assert [path for path in site.asked if path != "/page.html"] in ([], ["/favicon.ico"])


@pytest.mark.parametrize(("width", "height"), [(1280, 1200), (390, 1600)])
def test_it_fills_wide_and_narrow_screens(
    browser: Browser, tmp_path: Path, width: int, height: int
) -> None:
    long = difference(
        "argument-removed", "GET /" + "v3/things/" * 30, "x" * 400, "int", old=place()
    )
    file = tmp_path / "page.html"
    file.write_text(report(comparison(long, *few().differences), "html"), "utf-8")
    picture = tmp_path / "page.png"
    browser.run(file.as_uri(), f"--window-size={width},{height}", f"--screenshot={picture}")
    print(f"\n{picture}")
    with Image.open(picture) as image:
        assert image.size == (width, height)
        colours = image.convert("RGB").getcolors(1 << 24) or []
        assert len(colours) > 50
        edge = image.convert("RGB").crop((width - 4, 0, width, height)).getcolors()
        assert len(edge or [0] * 9) <= 2  # the page and one line; nothing sticks out
