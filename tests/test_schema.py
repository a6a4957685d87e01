"""The JSON Schemas: they are those of the model, and say what the checker says."""

from __future__ import annotations

import datetime
import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema.exceptions import ValidationError
from pydantic import Tag

import profiles
from notices.facts import model
from notices.facts.jsonschema import schema_files, schemas
from notices.facts.salvage import validate
from notices.facts.source import parse_yaml, read_yaml
from notices.facts.values import form
from notices.problem import Faulty
from sitehouse import ROOT, SAMPLE_ROOT
from test_handbook import ITEM, NOTICE, PUBLISHER

DATA = SAMPLE_ROOT / "data"
SCHEMA_FOLDER = ROOT / "data" / "schema"
KINDS: dict[str, type[model.Facts]] = {
    "site": model.Site,
    "vocabulary": model.Vocabulary,
    "notice": model.Notice,
    "item": model.Item,
    "kind": model.Kind,
    "publisher": model.Publisher,
}
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def vocabulary(root: Path = SAMPLE_ROOT) -> model.Vocabulary:
    return validate(read_yaml(root, "data/vocabulary.yml"), model.Vocabulary)


def data_files() -> list[Path]:
    return [path for path in sorted(DATA.rglob("*.yml")) if path.parent != SCHEMA_FOLDER]


def kind_of(path: Path) -> str:
    kinds = {"items": "item", "kinds": "kind", "publishers": "publisher"}
    return kinds.get(path.parent.name, path.stem)


def test_the_schemas_that_are_kept_are_those_of_the_model() -> None:
    """When this fails: ``notices schema``."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in SCHEMA_FOLDER.iterdir()}
    assert kept == dict(schema_files(vocabulary(ROOT)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_allows_no_other_keys(kind: str) -> None:
    schema = schemas(vocabulary())[kind]
    jsonschema.Draft7Validator.check_schema(schema)
    objects = [schema, *schema.get("definitions", {}).values()]
    assert [part["additionalProperties"] for part in objects] == [False] * len(objects)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_a_word_of_help_in_chinese(kind: str) -> None:
    schema = schemas()[kind]
    for part in [schema, *schema.get("definitions", {}).values()]:
        for key, field in part["properties"].items():
            assert re.search("[\u4e00-\u9fff]", field.get("description", "")), key


def test_statuses_and_findings_are_those_of_the_vocabulary() -> None:
    known = vocabulary()
    statuses, findings = known.ids(), [each.id for each in known.findings]
    item = schemas(known)["item"]
    parts = [item, *item["definitions"].values()]
    for key, words, times in (("status", statuses, 4), ("found", findings, 1)):
        fields = [part["properties"][key] for part in parts if key in part["properties"]]
        enums = [text["enum"] for field in fields for text in field.get("anyOf", [field])[:1]]
        assert enums == [words] * times
    listed, _ = schemas(known)["kind"]["properties"]["statuses"]["anyOf"]
    assert listed["items"]["enum"] == statuses


@pytest.mark.parametrize("path", data_files(), ids=lambda path: path.relative_to(DATA).as_posix())
def test_each_data_file_names_its_schema_in_its_first_line(path: Path) -> None:
    match = MODELINE.match(path.read_text(encoding="utf-8"))
    assert match, "no modeline"
    assert (path.parent / match[1]).resolve() == DATA / "schema" / f"{kind_of(path)}.json"


# The two verdicts. JSON is poorer than YAML, and there alone a schema cannot say what the checker
# says: it has no dates, so a quoted one is as good as a bare one; every key is a text; and patterns
# are read as JavaScript reads them, by Python in part otherwise. Each of these is made up for here,
# so that nothing else can differ unseen. What a file says as it is typed: test_editors.py.


class Day(str):
    """A date of YAML, as the text that it is to JSON."""


def to_json(value: Any) -> Any:
    """Return what YAML made of a file as values of JSON; a quoted number as a key stays quoted."""
    match value:
        case datetime.datetime():
            return value.isoformat()
        case datetime.date():
            return Day(value.isoformat())
        case dict():
            return {_json_key(key): to_json(each) for key, each in value.items()}
        case list():
            return [to_json(each) for each in value]
    return value


def _json_key(key: str | int) -> str:
    return f"'{key}'" if isinstance(key, str) and re.fullmatch("-?[0-9]+", key) else str(key)


def _type(validator: Any, types: Any, value: Any, schema: dict[str, Any]) -> Iterator[Any]:
    """The keyword ``type``, for which a quoted text is no date."""
    if isinstance(value, str) and schema.get("format") == "date" and not isinstance(value, Day):
        yield ValidationError("no date where there should be one")
    yield from _plain_type(validator, types, value, schema)


def _pattern(validator: Any, pattern: str, value: Any, schema: dict[str, Any]) -> Iterator[Any]:
    """The keyword ``pattern``, whose $ is the end of the text and not a line break before it."""
    white = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    pattern = pattern.replace("$", r"\Z").replace(r"\s", white)
    if isinstance(value, str) and not re.search(pattern, value):
        yield ValidationError("does not match")


_plain_type: Any = jsonschema.Draft7Validator.VALIDATORS["type"]
_extend: Any = jsonschema.validators.extend
_types: Any = jsonschema.Draft7Validator.TYPE_CHECKER
_Validator: Any = _extend(
    jsonschema.Draft7Validator,
    {"type": _type, "pattern": _pattern},
    type_checker=_types.redefine("integer", lambda _, value: type(value) is int),
)
SCHEMAS = schemas()
DOCUMENT = read_yaml(SAMPLE_ROOT, "data/site.yml")  # whose places stand in for those of any value


def schema_accepts(kind: str, value: Any) -> bool:
    checker = jsonschema.FormatChecker(["date"])
    return bool(_Validator(SCHEMAS[kind], format_checker=checker).is_valid(to_json(value)))


def checker_accepts(kind: str, value: Any) -> bool:
    try:
        validate(replace(DOCUMENT, value=deepcopy(value)), KINDS[kind])
    except Faulty:
        return False
    return True


def examples() -> dict[str, list[Any]]:
    """Return sound values of each kind: those of the project, and the handbook's, with all keys."""
    found: dict[str, list[Any]] = {
        "item": [parse_yaml("x.yml", ITEM).value],
        "notice": [parse_yaml("x.yml", NOTICE).value],
        "publisher": [parse_yaml("x.yml", PUBLISHER).value],
    }
    for path in data_files():
        found.setdefault(kind_of(path), []).append(
            read_yaml(SAMPLE_ROOT, path.relative_to(SAMPLE_ROOT).as_posix()).value
        )
    return found


EXAMPLES = examples()


@pytest.mark.parametrize("kind", KINDS)
def test_both_accept_what_is_sound(kind: str) -> None:
    for value in EXAMPLES[kind]:
        assert (schema_accepts(kind, value), checker_accepts(kind, value)) == (True, True)


WRONG = {
    "no title": ("item", "status: unstated"),
    "an empty title": ("item", "title:"),
    "a title of no characters": ("item", "title: ''"),
    "a number as title": ("item", "title: 5"),
    "a boolean as title": ("item", "title: true"),
    "markup in a title": ("item", "title: <b>甲</b>"),
    "two lines in a title": ("item", 'title: "甲\\n乙"'),
    "a line break at the end of a title": ("item", 'title: "甲\\n"'),
    "an unknown key": ("item", "{title: 甲, titel: 乙}"),
    "an unknown key deep inside": ("item", "{title: 甲, basis: {qoute: 乙}}"),
    "a quoted date": ("item", "{title: 甲, deadline: '2020-01-01'}"),
    "a date with a time": ("item", "{title: 甲, deadline: 2020-01-01 10:00:00}"),
    "a date that is a text": ("item", "{title: 甲, deadline: 2020年1月1日}"),
    "a list of one that is no list": ("item", "{title: 甲, documents: 乙}"),
    "a number in a list of texts": ("item", "{title: 甲, documents: [5]}"),
    "a list of measures": ("item", "{title: 甲, measures: [{}]}"),
    "a measure by a word": ("item", "{title: 甲, measures: {一: {}}}"),
    "a measure by a quoted number": ("item", "{title: 甲, measures: {'1': {}}}"),
    "an empty measure": ("item", "{title: 甲, measures: {1: }}"),
    "an update without its source": (
        "item", "{title: 甲, updates: [{date: 2020-01-01, text: 乙}]}",
    ),
    "a mistyped audience": ("item", "{title: 甲, audience: partly}"),
    "a site without publisher": ("site", "{}"),
    "an empty vocabulary": ("vocabulary", "statuses: []"),
    "a status with a capital": (
        "vocabulary", "statuses: [{id: Done, label: 甲, definition: 乙, tone: done}]",
    ),
    "a tone that does not exist": (
        "vocabulary", "statuses: [{id: done, label: 甲, definition: 乙, tone: red}]",
    ),
    "a total with a fraction": ("notice", "stated: {items: 2.5}"),
    "a total below nothing": ("notice", "stated: {items: -1}"),
    "a total that is none": ("notice", "stated: {items: 10000}"),
    "a list without entries": ("notice", "known_discrepancies:"),
    "an entry without its values": ("notice", "known_discrepancies: [{rule: , at: , note: }]"),
    "no measure": ("item", "{title: 甲, measures: {0: {}}}"),
    "a total in quotes": ("notice", "stated: {items: '2'}"),
    "an address that is none": ("notice", "contact: {email: example.com}"),
    "a place that is a list": ("notice", "known_discrepancies: [{rule: 甲, at: [1], note: 乙}]"),
    "a place that is a boolean": (
        "notice", "known_discrepancies: [{rule: 甲, at: true, note: 乙}]",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), WRONG.values(), ids=WRONG.keys())
def test_both_refuse_what_is_wrong(kind: str, text: str) -> None:
    """A fault of a notice is laid over a sound one, so that nothing else is wrong with it."""
    value = parse_yaml("x.yml", text).value
    if kind == "notice":
        value = {**EXAMPLES["notice"][0], **value}
    assert (schema_accepts(kind, value), checker_accepts(kind, value)) == (False, False)


TEXTS = ["yes", "no", "1:30", "1_000", "2020-01-01", "2020-02-30", "0b1", "nULL", "="]


@pytest.mark.parametrize("text", TEXTS)
def test_what_yaml_1_2_takes_for_text_is_text_to_both(text: str) -> None:
    value = parse_yaml("x.yml", f"title: {text}").value
    assert (schema_accepts("item", value), checker_accepts("item", value)) == (True, True)
    assert validate(parse_yaml("x.yml", f"title: {text}"), model.Item).title == text


DAYS = {
    True: ["0001-01-01", "2020-02-29", "2000-02-29", "2023-12-31", "9999-12-31"],
    False: [
        "0000-01-01", "1900-02-29", "2021-02-29", "2020-02-30", "2020-04-31", "2020-13-01",
        "2020-00-01", "2020-01-00", "2020-01-32", "2020-1-1", "20200101", "2020-01-01T00:00:00",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("day", "is_one"), [(day, is_one) for is_one in DAYS for day in DAYS[is_one]]
)
def test_a_day_of_the_calendar_is_one_to_both(day: str, is_one: bool) -> None:
    value = parse_yaml("x.yml", f"{{title: 甲, deadline: {day}}}").value
    assert (schema_accepts("item", value), checker_accepts("item", value)) == (is_one, is_one)


def patterns(schema: Any) -> Iterator[str]:
    """Yield every pattern in ``schema``, those of keys, too."""
    for part in parts(schema):
        if isinstance(part, dict):
            yield from (each for key, each in part.items() if key == "pattern")
            yield from part.get("patternProperties", ())


def test_every_pattern_is_one_to_strict_programs() -> None:
    """They read patterns as JavaScript does in its strict mode (``u``)."""
    found = sorted({each for schema in schemas().values() for each in patterns(schema)})
    code = "for (const each of JSON.parse(process.argv[1])) new RegExp(each, 'u')"
    node = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [node, "-e", code, json.dumps(found)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert found


def test_the_schemas_are_sound_to_check_jsonschema() -> None:
    program = Path(sys.executable).with_name("check-jsonschema")
    files = sorted(SCHEMA_FOLDER.glob("*.json"))
    done = subprocess.run(
        [program, "--check-metaschema", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def parts(value: Any) -> Iterator[Any]:
    """Yield ``value`` and all that is in it."""
    yield value
    for each in value.values() if isinstance(value, dict) else ():
        yield from parts(each)
    for each in value if isinstance(value, list) else ():
        yield from parts(each)


KNOWN_PARTS = [part for values in EXAMPLES.values() for value in values for part in parts(value)]
KNOWN_KEYS = sorted(
    {key for part in KNOWN_PARTS if isinstance(part, dict) for key in part}, key=str
)
LOOK_LIKE_OURS = ["|", "|outline text", "|outline levels", "|contact one", "[key]"]
"""Keys that look like what pydantic writes between those of a file."""
KEYS = st.sampled_from(KNOWN_KEYS + LOOK_LIKE_OURS) | st.integers(-1, 12) | st.text(max_size=3)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-1000, 1000).map(lambda number: number + 0.5),
    st.sampled_from([math.inf, math.nan]),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["", "\n", "甲\n", "<", "a@b", "1", "2020-01-01"]),
)
VALUES = st.sampled_from(KNOWN_PARTS) | st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)


@st.composite
def mutants(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw a kind, and a sound value of it with up to three things changed in it."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    value = deepcopy(draw(st.sampled_from(EXAMPLES[kind])))
    for _ in range(draw(st.integers(1, 3))):
        inner = [part for part in parts(value) if isinstance(part, dict | list) and part]
        _spoil(draw, draw(st.sampled_from(inner or [value])))
    return kind, value


def _spoil(draw: st.DrawFn, part: Any) -> None:
    """Change, remove or add an entry of a mapping or list."""
    places = list(part) if isinstance(part, dict) else list(range(len(part)))
    change = draw(st.sampled_from(["replace", "remove", "add"])) if places else "add"
    value = None if change == "remove" else deepcopy(draw(VALUES))
    if change == "remove":
        del part[draw(st.sampled_from(places))]
    elif isinstance(part, dict):
        part[draw(st.sampled_from(places) if change == "replace" else KEYS)] = value
    else:
        part[draw(st.sampled_from(places)) if change == "replace" else slice(0, 0)] = (
            value if change == "replace" else [value]
        )


@settings(max_examples=profiles.INPUTS)
@given(mutants())
@example(("item", {"title": "甲", "|": "乙"}))
@example(("item", {"title": "甲", "[key]": "乙"}))
def test_both_say_the_same_of_anything(mutant: tuple[str, Any]) -> None:
    kind, value = mutant
    assert schema_accepts(kind, value) == checker_accepts(kind, value)


def forms(of: Any) -> Iterator[str]:
    """Yield the names of the forms in which a value of this type may be written."""
    yield from (each.tag for each in getattr(of, "__metadata__", ()) if isinstance(each, Tag))
    for inner in get_args(of):
        yield from forms(inner)


def test_each_form_is_called_for_its_key_as_what_is_told_of_it_relies_on() -> None:
    fields = {
        (field.alias or name, each)
        for kind in vars(model).values()
        if isinstance(kind, type) and issubclass(kind, model.Facts)
        for name, field in kind.model_fields.items()
        for each in forms(field.annotation)
    }
    assert {key for key, _ in fields} >= {"contact", "deadline", "outline"}
    assert all(name.startswith(form(key)) for key, name in fields)
