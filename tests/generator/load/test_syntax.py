"""Reading YAML and JSON text: what it means, where it stands, and what is refused."""

from __future__ import annotations

import pytest
import yaml
from support import nodes

from generator.document import Map, Node, Position, Seq, copied, plain
from generator.findings import Finding, GeneratorError
from generator.load import builder, yaml_syntax
from generator.load.syntax import parse


def findings(text: str, file: str = "x.yaml") -> list[Finding]:
    with pytest.raises(GeneratorError) as caught:
        parse(text, file)
    assert all(finding.cure for finding in caught.value.findings)
    assert all("\n" not in finding.problem for finding in caught.value.findings)
    return caught.value.findings


def finding(text: str, file: str = "x.yaml") -> Finding:
    (only,) = findings(text, file)
    return only


def at(line: int, column: int, file: str = "x.yaml") -> Position:
    return Position(file, line, column)


def count(node: Node) -> int:
    if isinstance(node, Map):
        return 1 + sum(count(value) for value in node.values())
    return 1 + sum(map(count, node)) if isinstance(node, Seq) else 1


@pytest.fixture(params=["libyaml", "python"])
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs a test twice: with libyaml, and as on a machine that has none."""
    if request.param == "python":
        monkeypatch.setattr(yaml_syntax, "_FAST", yaml.SafeLoader)


class TestScalars:
    @pytest.mark.parametrize(
        "text",
        ["no", "on", "Yes", "y", "2018-01-01", "12:30:45", "0123", "-012", "1_000", "0b1", "0o8",
         "0x", "1e", ".", "--", "+", "=", "<<", "nUll", "tRue", "NaN", "inf", "+0x1F", "1.2.3"],
    )  # fmt: skip
    def test_what_yaml_1_2_does_not_call_a_value_of_another_type_stays_text(
        self, text: str
    ) -> None:
        assert nodes(f"a: {text}")["a"] == text

    @pytest.mark.parametrize(
        ("text", "value"),
        [("0", 0), ("-17", -17), ("+3", 3), ("0o17", 15), ("0x1F", 31), ("1.50", 1.5), (".5", 0.5),
         ("-1e3", -1000.0), ("1.", 1.0), ("007.5", 7.5), ("true", True), ("FALSE", False),
         ("null", None), ("~", None), ("", None), ('"5"', "5"), ("'true'", "true"), ("''", "")],
    )  # fmt: skip
    def test_scalars_follow_the_core_schema(self, text: str, value: object) -> None:
        found = nodes(f"a: {text}")["a"]
        assert found == value
        assert type(found) is type(value)

    @pytest.mark.parametrize(
        ("text", "value"),
        [("!!str 5", "5"), ('!!int "5"', 5), ("!!float 5", 5.0), ("!!bool 'true'", True),
         ("!!null ''", None), ("!!str", "")],
    )  # fmt: skip
    def test_core_tags_decide_the_type(self, text: str, value: object) -> None:
        found = nodes(f"a: {text}")["a"]
        assert found == value
        assert type(found) is type(value)

    @pytest.mark.parametrize(
        "text",
        ["!!int x", "!!bool 1", "!!bool yes", "!!null x", "!!float true", "!!timestamp 2018-01-01",
         "!!binary aGk=", "!own 5", "!<x:y> 5", "! 5", "!!map 5", "!!set {}", "!!seq {}",
         "!!map []", "!!python/object/apply:os.system [ls]"],
    )  # fmt: skip
    def test_a_tag_that_is_no_core_tag_or_does_not_fit_is_refused(self, text: str) -> None:
        assert finding(f"b: 1\na: {text}\n").where == at(2, 4)

    @pytest.mark.parametrize("text", [".nan", ".NaN", ".inf", "-.Inf", "+.INF", "1e999"])
    def test_a_number_that_json_cannot_hold_is_refused(self, text: str) -> None:
        assert finding(f"a: {text}").where == at(1, 4)

    @pytest.mark.parametrize("digits", ["9" * 5000, "0x" + "f" * 5000, "1." + "0" * 5000])
    def test_a_number_of_thousands_of_digits_is_refused(self, digits: str) -> None:
        assert f"{len(digits)} characters" in finding(f"a: {digits}").problem

    def test_an_integer_too_large_for_its_float_tag_is_refused(self) -> None:
        assert finding("a: !!float " + "9" * 400).code == "number-too-large"


class TestKeys:
    def test_keys_of_other_types_become_the_text_that_was_written(self) -> None:
        root = nodes("{200: a, 1.50: b, True: c, ~: d, 0x1F: e, .inf: f, !!str 7: g, !!int 8: h}")
        assert list(root) == ["200", "1.50", "True", "~", "0x1F", ".inf", "7", "8"]

    def test_every_duplicate_key_is_reported_with_both_places(self) -> None:
        first, second = findings("a: 1\nb: {c: 1, c: 2}\na: 2\n")
        assert (first.where, second.where) == (at(2, 11), at(3, 1))
        assert "x.yaml:2:5" in first.problem
        assert "x.yaml:1:1" in second.problem

    @pytest.mark.parametrize(
        "text", ['200: a\n"200": b\n', "true: a\n'true': b", "~: a\n'~': b\n", "1: a\n!!str 1: b\n"]
    )
    def test_keys_that_are_equal_as_text_collide(self, text: str) -> None:
        found = finding(text)
        assert found.where == at(2, 1)
        assert "x.yaml:1:1" in found.problem

    def test_numbers_that_are_written_differently_do_not_collide(self) -> None:
        assert list(nodes("1: a\n1.0: b\n")) == ["1", "1.0"]

    @pytest.mark.parametrize("text", ["? {a: 1}\n: 2\n", "? [a]\n: 2\n", "{[a]: 2}"])
    def test_a_key_that_is_no_scalar_is_refused(self, text: str) -> None:
        assert finding(text).code in ("key-not-text", "key-alias")

    def test_a_merge_key_is_refused(self) -> None:
        found = finding("a: &a {b: 1}\nc:\n  <<: *a\n")
        assert found.where == at(3, 3)
        assert found.code == "merge-key"

    def test_a_quoted_key_may_look_like_a_merge_key(self) -> None:
        assert nodes('"<<": 1') == {"<<": 1}

    def test_the_number_of_findings_is_bounded(self) -> None:
        found = findings("a: 1\n" * 5000)
        assert len(found) == builder.MAX_FINDINGS + 1
        assert "findings-too-many" in (found[-1].code, found[-2].code)


@pytest.mark.usefixtures("either_parser")
class TestAliases:
    def test_an_alias_is_a_copy_of_what_it_refers_to(self) -> None:
        root = nodes("a: &x {b: [1]}\nc: *x\n")
        assert root["c"] == {"b": [1]}
        assert root["c"] is not root["a"]
        assert root.map("c").seq("b") is not root.map("a").seq("b")

    def test_a_copy_keeps_the_position_of_the_original(self) -> None:
        assert nodes("a: &x {b: 1}\nc: *x\n").map("c").position_of("b") == at(1, 8)

    def test_an_alias_to_a_scalar_may_be_a_key(self) -> None:
        assert nodes("a: &x 0x1F\n*x : 2\n&y k: 3\nb: *y\n") == {
            "a": 31,
            "0x1F": 2,
            "k": 3,
            "b": "k",
        }

    def test_an_alias_to_a_mapping_may_not_be_a_key(self) -> None:
        assert finding("a: &x {}\n*x : 2\n").where == at(2, 1)

    def test_the_latest_anchor_of_a_name_counts(self) -> None:
        assert nodes("a: &x 1\nb: &x [&x 2]\nc: *x\n")["c"] == 2

    @pytest.mark.parametrize("text", ["a: *x\n", "a: &x 1\n--- \nb: *x\n", "a: *x\nb: &x 1\n"])
    def test_an_alias_without_an_anchor_before_it_is_refused(self, text: str) -> None:
        found = finding(text)
        assert "*x" in found.problem
        assert isinstance(found.where, Position)
        assert found.where.column == 4

    @pytest.mark.parametrize("text", ["&x {a: *x}", "&x {a: [1, {b: *x}]}", "a: &x [*x]"])
    def test_an_alias_within_its_own_anchor_is_refused(self, text: str) -> None:
        found = finding(text)
        assert found.code == "alias-endless"
        assert found.where == at(1, text.index("*") + 1)

    def test_an_alias_bomb_is_refused_before_it_grows(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = 0

        def counting(node: Node) -> Node:
            nonlocal made
            made += count(node)
            return copied(node)

        monkeypatch.setattr(builder, "copied", counting)
        bomb = "a0: &a0 [x]\n" + "".join(
            f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60)
        )
        assert finding(bomb).code == "aliases-too-many"
        assert 50_000 < made <= builder.MAX_ALIASED

    def test_aliases_are_counted_over_all_documents_of_a_file(self) -> None:
        one = f"a: &a [{', '.join('1' * 999)}]\nb: [{', '.join(['*a'] * 60)}]\n"
        assert len(parse(one, "x.yaml")) == 1
        assert finding(f"{one}---\n{one}").code == "aliases-too-many"

    @pytest.mark.parametrize(
        ("anchor", "use"),
        [
            ("&a {long}", "- *a"),
            ("&a {{? {long} : 1}}", "- *a"),
            ("&a {long}", "- {{*a : 1}}"),
            ("&a {{b: {long}}}", "- *a"),
        ],
        ids=["scalar", "key", "aliased key", "value"],
    )
    def test_aliases_are_counted_by_the_text_that_they_stand_for(
        self, anchor: str, use: str
    ) -> None:
        long = "x" * 100_000
        text = f"a: {anchor.format(long=long)}\nb:\n" + f"{use.format()}\n" * 50_000
        found = finding(text)
        assert "100000 nodes, or 10 MB of text" in found.problem
        assert isinstance(found.where, Position)
        assert 90 < found.where.line < 110

    def test_aliases_do_not_nest_deeper_than_written_nodes_may(self) -> None:
        half = "[" * 60 + "]" * 60
        assert finding(f"a: &a {half}\nb: {'[' * 60}*a{']' * 60}\n").code == "levels-too-many"
        assert nodes(f"a: &a {half}\nb: {'[' * 39}*a{']' * 39}\n")


class TestDepth:
    @pytest.mark.parametrize("file", ["x.yaml", "x.json"])
    def test_a_hundred_levels_may_be_nested(self, file: str) -> None:
        assert parse('{"a": ' + "[" * 99 + "]" * 99 + "}", file)

    @pytest.mark.parametrize(
        "text",
        [
            '{"a": ' + "[" * 100 + "]" * 100 + "}",
            '{"a":' * 101 + "1" + "}" * 101,
            "[" * 1_000_000,
            "{a: " * 300_000,
            "- " * 100_000,
            "".join(f"{' ' * n}a:\n" for n in range(300)),
        ],
        ids=["json lists", "json mappings", "brackets", "braces", "items", "indentation"],
    )
    def test_deeper_nesting_is_refused_where_it_happens(self, text: str) -> None:
        found = finding(text)
        assert "nested more than 100 levels" in found.problem
        assert isinstance(found.where, Position)


class TestPositions:
    def test_every_mapping_list_and_key_knows_where_it_was_written(self) -> None:
        root = nodes("# first\na:\n  b: 1\n  'c':\n    - d: 2\n    - []\n")
        assert root.position == at(2, 1)
        assert root.position_of("a") == at(2, 1)
        assert root.map("a").position == at(3, 3)
        assert root.map("a").position_of("c") == at(4, 3)
        items = root.map("a").seq("c")
        assert items.position == at(5, 5)
        assert next(items.maps()).position_of("d") == at(5, 7)
        assert isinstance(items[1], Seq)
        assert items[1].position == at(6, 7)

    def test_json_positions_count_tabs_and_crlf(self) -> None:
        (root,) = parse('{\r\n\t"a": {\r\n\t\t"b": [\r\n{}]}}', "x.json")
        assert root.map("a").position_of("b") == at(3, 3, "x.json")
        assert root.map("a").seq("b").position == at(3, 8, "x.json")
        assert next(root.map("a").seq("b").maps()).position == at(4, 1, "x.json")

    def test_columns_count_characters_not_bytes(self) -> None:
        assert nodes('{"é😀": 1, b: 2}').position_of("b") == at(1, 11)

    def test_positions_are_those_of_the_text_after_its_byte_order_mark(self) -> None:
        assert nodes("\ufeffa: 1").position_of("a") == at(1, 1)
        assert nodes('\ufeff{"a": 1}').position_of("a") == at(1, 2)


class TestStreams:
    def test_all_documents_of_a_stream_are_read_and_empty_ones_skipped(self) -> None:
        text = "---\n---\na: 1\n---\n~\n---\n# nothing\n---\nb: 2\n...\n---\n"
        assert [plain(root) for root in parse(text, "x.yaml")] == [{"a": 1}, {"b": 2}]

    @pytest.mark.parametrize("text", ["", "\n", "# words\n", "---\n", "null", "\ufeff"])
    def test_a_text_may_have_no_document(self, text: str) -> None:
        assert parse(text, "x.yaml") == []

    @pytest.mark.parametrize(
        ("text", "kind"),
        [("- 1", "a list"), ("x", "a string"), ("[1]", "a list"), ("3", "a number")],
    )
    def test_a_document_that_is_no_mapping_is_refused(self, text: str, kind: str) -> None:
        found = finding("\n" + text)
        assert found.where == at(2, 1)
        assert kind in found.problem

    def test_findings_of_several_documents_are_reported_together(self) -> None:
        assert [f.where for f in findings("- 1\n---\na: .nan\na: 1\n---\nx\n")] == [
            at(1, 1),
            at(3, 4),
            at(4, 1),
            at(6, 1),
        ]


@pytest.mark.usefixtures("either_parser")
class TestStrings:
    @pytest.mark.parametrize("pair", ["\\ud83d\\ude00", "\\uD83D\\uDE00", "\\U0001f600", "😀"])
    def test_surrogate_pairs_in_yaml_are_one_character(self, pair: str) -> None:
        assert nodes(f'"{pair}k": "{pair}"\nb: 1') == {"😀k": "😀", "b": 1}

    def test_an_escape_that_is_only_text_stays_text(self) -> None:
        root = nodes("a: \\ud83d\nb: '\\ud83d'\nc: \"\\ud83d\\ude00\"")
        assert root == {"a": "\\ud83d", "b": "\\ud83d", "c": "😀"}

    @pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\ude00\\ud83d"])
    @pytest.mark.parametrize("text", ['{"a": "@"}', '{"@": 1}', "a: [1, \"@\"]\nb: '1'"])
    def test_half_a_surrogate_pair_is_refused(self, half: str, text: str) -> None:
        found = finding(text.replace("@", half))
        assert found.code in ("string-half-character", "character-half")
        assert found.where == at(1, text.index("@"))

    @pytest.mark.parametrize("char", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x80", "\x9f",
                                      "\ufffe", "\uffff", "\ud800"])  # fmt: skip
    @pytest.mark.parametrize("text", ['{"a": "x@"}', "a: x@", "# @", "@"])
    def test_raw_control_characters_are_refused(self, char: str, text: str) -> None:
        found = finding("\r\n" + text.replace("@", char))
        assert found.where == at(2, text.index("@") + 1)
        assert f"U+{ord(char):04X}" in found.problem

    def test_all_control_characters_are_reported_up_to_a_bound(self) -> None:
        assert [f.where for f in findings("a: \x07\nb: \x08\n")] == [at(1, 4), at(2, 4)]
        assert len(findings("\x00" * 100_000)) == 20

    def test_escaped_control_characters_are_allowed(self) -> None:
        assert nodes('a: "\\x07\\0\\x7f\\u0085"') == {"a": "\x07\0\x7f\x85"}

    @pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
    def test_separators_that_yaml_1_2_does_not_call_breaks_are_ordinary_text(
        self, char: str
    ) -> None:
        root = nodes(f"a{char}b: c{char}d\ne: 'f{char} g'\nh: \"\\U000F0000{char}\"\n")
        assert root == {f"a{char}b": f"c{char}d", "e": f"f{char} g", "h": f"\U000f0000{char}"}
        assert root.position_of("e") == at(2, 1)

    def test_crlf_is_a_line_break(self) -> None:
        assert nodes("a: |\r\n  x\r\n  y\r\nb: 1\r\n") == {"a": "x\ny\n", "b": 1}

    @pytest.mark.parametrize("escape", ["\\UFFFFFFFF", "\\U00110000", "\\uD83", "\\q"])
    def test_an_escape_of_no_character_is_refused(self, escape: str) -> None:
        assert "escape" in finding(f'a: 1\nb: "{escape}"').problem


@pytest.mark.usefixtures("either_parser")
class TestBrokenYaml:
    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("a: b: c", 1, "a colon appears where a key is not allowed"),
            ("a:\n  b: 1\n c: 2\n", 3, "a line is neither a key"),
            ("a: 1\nb\nc: 2\n", 3, "a key has no colon after it"),
            ("a: 'x\n", 2, "no closing quote"),
            ("a: [1, 2\nb: 3\n", 2, "a list in brackets is not closed"),
            ("a: {b: 1\n", 2, "a mapping in braces is not closed"),
            ("a:\n\tb: 1\n", 2, ""),
            ("a: %x\n", 1, "YAML reserves"),
            ("a: - b\n", 1, "a list item appears where it is not allowed"),
            ("a: !e!x 1\n", 1, "a tag is used that is not declared"),
            ("a: {b: ]}\n", 1, ""),
            ("a: & b\n", 1, "`&` or `*` must be followed by a name"),
            ("a: 1\n}\n", 2, ""),
            ("%YAML 3.0\n--- {}\n", 1, ""),
            ("a: !%ED%A0%80 x\n", 1, ""),
        ],
    )
    def test_a_broken_line_is_named_in_plain_words(self, text: str, line: int, words: str) -> None:
        found = finding(text)
        assert isinstance(found.where, Position)
        assert found.where.line == line
        assert found.problem.startswith("this is not valid YAML: ")
        assert words in found.problem
        assert "<block" not in found.problem

    def test_where_the_broken_part_began_is_told(self) -> None:
        assert "began at line 2, column 4" in finding("x: 1\na: [1,\n\n2\nb: 3").problem

    def test_what_was_found_before_the_break_is_told_too(self) -> None:
        first, second = findings("a: 1\na: 2\nb: [")
        assert first.code == "key-twice"
        assert second.code.startswith("yaml")
