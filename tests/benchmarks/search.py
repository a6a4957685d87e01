"""Measures search beside Pagefind, on the same text in the same run: index and queries.

``search.py index N FOLDER`` is what it runs itself for ours: it makes an index of N invented
notices and prints what that took, from the catalogue, which a build has loaded anyway, to files.
Queries are strings of 2 to 12 characters from anywhere in the text. Each is asked in a browser that
has nothing in its cache, then another one in the same browser. The server sends scripts and JSON
compressed, as a real one would (Pagefind compresses its files itself), and counts what it sends,
headers included.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import gzip
import html
import http.server
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from measure import Command
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from invented import make_catalogue, make_notice
from notices.cache import Drawer
from notices.catalogue.notices import Catalogue
from notices.outputs.search import IndexFile, Rows, SiteWords, index_files, rows_of
from searching import write_index
from sitehouse import SAMPLE_ROOT, build, chromium_path, room

FEW, MANY = 100, 1000
QUERIES = 60
HEADERS = 250  # bytes before each file, about as many as a web server sends

# The first ten results of each, as many as are shown at once.
OURS = """async (query) => {
  const started = performance.now();
  let first, hits = 0;
  for await (const batch of engine.search(query)) {
    hits += batch.hits.length;
    if (hits) first ??= performance.now() - started;
    if (hits >= 10) break;
  }
  return first ?? performance.now() - started;
}"""
THEIRS = """async (query) => {
  window.pagefind ??= await import("/pagefind/pagefind.js");
  const started = performance.now();
  const { results } = await pagefind.search(query);
  const shown = results.slice(0, 10).map((result) => result.data());
  if (shown.length) await shown[0];
  const first = performance.now() - started;
  await Promise.all(shown);
  return first;
}"""
# From the key to the first result that is shown in the box on every page.
KEY_TO_RESULT = """(query) => new Promise((resolve) => {
  const box = document.querySelector("[data-search-box] input");
  const list = document.querySelector("[data-search-box] ul");
  list.replaceChildren();
  const started = performance.now();
  new MutationObserver((_, observer) => {
    if (!list.querySelector("a")) return;
    observer.disconnect();
    resolve(performance.now() - started);
  }).observe(list, { childList: true, subtree: true });
  box.value = query;
  box.dispatchEvent(new Event("input"));
})"""

Taken = dict[str, list[float]]


def main() -> None:
    if sys.argv[1:2] == ["index"]:
        index(int(sys.argv[2]), Path(sys.argv[3]))
        return
    memory = Path("/dev/shm")  # where there is one, no disk is measured
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as scratch,
        sync_playwright() as playwright,
    ):
        folder = Path(scratch)
        shell = build(SAMPLE_ROOT, folder / "shell")
        few, many = make_catalogue(FEW), make_catalogue(MANY)
        theirs = index_with_pagefind(many, folder / "pagefind")
        compare_index(index_ours(shell, folder / "many", MANY), theirs)
        index_ours(shell, folder / "few", FEW)
        print_updates(many)
        browser = playwright.chromium.launch(executable_path=chromium_path())
        with serve(folder / "many") as server:
            found = ask(browser, server, "search/", OURS, many)
            keys = key_to_result(browser, server, many)
        with serve(folder / "few") as server:
            before = ask(browser, server, "search/", OURS, few)
        with serve(folder / "pagefind") as server:
            peer = ask(browser, server, "", THEIRS, many)
        browser.close()
        report("ours", found, peer)
        report(f"ours, {FEW} notices", before, peer)
        report("Pagefind", peer, peer)
        for kind in ("first", "next"):
            growth = statistics.median(found[kind]) / statistics.median(before[kind])
            print(f"bytes of a {kind} query, {MANY} : {FEW}: {growth:.2f} (at most 1.3)")
        print(f"key to first result, warm: {spread(keys)} ms (at most 150)")


def index(notices: int, folder: Path) -> None:
    """Make our index in ``folder``; print seconds, and megabytes before and at the peak."""
    catalogue = make_catalogue(notices)
    for notice in catalogue.notices:  # as the pages of the build have done by then
        for item in notice.items:
            _ = item.measures
    gc.freeze()  # as the build does
    before = peak_megabytes()
    started = time.perf_counter()
    write_index(folder, catalogue)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "before": before, "peak": peak_megabytes()}))


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def index_ours(shell: Path, site: Path, notices: int) -> dict[str, float]:
    """Make an index in a copy of the built site, in place of its own."""
    shutil.copytree(shell, site, ignore=shutil.ignore_patterns("texts", "search_index.*"))
    command = [sys.executable, __file__, "index", str(notices), str(site)]
    taken = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return {**taken, "bytes": size(site / "search")}


def index_with_pagefind(catalogue: Catalogue, folder: Path) -> dict[str, float]:
    """Write a page per notice, as plain as can be, and let Pagefind index them."""
    for notice in catalogue.notices:
        page = folder / "notices" / notice.id / "index.html"
        page.parent.mkdir(parents=True)
        lines = [f"<h1>{html.escape(notice.facts.title)}</h1>"]
        lines += [f"<p>{html.escape(line.text)}</p>" for line in notice.narrative.preamble]
        for section in notice.narrative.all_sections:
            lines.append(f'<h2 id="{section.id}">{html.escape(section.heading.text)}</h2>')
            lines += [f"<p>{html.escape(line.text)}</p>" for line in section.paragraphs]
        head = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>-</title><body>'
        page.write_text(head + "".join(lines), encoding="utf-8")
    (folder / "index.html").write_text("<!doctype html><title>-</title>", encoding="utf-8")
    run = Command(["-m", "pagefind", "--site", ".", "--glob", "notices/**/*.html"], folder).run()
    return {"seconds": run.seconds, "peak": run.megabytes, "bytes": size(folder / "pagefind")}


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def compare_index(ours: dict[str, float], theirs: dict[str, float]) -> None:
    for name, taken in (("ours", ours), ("Pagefind", theirs)):
        print(
            f"index of {MANY} notices, {name}: {taken['seconds']:.1f} s, "
            f"{taken['peak']:.0f} MB, {taken['bytes'] / 1e6:.0f} MB on disk"
        )
    own = ours["peak"] - ours["before"]
    for name, ratio in (
        ("time", ours["seconds"] / theirs["seconds"]),
        ("memory beside the catalogue", own / theirs["peak"]),
        ("memory of the whole process", ours["peak"] / theirs["peak"]),
    ):
        print(f"index, ours : Pagefind, {name}: {ratio:.2f} (at most 0.2)", flush=True)


def print_updates(catalogue: Catalogue) -> None:
    """Print what one change of an archive costs: time as a share of indexing all, without the rows
    of its notices, and which files are others than before.
    """
    before, newest = catalogue.notices, make_notice(MANY + 1)
    changes = {
        "nothing changed": before,
        "one edited notice": [make_notice(7, 1) if n.id == "invented-7" else n for n in before],
        "one new notice, the newest": [newest, *before],
        "one notice less": [notice for notice in before if notice.id != "invented-7"],
    }
    rows = functools.cache(functools.partial(rows_of, settings=catalogue))
    with tempfile.TemporaryDirectory() as scratch:
        drawer = room(Path(scratch))
        whole, old = timed([*map(rows, before)], catalogue, drawer)
        for name, notices in changes.items():
            seconds, files = timed([*map(rows, notices)], catalogue, drawer)
            changed = [files[path].content() for path in files.keys() - old.keys()]
            print(
                f"{name} : all: {seconds / whole:.3f}; {seconds:.2f} s : {whole:.1f} s; "
                f"{len(changed)} files of {len(files)}, {sum(map(len, changed)):,} bytes"
            )
            timed([*map(rows, before)], catalogue, drawer)


def timed(
    rows: list[Rows], catalogue: Catalogue, drawer: Drawer
) -> tuple[float, dict[str, IndexFile]]:
    """Return how many seconds it takes to know all files of an index, and those files."""
    known = {each.findable: each for each in rows}
    started = time.perf_counter()
    files = [*index_files(known, known.__getitem__, SiteWords(catalogue.vocabulary), drawer)]
    return time.perf_counter() - started, {each.path: each for each in files}


class _Server(http.server.ThreadingHTTPServer):
    """Serves a folder, and counts the bytes that it sends."""

    sent = 0


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        if path.suffix in {".js", ".json", ".html", ".css", ".svg"}:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        # As files are that have a digest in their name.
        self.send_header("Cache-Control", "max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(data)
        assert isinstance(self.server, _Server)
        self.server.sent += len(data) + HEADERS

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[_Server]:
    handler = functools.partial(_Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def address_of(server: _Server, path: str) -> str:
    return f"http://127.0.0.1:{server.server_port}/{path}"


def queries(catalogue: Catalogue, count: int, seed: int) -> list[str]:
    dice = random.Random(seed)
    texts = [
        text
        for notice in catalogue.notices
        for section in notice.narrative.all_sections
        if len(text := section.heading.text + section.text) > 12
    ]
    chosen = [(dice.choice(texts), dice.randint(2, 12)) for _ in range(count)]
    starts = [dice.randrange(len(text) - length) for text, length in chosen]
    return [
        text[start : start + length] for (text, length), start in zip(chosen, starts, strict=True)
    ]


def ask(browser: Browser, server: _Server, path: str, script: str, catalogue: Catalogue) -> Taken:
    """Return for each query the bytes of a first one and of a next one, and the milliseconds of
    the next one to its first result.
    """
    taken: Taken = {"first": [], "next": [], "milliseconds": []}
    others = queries(catalogue, QUERIES, 2)
    for query, other in zip(queries(catalogue, QUERIES, 1), others, strict=True):
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(address_of(server, path), wait_until="load")
            server.sent = 0
            page.evaluate(script, query)
            taken["first"].append(server.sent)
            server.sent = 0
            taken["milliseconds"].append(page.evaluate(script, other))
            taken["next"].append(server.sent)
    return taken


def key_to_result(browser: Browser, server: _Server, catalogue: Catalogue) -> list[float]:
    with browser.new_context(viewport={"width": 1360, "height": 900}) as context:
        page = context.new_page()
        page.goto(address_of(server, ""))
        page.locator("[data-search-box] input").click()
        page.locator(".search__found").wait_for(state="attached")
        warm, *asked = queries(catalogue, QUERIES, 3)
        page.evaluate(KEY_TO_RESULT, warm)
        return [page.evaluate(KEY_TO_RESULT, query) for query in asked]


def report(name: str, taken: Taken, peer: Taken) -> None:
    for kind in ("first", "next"):
        ratio = statistics.median(taken[kind]) / statistics.median(peer[kind])
        print(f"{name}, {kind} query: {spread(taken[kind])} bytes; {ratio:.2f} of Pagefind's")
    print(f"{name}, first result of a next query: {spread(taken['milliseconds'])} ms")


def spread(values: list[float]) -> str:
    last = statistics.quantiles(values, n=20)[-1]
    return f"median {statistics.median(values):,.0f}, 95th percentile {last:,.0f}"


if __name__ == "__main__":
    main()
