"""A site of a handful of files, with its manifest, for tests that need no more than that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from notices.proof import inventory, manifest

FILES = {
    "404.html": "没有这一页",
    "index.html": "<p>首页</p>" + "甲" * 400,
    "about/index.html": "<p>关于本站</p>",
    "notices/sample/index.html": "<p>经过与开发区法院的协调沟通</p>" + "乙" * 400,
    "notices/sample/approved.txt": "经过与开发区法院的协调沟通",
    "notices/sample/notice.json": '{"id": "sample"}',
    "assets/5qxlbzlq2d4a/frame.js": "0;",
}
PAGE = "notices/sample/index.html"


def small_site(folder: Path, address: str = "") -> Path:
    """Write the site into ``folder``; return it."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    approved = {"sample": "notices/sample/approved.txt"}
    files = manifest.digests(folder)
    told = {"commit": "1" * 40, "address": address, "software": "sample"}
    made = manifest.make(inventory.look(folder), files, approved, **told)
    (folder / manifest.NAME).write_bytes(made.written())
    return folder


def rewrite(site: Path, **values: Any) -> None:
    """Change what the manifest says, and write it as the build would."""
    made = json.loads((site / manifest.NAME).read_bytes()) | values
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    (site / manifest.NAME).write_text(text, encoding="utf-8")
