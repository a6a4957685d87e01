"""What may be taken away of a notice: every format has the same text and facts."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import jsonschema
import pytest
from icalendar import Calendar

from exporting import (
    BASE,
    TEMPLATES,
    Made,
    docx_text,
    editions,
    kept_exports,
    make,
    pdf_text,
    squeezed,
)  # fmt: skip
from notices.cache import Drawer, open_cache
from notices.catalogue import addresses
from notices.catalogue.loading import load
from notices.catalogue.summary import Archive
from notices.facts import model
from notices.outputs.exports import (
    OUTPUTS,
    beside,
    deadlines_ics,
    exports_beside,
    make_exports,
    outputs,
    shape,
)
from notices.outputs.exports.edition import Edition
from notices.outputs.exports.items_csv import harmless
from notices.outputs.exports.outputs import Output
from notices.outputs.exports.sitewide import CATALOGUE, DEADLINES
from notices.problem import Faulty, Place, Problem
from publishing import clean
from sitehouse import ROOT, SAMPLE, room

FICTIONAL = "fictional-2020"


@pytest.fixture(scope="module")
def all_made(two_notices: Path) -> dict[str, Made]:
    return {notice: make(edition) for notice, edition in editions(two_notices).items()}


@pytest.fixture(params=[SAMPLE, FICTIONAL])
def made(all_made: dict[str, Made], request: pytest.FixtureRequest) -> Made:
    return all_made[request.param]


@pytest.fixture
def data(made: Made) -> Any:
    return json.loads(made.files["notice.json"])


def test_pages_may_lead_to_every_format() -> None:
    """What links may lead to is told apart from how it is made."""
    assert tuple(output.name for output in OUTPUTS) == addresses.EXPORTS


def test_every_format_says_the_approved_text(made: Made, data: Any) -> None:
    """PDF and DOCX as it is read, JSON as its sections follow one another; not a character more."""
    approved = squeezed(made.edition.notice.approved)
    assert squeezed(pdf_text(made)) == approved
    assert squeezed(docx_text(made)) == approved
    assert squeezed("".join([*data["preamble"], *map(text_of, data["sections"])])) == approved


def text_of(section: dict[str, Any]) -> str:
    own = [section["heading"], *section["text"]]
    return "".join([*own, *map(text_of, section["sections"])])


def test_every_format_has_every_item_with_its_status(made: Made, data: Any) -> None:
    expected = [
        (item.id, item.facts.title, made.edition.label(item.status))
        for item in made.edition.notice.items
    ]
    assert [(it["id"], it["title"], it["status"]["label"]) for it in data["items"]] == expected
    told = [(f"问题{item_id}", title, label) for item_id, title, label in expected]
    names = ("编号", "问题", "问题状态")
    assert [*dict.fromkeys(tuple(row[name] for name in names) for row in made.csv)] == told
    assert [tuple(row[name] for name in names) for row in made.sheet("问题")] == told
    (table,) = made.docx.tables
    assert [tuple(cell.text for cell in row.cells[:3]) for row in table.rows][1:] == expected
    annex = squeezed(annex_of(made))
    assert [squeezed("".join(row)) for row in expected if squeezed("".join(row)) not in annex] == []


def annex_of(made: Made) -> str:
    pages = [page.extract_text() for page in made.pdf.pages]
    first = next(number for number, text in enumerate(pages) if "问题整改情况一览表" in text)
    return "".join(pages[first:])


def test_every_format_has_every_measure_and_its_basis(made: Made, data: Any) -> None:
    measures = [each for item in made.edition.notice.items for each in item.measures]
    texts = [["\n".join(each.texts), made.edition.label(each.facts.status)] for each in measures]
    told = [each for item in data["items"] for each in item["measures"]]
    assert [["\n".join(each["text"]), each["status"]["label"]] for each in told] == texts
    assert [[row["措施"], row["措施状态"]] for row in made.sheet("措施")] == texts
    assert [[row["措施"].removeprefix("'"), row["措施状态"]] for row in made.csv] == texts
    quotes = [each.facts.basis.quote for each in measures if each.facts.basis]
    annex = squeezed(annex_of(made))
    cells = [cell.text for cell in made.docx.tables[0].columns[3].cells]
    for words in filter(None, quotes):
        assert squeezed(words) in annex
        assert any(words in cell for cell in cells)
        assert any(words in row["措施依据"] for row in made.csv)


def test_facts_of_every_kind_are_in_every_format(all_made: dict[str, Made]) -> None:
    """The fictional notice has all that can be known of an item."""
    made = all_made[FICTIONAL]
    words = {
        "虚构领导", "虚构部门", "虚构人员", "虚构目标", "虚构学习制度(试行)", "虚构核查报告",
        "虚构巡察组", "虚构验收单", "虚构会议清单", "关于虚构延期的批复",
    }  # fmt: skip
    table = "".join(cell.text for row in made.docx.tables[0].rows for cell in row.cells)
    rows = "".join(str(row) for name in made.xlsx.sheetnames for row in made.sheet(name))
    texts = (annex_of(made), table, rows, made.files["notice.json"].decode())
    for text in texts:
        assert {word for word in words if squeezed(word) not in squeezed(text)} == set()
    assert {word for word in words if word not in made.files["items.csv"].decode()} == set()
    for update in ("第一期虚构培训办完。", "全部虚构培训办完。"):
        assert all(update in squeezed(text) for text in texts)
    for day, text in (("2020年12月31日", annex_of(made)), ("2020-12-31", str(made.csv))):
        assert day in squeezed(text)


def test_the_data_is_what_its_own_schema_says(all_made: dict[str, Made], data: Any) -> None:
    """And the schema itself is sound, and refuses what it does not know."""
    schema = shape.schema(BASE + shape.SCHEMA)
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    checked = validator(schema, format_checker=validator.FORMAT_CHECKER)
    checked.validate(data)
    assert data["$schema"] == schema["$id"]
    assert data["version"] == shape.VERSION
    assert not checked.is_valid(data | {"unknown": 1})
    assert not checked.is_valid({key: data[key] for key in data if key != "items"})


def test_what_is_not_known_is_absent(made: Made) -> None:
    assert "null" not in made.files["notice.json"].decode()


@pytest.mark.parametrize("base", [BASE, ""])
def test_links_lead_where_things_stand(two_notices: Path, two_sites: Path, base: str) -> None:
    """Absolute ones where the address of the site is known, else relative to the file."""
    page = (two_sites / f"notices/{SAMPLE}/index.html").read_text(encoding="utf-8")
    written = make_json(editions(two_notices, base)[SAMPLE])
    links = re.findall(r'"(?:url|\$schema)": "([^"]+)"', written)
    assert len(links) > 100
    assert all(bool(urlsplit(each).netloc) == bool(base) for each in links)
    for link in links:
        target, anchor = urldefrag(urljoin(f"{BASE}notices/{SAMPLE}/notice.json", link))
        assert target.startswith(BASE)
        path = two_sites / target.removeprefix(BASE)
        assert path.is_file() or (path / "index.html").is_file(), link
        assert not anchor or f'id="{anchor}"' in page, link


def make_json(edition: Edition) -> str:
    return next(output for output in OUTPUTS if output.label == "JSON").make(edition).decode()


def test_a_table_opens_right_in_a_spreadsheet(made: Made) -> None:
    """UTF-8 with BOM, lines that end in CR LF; no id that would become a date."""
    raw = made.files["items.csv"]
    assert raw.startswith(b"\xef\xbb\xbf")
    assert re.sub(rb"\r\n", b"", raw).count(b"\r") == 0
    assert raw.endswith(b"\r\n")
    assert all(re.fullmatch(r"问题\d+-\d+-\d+", row["编号"]) for row in made.csv)
    assert made.csv[0]["固定链接"].startswith(BASE)


def test_an_item_without_measures_has_a_row(two_notices: Path) -> None:
    edition = editions(two_notices)[FICTIONAL]
    bare = edition.notice.narrative.without({"1-1-1"})
    notice = replace(edition.notice, narrative=bare)
    for item in notice.items:
        item.section.paragraphs.clear()
    rows = make(replace(edition, notice=notice)).csv
    assert [row["编号"] for row in rows] == ["问题1-1-2", "问题2-1-1"]
    assert {row["措施"] for row in rows} == {""}


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "－1",
    " =1",
    "\u3000+1",
    '=HYPERLINK("x")',
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str, two_notices: Path) -> None:
    assert str(harmless(text)).startswith("'")
    assert harmless("甲=1") == "甲=1"
    edition = editions(two_notices)[FICTIONAL]
    item = edition.notice.item_records["1-1-1"]
    spoilt = replace(item, facts=item.facts.model_copy(update={"goal": text}))
    records = {**edition.notice.item_records, "1-1-1": spoilt}
    edition = replace(edition, notice=replace(edition.notice, item_records=records))
    tables = (each for each in OUTPUTS if each.name.startswith("items."))
    made = Made(edition, {each.name: each.make(edition) for each in tables})
    assert made.csv[0]["整改目标"].startswith("'")
    cells = [
        cell for row in made.xlsx["问题"].iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [cell for cell in cells if str(cell.value).strip() == text.strip()]


def test_a_workbook_can_be_read_filtered_and_printed(all_made: dict[str, Made]) -> None:
    book = all_made[FICTIONAL].xlsx
    assert book.sheetnames == ["问题", "措施", "进展"]
    assert all_made[SAMPLE].xlsx.sheetnames == ["问题", "措施"]
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
        assert all(8 <= size.width <= 80 for size in sheet.column_dimensions.values())


def test_a_workbook_has_no_column_that_says_nothing(made: Made) -> None:
    """And each row opens what it is about."""
    notice, base = made.edition.notice, made.edition.permalink()
    anchors: dict[str, list[str]] = {
        "问题": [each.id for each in notice.items],
        "措施": [each.id for item in notice.items for each in item.measures],
        "进展": [item.id for item in notice.items for _ in item.facts.updates],
    }
    for sheet in made.xlsx.worksheets:
        for column in sheet.iter_cols(min_row=2, values_only=True):
            assert any(cell is not None for cell in column)
        links = [row[0].hyperlink for row in sheet.iter_rows(min_row=2)]
        assert [link and link.target for link in links] == [
            f"{base}#{anchor}" for anchor in anchors[sheet.title]
        ]
    assert {"责任领导", "状态依据"} <= made.csv[0].keys(), "programs find every column each time"


def test_archives_tell_nothing_of_who_made_them(made: Made) -> None:
    """Nor when: times are the last day that the facts tell of."""
    day = made.edition.stamp
    for name in ("notice.docx", "items.xlsx"):
        with zipfile.ZipFile(io.BytesIO(made.files[name])) as archive:
            times = {entry.date_time for entry in archive.infolist()}
            core = archive.read("docProps/core.xml").decode()
            assert not [each for each in archive.namelist() if "thumbnail" in each]
        assert times == {(day.year, day.month, day.day, 0, 0, 0)}
        assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {f"{day}T"}
        assert made.edition.notice.facts.title in core
        assert "python" not in core


@pytest.mark.parametrize("day", ["0001-01-01", "1979-12-31", "2108-02-29", "9999-12-31"])
def test_archives_are_made_whatever_day_the_facts_tell_of(
    all_made: dict[str, Made], day: str
) -> None:
    """Also a day that a ZIP archive cannot name."""
    edition = all_made[FICTIONAL].edition
    facts = edition.notice.facts.model_copy(update={"published": datetime.date.fromisoformat(day)})
    record = replace(edition.notice.record, facts=facts)
    edition = replace(edition, notice=replace(edition.notice, record=record))
    for output in OUTPUTS:
        if output.name in ("notice.docx", "items.xlsx"):
            with zipfile.ZipFile(io.BytesIO(output.make(edition))) as archive:
                assert archive.testzip() is None


SCRIPT = """
import hashlib, sys
from pathlib import Path
from exporting import editions, make
for edition in editions(Path(sys.argv[1])).values():
    for name, data in make(edition).files.items():
        print(edition.notice.id, name, hashlib.sha256(data).hexdigest())
"""


def test_the_same_notice_gives_the_same_bytes(
    all_made: dict[str, Made], two_notices: Path, tmp_path: Path
) -> None:
    """In another folder, time zone, locale and year."""
    import hashlib  # noqa: PLC0415

    other = shutil.copytree(two_notices, tmp_path / "an other folder")
    there = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "1"}
    paths = {"PYTHONPATH": f"{ROOT / 'hooks'}:{ROOT / 'tests'}", "HOME": str(tmp_path)}
    done = subprocess.run(
        ["faketime", "2031-02-03 04:05:06", sys.executable, "-c", SCRIPT, str(other)],
        env={**clean(), **there, **paths}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split("\n")[:-1] == [
        f"{notice} {name} {hashlib.sha256(data).hexdigest()}"
        for notice, made in all_made.items()
        for name, data in made.files.items()
    ]


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notices of which exports were made, in the order of their making."""
    seen: list[str] = []

    def watched(edition: Edition) -> bytes:
        seen.append(edition.notice.id)
        return f"made of {edition.notice.id}".encode()

    for module in (beside, outputs):
        monkeypatch.setattr(module, "outputs_of", lambda _: [Output("x", "", "", "", "")])
    monkeypatch.setattr(Output, "make", lambda _, edition: watched(edition))
    return seen


def made_of(kept: Drawer, *editions: Edition) -> dict[str, str]:
    """Return what the exports of editions say, by address."""
    exports = kept_exports(editions, kept)
    return {address: each.content().decode() for address, each in exports.items()}


def test_only_a_changed_notice_is_made_again(
    two_notices: Path, tmp_path: Path, makings: list[str]
) -> None:
    project = shutil.copytree(two_notices, tmp_path / "project")
    kept = room(tmp_path)

    def build(base: str = BASE) -> list[str]:
        makings.clear()
        for address, text in made_of(kept, *editions(project, base).values()).items():
            assert f"notices/{text.removeprefix('made of ')}/x" == address
        return [*makings]

    assert build() == [FICTIONAL, SAMPLE]
    assert build() == []
    item = project / f"data/notices/{FICTIONAL}/items/1-1-2.yml"
    item.write_text(item.read_text(encoding="utf-8") + "goal: 新的虚构目标\n", encoding="utf-8")
    assert build() == [FICTIONAL]
    assert build() == []
    assert build("https://elsewhere.example.org/") == [FICTIONAL, SAMPLE]
    words = project / "data/vocabulary.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("计划中", "计划里"), "utf-8")
    assert build() == [FICTIONAL, SAMPLE]


def test_what_is_gone_is_made_again(two_notices: Path, tmp_path: Path, makings: list[str]) -> None:
    """Be it before exports are looked for, or between that and the moment they are written."""
    edition, kept = editions(two_notices)[SAMPLE], room(tmp_path)
    whole = made_of(kept, edition)
    kept.forget(())
    assert made_of(kept, edition) == whole
    (export,) = kept_exports([edition], kept).values()
    kept.forget(())
    assert [export.content().decode()] == [*whole.values()]
    assert makings == [SAMPLE] * 3


def test_another_template_or_font_makes_everything_anew(
    two_notices: Path, tmp_path: Path, makings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = editions(two_notices)[SAMPLE]
    made_of(room(tmp_path), edition)
    looks = shutil.copytree(TEMPLATES, tmp_path / "fragments")
    with (looks / "paper" / "notice.typ").open("a") as file:
        file.write(" ")
    made_of(room(tmp_path), replace(edition, templates=looks))
    monkeypatch.setattr("notices.outputs.exports.key.versions", lambda: "others")
    made_of(room(tmp_path), edition)
    assert makings == [SAMPLE] * 3


@pytest.mark.parametrize("name", [each.name for each in OUTPUTS])
def test_whatever_is_found_wrong_in_one_stops_it_now_and_later(
    name: str, two_notices: Path, tmp_path: Path
) -> None:
    """Whichever process makes it, and when it was kept."""
    problem = Problem(Place(name), "output-differs", "甲")

    def prove(address: str, data: bytes) -> list[Problem]:
        return [problem] if data and address.endswith(name) else []

    edition, kept = editions(two_notices)[SAMPLE], room(tmp_path)
    for _ in range(2):
        with pytest.raises(Faulty) as caught:
            make_exports(exports_beside(edition, kept), prove)
        assert caught.value.problems == (problem,)


def test_heavy_libraries_are_left_alone_when_nothing_changed(
    two_notices: Path, tmp_path: Path
) -> None:
    kept_exports(editions(two_notices).values(), open_cache(tmp_path).room("exports"))
    script = (
        "import sys; from pathlib import Path; from notices.catalogue.loading import load;"
        "from notices.cache import open_cache; from notices.outputs.exports.edition import Edition;"
        "from notices.outputs.exports import exports_beside, make_exports;"
        "room = open_cache(Path(sys.argv[4])).room('exports');"
        "public = load(Path(sys.argv[1]))[0].public();"
        "known = public.site, public.vocabulary, sys.argv[2], Path(sys.argv[3]);"
        "[make_exports(exports_beside(Edition(each, *known), room)) for each in public.notices];"
        "print(*{'typst', 'docx', 'openpyxl'} & {*sys.modules})"
    )
    arguments = [str(two_notices), BASE, str(TEMPLATES), str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True,
        env={**clean(), "PYTHONPATH": str(ROOT / "hooks")},
    )  # fmt: skip
    assert done.stdout == "\n"


SECRET = "只供党内的虚构目标"


@pytest.fixture(scope="module")
def withheld(two_notices: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The fictional notice with one item withheld, of which everything is known."""
    project = shutil.copytree(two_notices, tmp_path_factory.mktemp("withheld") / "project")
    item = project / f"data/notices/{FICTIONAL}/items/1-1-1.yml"
    text = item.read_text(encoding="utf-8").replace("虚构目标", SECRET)
    item.write_text(f"{text}audience: party\n", encoding="utf-8")
    return make(editions(project)[FICTIONAL])


def test_what_is_withheld_is_nowhere_and_counted(withheld: Made) -> None:
    words = {SECRET, "学习*不够*深入", "虚构领导", "虚构验收单", "第一期", "2020-12-20"}
    texts = [withheld.files["notice.json"].decode(), str(withheld.csv), annex_of(withheld)]
    texts += [page.extract_text() for page in withheld.pdf.pages]
    for name in ("notice.docx", "items.xlsx"):
        with zipfile.ZipFile(io.BytesIO(withheld.files[name])) as archive:
            # What an office file always has, whatever is in it, is its styles and themes.
            names = [each for each in archive.namelist() if not re.search("theme|styles", each)]
            texts += [archive.read(each).decode() for each in names if each.endswith(".xml")]
    for text in texts:
        assert not {word for word in words if squeezed(word) in squeezed(text)}
    data = json.loads(withheld.files["notice.json"])
    assert [item["id"] for item in data["items"]] == ["1-1-2", "2-1-1"]
    assert [row["编号"] for row in withheld.sheet("问题")] == ["问题1-1-2", "问题2-1-1"]
    assert (data["totals"]["items"], data["totals"]["withheld"]) == (3, 1)
    assert "approved" not in data
    assert "3个问题（其中1个不公开）" in squeezed(annex_of(withheld))
    rest = "".join(line.text for line in withheld.edition.notice.narrative.lines)
    assert squeezed(pdf_text(withheld)) == squeezed(docx_text(withheld)) == squeezed(rest)


def test_every_page_of_a_notice_offers_its_exports(two_sites: Path) -> None:
    """Each at an address that stays, under a name that says what it is."""
    called = {SAMPLE: "双D高科党支部", FICTIONAL: "虚构单位"}
    for notice in (SAMPLE, FICTIONAL):
        page = (two_sites / f"notices/{notice}/index.html").read_text(encoding="utf-8")
        panel = page.split('id="downloads"')[1].split("</section>")[0]
        for output in OUTPUTS:
            file = two_sites / f"notices/{notice}/{output.name}"
            assert file.stat().st_size > 0
            words = {"item": "问题", "measure": "措施", "annex": "，后附问题一览表"}
            kept = f"{called[notice]}-{output.kept.format(**words)}.{output.name.partition('.')[2]}"
            assert f'href="{output.name}" download="{kept}"' in panel
            assert output.use.format(**words) in panel
            assert f"（{file.stat().st_size / 1024:.0f} KB）" in panel


def test_the_catalogue_leads_to_every_export(two_sites: Path) -> None:
    listed = json.loads((two_sites / CATALOGUE).read_text(encoding="utf-8"))
    assert [each["id"] for each in listed["notices"]] == [FICTIONAL, SAMPLE]
    assert listed["counts"] == {"notices": 2, "items": 34, "withheld": 0, "measures": 86}
    for notice in listed["notices"]:
        assert (two_sites / notice["url"] / "index.html").is_file()
        assert [each["format"] for each in notice["exports"]] == [each.label for each in OUTPUTS]
        for each in notice["exports"]:
            assert (two_sites / each["url"]).stat().st_size == each["size"]
    schema = json.loads((two_sites / listed["schema"]).read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for notice in (SAMPLE, FICTIONAL):
        path = two_sites / f"notices/{notice}/notice.json"
        validator.validate(json.loads(path.read_text(encoding="utf-8")))


def test_deadlines_can_be_subscribed_to(two_sites: Path, two_notices: Path, site: Path) -> None:
    """Where there are any; their UIDs stay when words are edited, and no clock is asked."""
    assert not (site / DEADLINES).exists()
    assert DEADLINES not in (site / "updates/index.html").read_text(encoding="utf-8")
    assert DEADLINES in (two_sites / "updates/index.html").read_text(encoding="utf-8")
    raw = (two_sites / DEADLINES).read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    event = only_event(raw)
    assert event["DTSTART"].dt == datetime.date(2020, 12, 31)
    assert "DTEND" not in event, "a day lasts a day, the last one of the calendar, too"
    assert event["SUMMARY"] == (
        f"整改完成时限：{FICTIONAL}/1-1-1 学习*不够*深入 & 不够广（虚构单位）"
    ), "as an item is cited where several notices meet"
    assert event["DTSTAMP"].dt.date() == datetime.date(2020, 12, 20)
    catalogue = load(two_notices)[0].public()
    records = catalogue.notices[0].item_records
    edited = records["1-1-1"].facts.model_copy(update={"goal": "另一个虚构目标"})
    records = {**records, "1-1-1": replace(records["1-1-1"], facts=edited)}
    notice = replace(catalogue.notices[0], item_records=records)
    again = deadlines_ics.make(Archive.of(replace(catalogue, notices=[notice])), BASE, {})
    other = only_event(again)
    assert other["UID"] == event["UID"]
    assert other["URL"] == f"{BASE}notices/{FICTIONAL}/#1-1-1"
    assert other["SUMMARY"].startswith("整改完成时限：1-1-1 "), "alone"


def test_an_event_that_changes_has_a_higher_sequence(two_notices: Path) -> None:
    """It counts the commits that touched what the event is made from: the item, the notice, the
    labels of statuses; where several notices meet, it begins one higher. Nothing that comes later
    takes one of them away.
    """
    archive = Archive.of(load(two_notices)[0].public())
    folder = f"data/notices/{FICTIONAL}"
    touched: dict[str, set[str]] = {f"{folder}/items/1-1-1.yml": {"a"}}
    found = []
    for path, commit in (
        (f"{folder}/notice.yml", "a"), (f"{folder}/items/1-1-1.yml", "b"),
        (f"{folder}/items/1-1-2.yml", "c"), ("data/vocabulary.yml", "d"),
        (f"{folder}/notice.yml", "e"),
    ):  # fmt: skip
        touched.setdefault(path, set()).add(commit)
        event = only_event(deadlines_ics.make(archive, BASE, touched))
        found.append(event["SEQUENCE"])
        assert event["UID"] == only_event(deadlines_ics.make(archive, BASE, {}))["UID"]
    assert found == [1, 2, 2, 3, 4]


def only_event(calendar: bytes) -> dict[str, Any]:
    """Return the properties of the one event of a calendar."""
    (event,) = Calendar.from_ical(calendar).walk("VEVENT")
    return {**event}


def test_no_template_is_published(two_sites: Path) -> None:
    assert not (two_sites / "fragments").exists()


def test_the_vocabulary_of_statuses_may_be_any(two_notices: Path) -> None:
    """A status that nothing has is in no tally."""
    edition = editions(two_notices)[SAMPLE]
    more = model.Status(id="new", label="新的", definition="虚构", tone="neutral")
    vocabulary = model.Vocabulary(statuses=[*edition.vocabulary.statuses, more])
    data = json.loads(make_json(replace(edition, vocabulary=vocabulary)))
    tallies = data["totals"]["measures_by_status"]
    assert sum(each["count"] for each in tallies) == data["totals"]["measures"]
    assert "new" not in {each["status"]["id"] for each in tallies}
