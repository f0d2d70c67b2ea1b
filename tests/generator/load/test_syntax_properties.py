"""What holds for every text that is read, and for every document that is written and read back."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.document import Map, Node, Seq, plain
from generator.findings import GeneratorError
from generator.load import yaml_syntax
from generator.load.syntax import parse
from generator.yaml_scalars import plain_scalar

pytestmark = pytest.mark.slow

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)
json_roots = st.dictionaries(st.text(), json_values)


def _quoted_if_need_be(text: str) -> bool:
    """Whether PyYAML, which writes YAML 1.1, quotes what is a number in YAML 1.2: not so `0E0`."""
    try:
        return isinstance(plain_scalar(text), str) or yaml.safe_dump(text)[0] in "'\""
    except ValueError:
        return False


texts = st.text().filter(_quoted_if_need_be)
text_roots = st.dictionaries(
    texts,
    st.recursive(
        texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20
    ),
)


@given(json_roots, st.sampled_from([None, 2, "\t"]), st.sampled_from(["x.json", "x.yaml"]))
def test_json_that_was_dumped_is_read_back(
    data: dict[str, object], indent: str | int | None, file: str
) -> None:
    (root,) = parse(json.dumps(data, indent=indent), file)
    assert json.dumps(plain(root)) == json.dumps(data)


@given(text_roots, st.booleans())
def test_yaml_that_was_dumped_is_read_back(data: dict[str, object], flow: bool) -> None:
    (root,) = parse(yaml.safe_dump(data, default_flow_style=flow, sort_keys=False), "x.yaml")
    assert plain(root) == data


@given(json_roots, st.booleans())
def test_the_position_of_every_key_points_at_the_key(data: dict[str, object], ascii: bool) -> None:  # noqa: A002
    text = json.dumps(data, indent=2)
    lines = text.split("\n")

    def check(node: Node) -> None:
        if isinstance(node, Map):
            assert set(node.key_positions) == set(node)
            for key, position in node.key_positions.items():
                quoted = json.dumps(key)
                line = lines[position.line - 1]
                assert line[position.column - 1 :].startswith(quoted + ": ")
        if isinstance(node, Map | Seq):
            position = node.position
            assert lines[position.line - 1][position.column - 1] == "{["[isinstance(node, Seq)]
            for item in node.values() if isinstance(node, Map) else node:
                check(item)

    check(parse(text, "x.json")[0])


syntax_soup = st.lists(
    st.sampled_from(
        [*":-?[]{},#&*!|>'\"%@`\\ \t\n\r~=<.0129abenrtuxUNL\x85\u2028\ufeff\ud83d\x00",
         "---\n", "...\n", "\n  ", "\\ud83d", "\\ude00", "\\UFFFFFFFF", "!!int ", "%YAML 1.2\n",
           "%TAG ! !\n", "&a ", "*a ", "<<: ", "a: ", "- ", "? ", '"', "0x", ".inf", "!<%ff>"]
    )
).map("".join)  # fmt: skip


@pytest.mark.parametrize("loader", ["libyaml", "python"])
@given(text=st.text() | syntax_soup, file=st.sampled_from(["x.json", "x.yaml"]))
def test_any_text_is_read_or_refused(loader: str, text: str, file: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if loader == "python":
            patch.setattr(yaml_syntax, "_FAST", yaml.SafeLoader)
        try:
            roots = parse(text, file)
        except GeneratorError as error:
            roots, refused = [], error.findings
        else:
            refused = []
    assert all(finding.cure for finding in refused)
    json.dumps([plain(root) for root in roots], allow_nan=False)
