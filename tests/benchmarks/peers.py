"""Sites of the same text as the sample, made by others: plain Material, Zensical, and bare HTML.

Each is laid out and compressed as a published site of ours, for the same server.
"""

from __future__ import annotations

import html
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

from copies import make_plain

from notices.proof.files import SiteFiles
from sitehouse import SAMPLE, SAMPLE_ROOT, cache_in, mkdocs

NOTICE = f"notices/{SAMPLE}/"


def material(folder: Path) -> Path:
    """Build a plain Material site in ``folder``, with the search that comes with it."""
    out = folder / "out"
    project = make_plain(folder / "plain", "[search]")
    done = mkdocs(project, "build", "--quiet", "--site-dir", str(out))
    if done.returncode:
        sys.exit(done.stderr)
    return _laid_out(out, folder)


def zensical(folder: Path) -> Path:
    """Build a site with Zensical in ``folder``, of the same settings as Material's."""
    project = make_plain(folder / "plain", "[search]")
    program = Path(sysconfig.get_path("scripts")) / "zensical"
    done = subprocess.run(
        [program, "build", "--clean"], cwd=project, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return _laid_out(project / "site", folder)


def bare(folder: Path) -> Path:
    """Write the approved text as one page of paragraphs, with neither style nor script."""
    text = (SAMPLE_ROOT / "data/notices" / SAMPLE / "approved.txt").read_text(encoding="utf-8")
    page = folder / "out" / NOTICE / "index.html"
    page.parent.mkdir(parents=True)
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())
    head = '<!doctype html>\n<html lang="zh-CN">\n<meta charset="utf-8">\n<title>整改情况</title>\n'
    size = '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
    page.write_text(head + size + body, encoding="utf-8")
    return _laid_out(folder / "out", folder)


PEERS: dict[str, Callable[[Path], Path]] = {
    "plain Material": material,
    "Zensical": zensical,
    "bare HTML": bare,
}


def _laid_out(site: Path, folder: Path) -> Path:
    """Return what nginx serves of ``site``, which is compressed as ours is."""
    files = SiteFiles(site, "", cache_in(folder / "cache"))
    files.look()
    files.complete()
    target = folder / "srv"
    target.mkdir()
    for name in ("current", "kept"):
        (target / name).symlink_to(site)
    return target
