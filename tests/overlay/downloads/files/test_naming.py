"""File names: as headers announce them, and as they are safe on any system."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gettyimages import InvalidArgumentError
from gettyimages._downloads.files.naming import announced, checked, file_name, numbered, safe

ANNOUNCED = {
    "attachment; filename=GettyImages-1167612765.jpg": "GettyImages-1167612765.jpg",
    'attachment; filename="a b.jpg"': "a b.jpg",
    'attachment; filename="a\\"b;c.jpg"': 'a"b;c.jpg',
    'ATTACHMENT; FileName="x.jpg"': "x.jpg",
    "attachment; filename=\"plain.jpg\"; filename*=UTF-8''%e2%82%ac.jpg": "€.jpg",
    "attachment; filename*=UTF-8''%e2%82%ac.jpg; filename=plain.jpg": "€.jpg",
    "attachment; filename*=iso-8859-1'de'%e4.jpg": "ä.jpg",
    "attachment; filename*=utf-8'en'a%2Fb.jpg": "a/b.jpg",
    "attachment; filename=plain.jpg; filename*=UTF-8''%ff.jpg": "plain.jpg",
    "attachment; filename=plain.jpg; filename*=koi8-r''%c1.jpg": "plain.jpg",
    "attachment; filename=plain.jpg; filename*=nonsense": "plain.jpg",
    "attachment": None,
    'attachment; filename=""': None,
    "attachment; name=x.jpg": None,
    "": None,
    ";;;=;": None,
}
SAFE = {
    "GettyImages-1.jpg": "GettyImages-1.jpg",
    "../../etc/passwd": "passwd",
    "..\\..\\evil.exe": "evil.exe",
    "C:\\Windows\\x.jpg": "x.jpg",
    "/": "",
    "..": "",
    "a/": "a",
    "a/..": "a",
    ".hidden": "hidden",
    "...a...": "a",
    " a . jpg ": "a . jpg",
    "a\x00b\nc\x7f\x85.jpg": "abc.jpg",
    "\u202egpj.exe": "gpj.exe",
    "x\ud800.jpg": "x.jpg",
    "e\u0301.jpg": "é.jpg",
    'a<>:"|?*b': "a_______b",
    "CON": "_CON",
    "con.jpg": "_con.jpg",
    "Aux .tar.gz": "_Aux .tar.gz",
    "LPT¹.jpg": "_LPT¹.jpg",
    "console.jpg": "console.jpg",
    "COM10": "COM10",
}


@pytest.mark.parametrize("header", ANNOUNCED)
def test_a_header_announces_a_name(header: str) -> None:
    assert announced(header) == ANNOUNCED[header]


def test_no_header_announces_none() -> None:
    assert announced(None) is None


@pytest.mark.parametrize("name", SAFE, ids=ascii)
def test_a_name_is_made_safe(name: str) -> None:
    assert safe(name) == SAFE[name]


def test_a_long_name_is_cut_and_keeps_its_suffix() -> None:
    assert safe("x" * 300 + ".jpg") == "x" * 196 + ".jpg"
    assert safe("é" * 300 + ".jpg") == "é" * 98 + ".jpg"
    assert safe("x." + "y" * 300) == "x." + "y" * 198
    assert safe("x" * 150 + " " * 100 + "y.jpg") == "x" * 150 + ".jpg"


def test_a_file_without_a_name_is_called_by_its_id() -> None:
    assert file_name(None, "image/jpeg", "42") == "42.jpg"
    assert file_name("attachment; filename=..", "application/postscript; x=y", "a/b").startswith(
        "b."
    )
    assert file_name(None, "", "42") == "42"
    assert file_name(None, "nonsense", "..") == "download"
    assert file_name("attachment; filename=a.jpg", "image/png", "42") == "a.jpg"


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert [numbered("a.b.jpg", number) for number in (1, 2, 12)] == [
        "a.b.jpg", "a.b_2.jpg", "a.b_12.jpg",
    ]  # fmt: skip
    assert numbered("a", 2) == "a_2"


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "a/b", "a\\b", "/a", "a\n", "a\x00", "x" * 256, "é" * 128,
     ".gettyimages-journal.sqlite", ".GettyImages-x"],
)  # fmt: skip
def test_a_given_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InvalidArgumentError, match="filename"):
        checked(name)


def test_a_given_name_is_taken_as_it_is() -> None:
    for name in ("a.jpg", ".hidden", "é" * 127, "a b"):
        assert checked(name) == name


def is_safe(name: str) -> bool:
    return (
        0 < len(name.encode()) <= 201
        and not name.startswith(".")
        and name == name.strip()
        and not name.endswith(".")
        and not set(name) & set('/\\<>:"|?*\0')
        and all(unicodedata.category(char)[0] != "C" for char in name)
        and name.split(".")[0].strip().lower() not in ("con", "prn", "aux", "nul", "com1")
    )


@given(st.text())
def test_whatever_comes_is_safe(text: str) -> None:
    name = safe(text)
    assert name == "" or is_safe(name)
    assert safe(name) == name


@given(st.text(alphabet="./\\ conaux:\u00e9\u0301x", max_size=300))
def test_whatever_comes_of_the_worst_is_safe(text: str) -> None:
    name = safe(text)
    assert name == "" or is_safe(name)
    assert safe(name) == name


@given(st.text())
def test_no_header_breaks_the_parser(text: str) -> None:
    for header in (text, f"attachment; filename={text}", f"attachment; filename*={text}"):
        found = announced(header)
        assert found is None or isinstance(found, str)
        assert is_safe(file_name(header, "image/jpeg", "42"))


@given(st.text(alphabet="\"'*;=%utf-8filename0123 \\,\r\n", max_size=80))
def test_no_broken_header_breaks_the_parser(text: str) -> None:
    assert is_safe(file_name(f"attachment; filename{text}", "", "42"))


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_an_extended_name_comes_as_it_was_sent(text: str) -> None:
    from urllib.parse import quote

    assert announced(f"attachment; filename*=UTF-8''{quote(text, safe='')}") == text
