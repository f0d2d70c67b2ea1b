"""The site in a real browser, without a network: `nox -s browser`. It needs Chromium."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect, sync_playwright

from gettyimages.sandbox import Sandbox, SandboxError
from website import api
from website.building import PROJECT, build

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PICTURES = os.environ.get("SCREENSHOTS")
"""A folder for pictures of the pages, for people to look at."""
SHOWN = "index cookbook measured reference/client reference/resource-downloads api/index".split()
expect.set_options(timeout=60_000)  # a guard against hangs
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("website") / "site"
    build(target)
    return target


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """The site, served on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for which there is no host but this one."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"needs Chromium: install it, or name it by CHROMIUM; not found: {NAMES}")
    closed = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        # Chromium cannot shut itself in when root runs it.
        sandboxed = os.geteuid() != 0
        yield playwright.chromium.launch(
            executable_path=found, args=closed, chromium_sandbox=sandboxed
        )


@pytest.fixture
def complaints() -> list[str]:
    """What a browser finds wrong with pages."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    watch(page, complaints)
    yield page
    page.close()


def watch(page: Page, complaints: list[str]) -> None:
    """Note failed requests, requests to other hosts, and errors of scripts."""
    near = ("http://127.0.0.1:", "data:", "blob:")  # the site, and a sandbox

    def note(*found: str, wrong: bool = True) -> None:
        if wrong:
            complaints.append(" ".join(found))

    page.on("pageerror", lambda it: note("error:", str(it)))
    page.on("console", lambda it: note(page.url, it.text, wrong=it.type == "error"))
    page.on("request", lambda it: note("left:", it.url, wrong=not it.url.startswith(near)))
    page.on("response", lambda it: note(str(it.status), it.url, wrong=it.status >= 400))
    # What a page has begun to fetch when another one is opened, as the index of the search, is
    # aborted by the browser itself.
    page.on(
        "requestfailed",
        lambda it: note("failed:", it.url, it.failure, wrong=it.failure != "net::ERR_ABORTED"),
    )


def test_every_page_opens_without_a_network(
    folder: Path, url: str, page: Page, complaints: list[str]
) -> None:
    names = sorted(it.relative_to(folder).as_posix() for it in folder.rglob("*.html"))
    assert len(names) > 40
    for name in names:
        page.goto(url + name, wait_until="networkidle")
        assert page.locator("h1").first.inner_text(), name
    assert complaints == []


def test_the_search_finds_a_method(url: str, page: Page, complaints: list[str]) -> None:
    page.goto(url)
    page.get_by_role("button", name=re.compile("Search")).first.click()
    page.keyboard.type("save_image")
    results = page.get_by_role("option")
    expect(results.first).to_have_text(re.compile("^save_image"))
    results.filter(has_text=re.compile("^save_image(?!s)")).first.click()
    expect(page).to_have_url(re.compile("resource-downloads.html.*save_image$"))
    assert complaints == []


def test_the_reference_of_the_api_lists_every_operation(
    url: str, page: Page, complaints: list[str]
) -> None:
    spec = yaml.safe_load((PROJECT / "specs" / "openapi.yaml").read_text("utf-8"))
    methods = {"get", "put", "post", "delete", "patch", "head", "options"}
    wanted = {
        f"{method.upper()}{path}"
        for path, item in spec["paths"].items()
        for method in item.keys() & methods
    }
    page.goto(f"{url}api/index.html")
    page.get_by_role("link", name="Get Downloads").first.wait_for()
    links = page.locator("a[href*='#tag/']").evaluate_all("all => all.map(it => it.href)")
    found = {match[1] for link in links if (match := re.search("#tag/[^/]+/([A-Z]+/.*)", link))}
    assert {it.replace("%7B", "{").replace("%7D", "}") for it in found} == wanted
    assert complaints == []


@pytest.fixture
def sandbox(folder: Path) -> Iterator[Sandbox]:
    """A sandbox at a port of its own, and a page for it in the folder `tried`."""
    for port in range(api.PORT, api.PORT + 400, 4):
        with contextlib.suppress(SandboxError), Sandbox(port=port) as sandbox:
            api.write(folder / "tried", PROJECT / "specs" / "openapi.yaml", port)
            yield sandbox
            return


def test_an_operation_is_tried_against_a_sandbox(
    sandbox: Sandbox, url: str, page: Page, complaints: list[str]
) -> None:
    page.goto(f"{url}tried/index.html#tag/downloads/POST/v3/downloads/images/%7Bid%7D")
    page.get_by_role("button", name="Authorize").first.click()
    page.get_by_role("button", name="Clear tokens").first.wait_for()
    page.get_by_role("button", name="Test Request (post /v3/downloads/images/{id})").click()
    dialog = page.get_by_role("dialog")
    row = dialog.locator("tr").filter(has_text="Required").last  # of the variable `id`
    row.locator("[contenteditable=true]").last.click()
    page.keyboard.type("1167612765")
    dialog.get_by_role("button", name="Send").first.click()
    expect(dialog.get_by_text("200 OK").first).to_be_visible()
    assert sandbox.downloads_used == 1
    assert [it.status for it in sandbox.requests] == [200, 303, 200]
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_is_wider_than_its_screen(
    browser: Browser, url: str, complaints: list[str], scheme: str, screen: str
) -> None:
    width, height = SCREENS[screen]
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
        is_mobile=screen == "phone",
    )
    watch(page, complaints)
    for name in SHOWN:
        page.goto(f"{url}{name}.html", wait_until="networkidle")
        if PICTURES:
            picture = f"{name.replace('/', '-')}-{scheme}-{screen}.png"
            page.screenshot(path=Path(PICTURES) / picture)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        red, green, blue = map(float, re.findall(r"[\d.]+", colour)[:3])
        assert (red + green + blue < 300) == (scheme == "dark"), (name, colour)
    page.close()
    assert complaints == []
