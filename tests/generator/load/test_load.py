"""Loading a folder of documents: which files are read, and what each must be."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.document import Position, plain
from generator.findings import Finding, GeneratorError
from generator.load import load_documents, load_file

SWAGGER = "swagger: '2.0'\ninfo: {title: T}\npaths: {}\n"
OPENAPI = "openapi: 3.0.3\ninfo: {title: T}\npaths: {}\n"


def folder(path: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        data = content if isinstance(content, bytes) else dedent(content).encode()
        (path / name).write_bytes(data)
    return path


def findings(sources: Path) -> list[Finding]:
    with pytest.raises(GeneratorError) as caught:
        load_documents(sources)
    assert all(finding.cure for finding in caught.value.findings)
    return caught.value.findings


def finding(sources: Path) -> Finding:
    (only,) = findings(sources)
    return only


def file_finding(path: Path) -> Finding:
    with pytest.raises(GeneratorError) as caught:
        load_file(path)
    (only,) = caught.value.findings
    assert only.cure
    return only


class TestFiles:
    def test_a_file_is_named_as_the_caller_named_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder(tmp_path, {"a.yaml": "a: 1\na: 2\n"})
        monkeypatch.chdir(tmp_path)
        assert file_finding(Path("a.yaml")).where == Position("a.yaml", 2, 1)

    @pytest.mark.parametrize("data", [b"a: \xc3\xa9\r\nb: 1\r\n", b"\xef\xbb\xbfa: \xc3\xa9\nb: 1"])
    def test_utf_8_is_read_with_or_without_byte_order_mark_and_with_any_line_ends(
        self, tmp_path: Path, data: bytes
    ) -> None:
        (root,) = load_file(folder(tmp_path, {"a.yaml": data}) / "a.yaml")
        assert plain(root) == {"a": "é", "b": 1}
        assert root.position_of("b").line == 2
        assert root.position_of("a").column == 1

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
    def test_another_encoding_is_refused_by_name(self, tmp_path: Path, encoding: str) -> None:
        path = folder(tmp_path, {"a.yaml": SWAGGER.encode(encoding)}) / "a.yaml"
        assert encoding.upper() in file_finding(path).problem

    @pytest.mark.parametrize(
        ("data", "line", "column", "byte"),
        [
            (b"a: 1\r\nb: \xe9t\xe9\n", 2, 4, "E9"),
            ("a: éé".encode() + b"\xff", 1, 6, "FF"),
            (b"\xef\xbb\xbf\xc3", 1, 1, "C3"),
            (b'{"a": "\xed\xa0\x80"}', 1, 8, "ED"),
        ],
    )
    def test_a_byte_that_is_not_utf_8_is_named_with_its_place(
        self, tmp_path: Path, data: bytes, line: int, column: int, byte: str
    ) -> None:
        path = folder(tmp_path, {"a.yaml": data}) / "a.yaml"
        found = file_finding(path)
        assert found.where == Position(str(path), line, column)
        assert f"0x{byte}" in found.problem

    def test_a_control_character_is_named_with_its_place(self, tmp_path: Path) -> None:
        path = folder(tmp_path, {"a.yaml": b"a: 1\nb: x\x07\n"}) / "a.yaml"
        found = file_finding(path)
        assert found.where == Position(str(path), 2, 5)
        assert "U+0007" in found.problem

    def test_a_file_may_not_be_larger_than_the_bound(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(load, "MAX_BYTES", 10)
        folder(tmp_path, {"a.yaml": "a: 1234567", "b.yaml": "a: 12345678"})
        assert load_file(tmp_path / "a.yaml") == [{"a": 1234567}]
        assert file_finding(tmp_path / "b.yaml").code == "file-too-large"

    @pytest.mark.parametrize("kind", ["missing", "dangling", "loop", "folder", "pipe"])
    def test_what_cannot_be_read_is_refused(self, tmp_path: Path, kind: str) -> None:
        path = tmp_path / "a.yaml"
        if kind == "dangling":
            path.symlink_to(tmp_path / "nowhere")
        elif kind == "loop":
            path.symlink_to(path)
        elif kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        assert file_finding(path).where == str(path)

    def test_a_failing_disk_is_reported(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        path = folder(tmp_path, {"a.yaml": SWAGGER}) / "a.yaml"
        monkeypatch.setattr(Path, "open", fail)
        assert "Permission denied" in file_finding(path).problem

    def test_a_file_name_that_is_no_text_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / os.fsdecode(b"\xff.yaml")
        path.write_text(SWAGGER)
        assert file_finding(path).code == "file-name-not-utf8"

    def test_any_mapping_is_read_and_empty_documents_are_not(self, tmp_path: Path) -> None:
        folder(tmp_path, {"a.yaml": "a: 1\n---\n---\nb: 2\n---\n", "b.yaml": "# none\n"})
        assert load_file(tmp_path / "a.yaml") == [{"a": 1}, {"b": 2}]
        assert load_file(tmp_path / "b.yaml") == []


class TestFolders:
    def test_documents_come_in_file_name_order(self, tmp_path: Path) -> None:
        folder(tmp_path, {"b.yml": SWAGGER, "a10.yaml": OPENAPI, "a2.json": '{"swagger": "2.0"}'})
        documents, notes = load_documents(tmp_path)
        assert [document.name for document in documents] == ["a10.yaml", "a2.json", "b.yml"]
        assert [document.version for document in documents] == ["3.0.3", "2.0", "2.0"]
        assert notes == []

    def test_two_documents_of_one_file_have_its_name(self, tmp_path: Path) -> None:
        documents, _ = load_documents(folder(tmp_path, {"a.yaml": f"{SWAGGER}---\n{OPENAPI}---\n"}))
        assert [(d.name, d.version) for d in documents] == [("a.yaml", "2.0"), ("a.yaml", "3.0.3")]

    def test_what_is_no_document_is_noted_and_hidden_files_are_not(self, tmp_path: Path) -> None:
        folder(tmp_path, {"a.yaml": SWAGGER, "b.txt": "x", ".c.yaml": "{", "README": ""})
        (tmp_path / "d.yaml").mkdir()
        _, notes = load_documents(tmp_path)
        assert [Path(str(note.where)).name for note in notes] == ["README", "b.txt", "d.yaml"]
        assert all(note.problem.startswith("not read, because it") for note in notes)
        assert all(note.cure for note in notes)

    def test_a_file_ending_in_capitals_is_read(self, tmp_path: Path) -> None:
        documents, _ = load_documents(folder(tmp_path, {"A.YAML": SWAGGER}))
        assert len(documents) == 1

    def test_a_missing_folder_is_refused(self, tmp_path: Path) -> None:
        assert finding(tmp_path / "none").code == "sources-missing"

    def test_a_path_that_is_no_folder_is_refused(self, tmp_path: Path) -> None:
        folder(tmp_path, {"a.yaml": SWAGGER})
        assert finding(tmp_path / "a.yaml").code == "sources-not-folder"

    def test_a_folder_that_cannot_be_listed_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "loop").symlink_to("loop")
        assert finding(tmp_path / "loop").code == "unreadable"

    def test_a_folder_without_a_document_is_refused(self, tmp_path: Path) -> None:
        assert finding(tmp_path).code == "sources-empty"
        assert "only a.txt" in finding(folder(tmp_path, {"a.txt": ""})).problem

    @pytest.mark.parametrize("text", ["", "# nothing\n", "---\n---\n", "null\n", " \n\n"])
    def test_an_empty_file_is_refused(self, tmp_path: Path, text: str) -> None:
        found = finding(folder(tmp_path, {"a.yaml": text, "b.yaml": SWAGGER}))
        assert found.where == Position(str(tmp_path / "a.yaml"))
        assert found.code == "document-empty"

    def test_the_findings_of_all_files_are_reported_together(self, tmp_path: Path) -> None:
        folder(tmp_path, {"a.yaml": "a: [", "b.yaml": b"\xff", "c.yaml": "x: 1", "d.yaml": SWAGGER})
        (tmp_path / "e.yaml").symlink_to("nowhere")
        names = [str(found.where).split("/")[-1].split(":")[0] for found in findings(tmp_path)]
        assert names == ["a.yaml", "b.yaml", "c.yaml", "e.yaml"]


class TestVersions:
    @pytest.mark.parametrize(
        "line",
        ["swagger: '2.0'", "swagger: 2.0", "openapi: 3.0.3", "openapi: 3.0.0", "openapi: 3.1.0",
         "openapi: 3.1.1", "openapi: 3.0.0-rc2", "openapi: 3.1", "openapi: '3.0'"],
    )  # fmt: skip
    def test_swagger_2_0_and_openapi_3_0_and_3_1_are_read(self, tmp_path: Path, line: str) -> None:
        documents, _ = load_documents(folder(tmp_path, {"a.yaml": line}))
        assert documents[0].version == line.split(" ")[1].strip("'")

    @pytest.mark.parametrize(
        ("line", "found"),
        [("swagger: '1.2'", "swagger: '1.2'"), ("swagger: 2", "swagger: 2"),
         ("openapi: 3.2.0", "openapi: '3.2.0'"), ("openapi: 4.0.0", "4.0.0"),
         ("openapi: 3.10.0", "3.10.0"), ("openapi: 2.0", "openapi: 2.0"), ("openapi:", "nothing"),
         ("openapi: true", "True"), ("swagger: {}", "a mapping"), ("openapi: 3.0.3x", "3.0.3x"),
         ("openapi: 3.0.3\nswagger: '2.0'", "both"), ("a: 1\nb: 2", "('a', 'b')"), ("{}", "none"),
         ("overlay: 1.0.0", "this is an overlay")],
    )  # fmt: skip
    def test_anything_else_is_refused_with_what_was_found(
        self, tmp_path: Path, line: str, found: str
    ) -> None:
        refused = finding(folder(tmp_path, {"a.yaml": line}))
        assert found in refused.problem
        assert isinstance(refused.where, Position)


class TestShape:
    def load(self, path: Path, text: str) -> object:
        (document,), _ = load_documents(folder(path, {"a.yaml": text}))
        return plain(document.root)

    def test_fields_without_a_value_are_left_out(self, tmp_path: Path) -> None:
        text = """
            swagger: '2.0'
            info: {title: , version: '1'}
            parameters:
            security:
            paths:
              /x:
                parameters:
                get: {summary: , tags: , deprecated: , responses: {200: {description: , schema: }}}
            definitions: {A: {required: , properties: , minimum: }}
        """
        assert self.load(tmp_path, text) == {
            "swagger": "2.0",
            "info": {"version": "1"},
            "paths": {"/x": {"get": {"responses": {"200": {}}}}},
            "definitions": {"A": {}},
        }

    def test_null_stays_where_it_may_be_data(self, tmp_path: Path) -> None:
        text = """
            openapi: 3.1.0
            x-null:
            components: {schemas: {A: {default: null, example: null, const: null, enum: [a, null]}}}
        """
        assert self.load(tmp_path, text) == {
            "openapi": "3.1.0",
            "x-null": None,
            "components": {
                "schemas": {
                    "A": {"default": None, "example": None, "const": None, "enum": ["a", None]}
                }
            },
        }

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("paths:\n  /x:\n", 3),
            ("paths:\n  /x:\n    get:\n", 4),
            ("paths:\n  /x:\n    get:\n      responses:\n        200:\n", 6),
            ("definitions:\n  A:\n    properties:\n      a:\n", 5),
            ("definitions:\n  A:\n    type: null\n", 4),
            ("definitions:\n  A:\n    type: [string, null]\n", 4),
            ("security:\n- key:\n", 3),
        ],
    )
    def test_nothing_is_refused_where_leaving_it_out_would_change_the_meaning(
        self, tmp_path: Path, text: str, line: int
    ) -> None:
        found = finding(folder(tmp_path, {"a.yaml": f"swagger: '2.0'\n{text}"}))
        assert isinstance(found.where, Position)
        assert found.where.line == line
        assert found.problem.endswith("not nothing")

    @pytest.mark.parametrize("kind", ["null", "[string, null]", "[null]"])
    def test_a_type_that_is_null_without_quotes_is_to_be_quoted(
        self, tmp_path: Path, kind: str
    ) -> None:
        text = f"{OPENAPI}components: {{schemas: {{A: {{type: {kind}}}}}}}\n"
        found = finding(folder(tmp_path, {"a.yaml": text}))
        assert found.cure == 'Write the name of a type in quotes, e.g. "null".'

    @pytest.mark.parametrize("head", [SWAGGER, OPENAPI], ids=["swagger", "openapi"])
    def test_a_list_of_no_types_is_refused(self, tmp_path: Path, head: str) -> None:
        section = "definitions: {" if head == SWAGGER else "components: {schemas: {"
        schema = "A: {properties: {\n  a: {type: []}}}"
        text = f"{head}{section}{schema}{'}' * section.count('{')}\n"
        found = finding(folder(tmp_path, {"a.yaml": text}))
        assert str(found.where).endswith("a.yaml:5:7")
        assert found.problem == "'type' of a schema must not be an empty list"
        assert found.cure.startswith("Correct the value")

    def test_every_misshapen_node_of_every_document_is_reported(self, tmp_path: Path) -> None:
        text = "openapi: 3.0.3\npaths: []\ninfo: x\n---\nswagger: '2.0'\nhost: 3\n"
        found = findings(folder(tmp_path, {"a.yaml": text, "b.yaml": "openapi: 3.0.3\nservers: x"}))
        places = [str(item.where).split("/")[-1] for item in found]
        assert places == ["a.yaml:2:1", "a.yaml:3:1", "a.yaml:6:1", "b.yaml:2:1"]
        assert "must be a mapping, not a list" in found[0].problem


@given(data=st.binary() | st.text(st.characters()).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    refused: list[Finding] = []
    try:
        load_file(path)
    except GeneratorError as error:
        refused = error.findings
    assert all(finding.cure for finding in refused)


def test_the_real_documents_are_read() -> None:
    sources = Path(__file__).parents[3] / "specs" / "sources"
    documents, notes = load_documents(sources)
    assert notes == []
    assert [document.name for document in documents] == [
        "asset-changes.yaml",
        "asset-registrations.yaml",
        "downloads.yaml",
        "present-day.yaml",
    ]


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ("{examples: {mars: '@mars.jpg'}}", "'examples' of a schema must be a list"),
        ("{externalDocs: https://a.example}", "'externalDocs' of a schema must be a mapping"),
        ("{externalDocs: {url: 1}}", "'url' of an external docs must be a string"),
        ("{xml: thing}", "'xml' of a schema must be a mapping"),
    ],
)
def test_what_is_misshapen_and_no_client_uses_is_left_out_with_a_note(
    tmp_path: Path, schema: str, problem: str
) -> None:
    text = f"{OPENAPI}components: {{schemas: {{T: {schema[:-1]}, type: string}}}}}}\n"
    (document,), notes = load_documents(folder(tmp_path, {"a.yaml": text}))
    (note,) = map(str, notes)
    assert f"left out, because clients do not use it: {problem}" in note
    assert str(document.root.map("components")).count("mars") == 0
    assert document.root.map("components").map("schemas").map("T").text("type") == "string"


@pytest.mark.parametrize(
    ("operation", "problem"),
    [
        ("tags: Things", "'tags' of an operation must be a list"),
        ("callbacks: [done]", "'callbacks' of an operation must be a mapping"),
        ("responses: {'200': {headers: [X-Left]}}", "'headers' of a response must be a mapping"),
        ("responses: {'200': {headers: {X-Left: 1}}}", "'X-Left' in 'headers' of a response"),
        ("responses: {'200': {headers: {X: {schema: 1}}}}", "'schema' of a header must be"),
    ],
)
def test_what_is_misshapen_in_an_operation_and_no_client_uses_is_left_out_with_a_note(
    tmp_path: Path, operation: str, problem: str
) -> None:
    paths = f"paths: {{/things: {{get: {{{operation}, operationId: list}}}}}}"
    text = OPENAPI.replace("paths: {}", paths)
    (document,), notes = load_documents(folder(tmp_path, {"a.yaml": text}))
    (note,) = map(str, notes)
    assert f"left out, because clients do not use it: {problem}" in note
    assert document.root.map("paths").map("/things").map("get").text("operationId") == "list"


def test_a_name_that_looks_like_an_annotation_is_none(tmp_path: Path) -> None:
    text = f"{OPENAPI}components: {{schemas: {{T: {{properties: {{examples: 1, xml: 2}}}}}}}}\n"
    assert len(findings(folder(tmp_path, {"a.yaml": text}))) == 2
