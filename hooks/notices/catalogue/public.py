"""What may become public: the one list of what may stand in ``content/`` and ``data/``.

Pages that the checks read, pictures and documents of listed types, and the files of facts; and what
the software itself puts into a site. :mod:`notices.catalogue.survey` holds a project to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..text.outline import NUMBERED

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ZIP = rb"PK\x03\x04"
ATTACHMENTS = {
    "png": rb"\x89PNG\r\n\x1a\n",
    "jpg": rb"\xff\xd8\xff",
    "jpeg": rb"\xff\xd8\xff",
    "gif": rb"GIF8[79]a",
    "webp": rb"RIFF....WEBP",
    "pdf": rb"%PDF-",
    "docx": _ZIP,
    "xlsx": _ZIP,
}
"""What pages may show or offer, by the ending of its name, and how such a file begins."""
_ENDINGS = "|".join(ATTACHMENTS)

MADE = (
    "404.html", "apple-touch-icon.png", "catalogue.json", "deadlines.ics", "favicon.ico",
    "feed.json", "feed.xml", "manifest.json", "manifest.json.sig", "robots.txt", "sitemap.xml",
    ".well-known/", "archive/", "assets/", "notices/", "schema/", "search/",
)  # fmt: skip
"""What the software itself puts into a site, folders with all that is in them."""
_PAGE_AMONG_MADE = "search/index.html"
"""A page that people write, in a folder of the software's."""


class Room(NamedTuple):
    """What a folder may hold: files and folders by the pattern of their whole name.

    ``says`` tells an editor so. ``names`` are messages for what is only named wrongly, by a
    pattern of the name; those of folders end with a slash.
    """

    says: str
    files: Mapping[str, str]
    rooms: Mapping[str, Room]
    names: Mapping[str, str]


PAGE, ATTACHMENT, NARRATIVE, ITEM = "page", "attachment", "narrative", "item"
APPROVAL = "approval"
KIND = "kind"
PUBLISHER = "publisher"
SYNONYMS = "synonyms"
FACTS = "facts"
"""Any other file, which nobody need find by looking into its folder."""
_ITEMS = Room(
    "这里只放逐条的数据文件，文件名是编号加 .yml，如 1-3-2.yml",
    {rf"{NUMBERED}\.yml": ITEM},
    {},
    {r".*\.yaml": "扩展名应是 .yml，不是 .yaml", ".*": "文件名应是编号加 .yml，如 1-3-2.yml"},
)
_APPROVALS = Room(
    "这里只放核准人的签名：名字加 .txt，和名字加 .txt.sig",
    {r"[a-z0-9]+(?:[._@-][a-z0-9]+)*\.txt(?:\.sig)?": APPROVAL},
    {},
    {},
)
NOTICE_FOLDER = Room(
    "这里只放 notice.yml、approved.txt 和文件夹 items、approvals",
    {r"notice\.yml": FACTS, r"approved\.txt": FACTS},
    {"items": _ITEMS, "approvals": _APPROVALS},
    {},
)
NOTICE_NAME = rf"(?!index$){_NAME}"  # a page of that name would take the address of the folder
_NO_INDEX = "网址 notices/ 由程序自己使用，通报不能叫 index，请换一个名字"
_NOTICES = Room(
    "这里只放通报的文件夹，如 shuangd-2023",
    {},
    {NOTICE_NAME: NOTICE_FOLDER},
    {"index/": _NO_INDEX, ".*/": "通报的文件夹名只能用小写字母、数字和连字符，如 shuangd-2023"},
)
_SCHEMA = Room("这里只放程序写出的 .json", {rf"{_NAME}\.json": FACTS}, {}, {})
_KINDS = Room("这里只放通报的种类，如 inspection.yml", {rf"{_NAME}\.yml": KIND}, {}, {})
_PUBLISHERS = Room(
    "这里只放发布单位，文件名用小写字母、数字和连字符，如 moumou.yml",
    {rf"{_NAME}\.yml": PUBLISHER},
    {},
    {r".*\.yaml": "扩展名应是 .yml，不是 .yaml"},
)
_DATA = Room(
    "这里只放 site.yml、synonyms.yml、vocabulary.yml、README.md "
    "和文件夹 kinds、notices、publishers、schema",
    {
        r"site\.yml": FACTS,
        r"synonyms\.yml": SYNONYMS,
        r"vocabulary\.yml": FACTS,
        r"README\.md": FACTS,
    },
    {"kinds": _KINDS, "notices": _NOTICES, "publishers": _PUBLISHERS, "schema": _SCHEMA},
    {},
)
_NARRATIVES = Room(
    "这里只放各份通报的叙述，文件名是通报的文件夹名加 .md，如 shuangd-2023.md",
    {rf"(?!index\.){_NAME}\.md": NARRATIVE},
    {},
    {
        r"index\.md": _NO_INDEX,
        r"[^.].*\.md": "叙述的文件名应是通报的文件夹名加 .md，如 shuangd-2023.md",
    },
)
_FOLDERS: dict[str, Room] = {}
_PAGES = Room(
    f"这里只放页面（.md）、图片和附件（{'、'.join(ATTACHMENTS)}）",
    {rf"{_NAME}\.md": PAGE, rf"[^\W_][\w-]*\.(?:{_ENDINGS})": ATTACHMENT},
    _FOLDERS,
    {
        r"(?i:[^.].*\.(?:md|markdown|mdown|mkd))": "页面的文件名只能用小写字母、数字和连字符，"
        "以 .md 结尾，如 contact.md",
        rf"(?i:[^.].*\.(?:{_ENDINGS}))": "图片和附件的文件名只能用文字、数字、连字符和下划线，"
        "字母小写，不用全角的字母和数字",
        ".*/": "文件夹名只能用小写字母、数字和连字符，如 images",
    },
)
_FOLDERS[_NAME] = _PAGES  # folders of pages stand in one another
_CONTENT = _PAGES._replace(rooms={"notices": _NARRATIVES, **_FOLDERS})
ROOMS = {"content": _CONTENT, "data": _DATA}
"""What the two folders of a project may hold."""


def address_of(path: str) -> str:
    """Return where the file that is made of the page or attachment ``path`` stands in the site."""
    inside = path.removeprefix("content/")
    stem = inside.removesuffix(".md")
    if stem == inside:
        return inside
    return f"{stem}.html" if stem.split("/")[-1] == "index" else f"{stem}/index.html"


def is_made(address: str) -> bool:
    """Tell whether what stands at ``address`` of a site is for the software alone to make."""
    inside = any(address.startswith(each) for each in MADE if each.endswith("/"))
    return address in MADE or (inside and address != _PAGE_AMONG_MADE)
