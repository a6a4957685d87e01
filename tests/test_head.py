"""The head of a page: three keys with plain values, and nobody finds one where we find none."""

from __future__ import annotations

import pytest
from mkdocs.utils.meta import get_data

from notices.facts import model
from notices.facts.head import body_of, read_head
from notices.problem import Faulty

HEAD = "---\ntitle: 甲\ndescription: 乙\nhide: [navigation, toc]\n---\n# 丙\n"


def test_a_head_says_title_description_and_what_to_hide() -> None:
    expected = model.Head(title="甲", description="乙", hide=["navigation", "toc"])
    assert read_head("x.md", HEAD) == expected
    assert read_head("x.md", HEAD.replace("\n", "\r\n")) == expected


def test_a_page_needs_no_head() -> None:
    assert read_head("x.md", "# 丙\n") == read_head("x.md", "") == model.Head()


REFUSED = {
    "another template": ("template: x.html", "2:1: [unknown-key]"),
    "a key of the theme's": ("search: {exclude: true}", "2:1: [unknown-key]"),
    "a tag": ("title: 甲<script>", "2:8: [wrong-value]"),
    "a closing tag": ("title: </title>甲", "2:8: [wrong-value]"),
    "two lines": ('title: "甲\\n乙"', "2:8: [wrong-value]"),
    "another sidebar": ("hide: [footer]", "2:8: [wrong-value]"),
    "a tag of YAML's": ("title: !!python/name:os.system x", "2:8: [yaml]"),
    "the same key twice": ("title: 甲\ntitle: 乙", "3:1: [duplicate-key]"),
    "a list": ("- title", "1:1: [yaml]"),
}


@pytest.mark.parametrize(("lines", "told"), REFUSED.values(), ids=REFUSED.keys())
def test_whatever_else_it_says_is_told_where_it_stands(lines: str, told: str) -> None:
    with pytest.raises(Faulty) as refused:
        read_head("x.md", f"---\n{lines}\n---\n")
    assert str(refused.value.problems[0]).startswith(f"x.md:{told}")


def test_a_head_without_its_end_is_told() -> None:
    with pytest.raises(Faulty, match="page-head"):
        read_head("x.md", "---\ntitle: 甲\n# 丙\n")


@pytest.mark.parametrize(
    "page",
    [
        HEAD,
        f"{HEAD}---\ntemplate: x.html\n---\n",
        HEAD.replace("---\n# ", "...\ntemplate: x.html\n---\n# "),
        HEAD.replace("\n", "\r"),
        "template: x.html\ntitle: <script>\n\n# 丙\n",
        "\ufefftemplate: x.html\n",
        "--- \ntitle: 甲\n---\t\ntemplate: x.html\n",
        "---\t\ntemplate: x.html\n...\n",
    ],
)
def test_mkdocs_finds_no_head_in_a_body(page: str) -> None:
    """Neither between lines of dashes nor as keys and colons alone."""
    body = body_of(page)
    assert get_data(body)[1] == {}
    assert "\r" not in body


def test_the_lines_of_a_body_are_those_of_the_page() -> None:
    assert body_of(HEAD).split("\n")[5] == "# 丙"
