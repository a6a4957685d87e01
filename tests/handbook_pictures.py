"""Takes the pictures of the handbook's first chapter: from a Word file to a page, step by step.

``python tests/handbook_pictures.py`` writes them into ``tests/pictures/``: what a terminal says,
what a file holds, what a preview shows, all of it made anew of a fictional notice.
"""

from __future__ import annotations

import contextlib
import html
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from importing import accepted
from shapes import SHAPES
from sitehouse import ROOT, build, copy_project, copy_software, open_browser, serve

PICTURES = ROOT / "tests" / "pictures"
NAME, FILE = "moumou-2020", "整改情况.docx"
ADDRESS = "127.0.0.1:8765"
PROPOSED = re.compile("# (?!yaml)")
_COLOURS = 64
_FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #fff }}
figure {{ margin: 0; width: 960px; font: 14px/1.6 "Noto Sans Mono CJK SC", monospace }}
figcaption {{ background: #dde3ea; padding: 4px 14px; color: #333 }}
pre {{ margin: 0; padding: 10px 14px; background: {back}; color: {front}; white-space: pre-wrap;
  font: inherit; overflow-wrap: anywhere }}
mark {{ background: #fff1a8 }}
</style><figure><figcaption>{caption}</figcaption><pre>{text}</pre></figure>"""


def word_file(path: Path) -> None:
    """Write the text of a fictional notice as an office has it."""
    document = Document()
    text = (SHAPES / "data/notices/three-levels/approved.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))


def said(project: Path, *arguments: str) -> str:
    """Return what the command says in ``project``."""
    done = subprocess.run(
        [sys.executable, "-m", "notices", *arguments],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr


def picture(browser: Browser, name: str, page: str, *, width: int = 960) -> None:
    """Write the picture of a figure."""
    tab = browser.new_page(viewport={"width": width, "height": 400})
    tab.set_content(page)
    keep(name, tab.locator("figure").screenshot())
    tab.close()


def keep(name: str, data: bytes) -> None:
    """Write a picture in few colours: it is words."""
    with Image.open(io.BytesIO(data)) as image:
        small = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        small.save(PICTURES / f"{name}.png", optimize=True)


def terminal(command: str, text: str) -> str:
    words = html.escape(f"$ {command}\n{text.rstrip()}")
    return _FRAME.format(caption="终端", text=words, back="#1e2127", front="#e6e6e6")


def file(path: str, text: str) -> str:
    lines = [html.escape(line) for line in text.rstrip().splitlines()]
    shown = [f"<mark>{line}</mark>" if PROPOSED.match(line) else line for line in lines]
    return _FRAME.format(caption=path, text="\n".join(shown), back="#fff", front="#222")


@contextlib.contextmanager
def previewed(project: Path) -> Iterator[str]:
    """Serve a preview of ``project``; yield its address."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", ADDRESS]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project / "hooks")}
    process = subprocess.Popen(command, cwd=project, env=env)
    try:
        for _ in range(120):
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://{ADDRESS}/").close()
                break
            time.sleep(0.5)
        yield f"http://{ADDRESS}/"
    finally:
        process.terminate()
        process.wait()


def shoot(browser: Browser, name: str, address: str, height: int) -> None:
    page = browser.new_page(viewport={"width": 960, "height": height})
    page.goto(address)
    page.wait_for_timeout(500)
    keep(name, page.screenshot())
    page.close()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = open_browser(playwright)
        project = copy_software(copy_project(Path(scratch) / "project"))
        for folder in ("content/notices", "data/notices"):
            shutil.rmtree(project / folder)
            (project / folder).mkdir()
        word_file(project / FILE)
        command = f"make import FILE={FILE} ID={NAME}"
        tree = said(project, "import", FILE, "--outline")
        picture(browser, "outline", terminal(f"{command} OPTIONS=--outline", tree))
        picture(browser, "import", terminal(command, said(project, "import", FILE, "--id", NAME)))
        facts = project / f"data/notices/{NAME}/notice.yml"
        text = facts.read_text(encoding="utf-8")
        picture(browser, "facts", file(facts.relative_to(project).as_posix(), text))
        facts.write_text(accepted(text), encoding="utf-8")
        with previewed(project) as address:
            shoot(browser, "preview", f"{address}notices/{NAME}/", 700)
        (project / FILE).unlink()
        facts.write_text(accepted(text).replace("draft: true\n", ""), encoding="utf-8")
        picture(browser, "check", terminal("make check", said(project, "check")))
        with serve(build(project, Path(scratch, "site"))) as address:
            shoot(browser, "public", f"{address}notices/{NAME}/", 700)
        browser.close()


if __name__ == "__main__":
    main()
