"""A reader who opens page after page with all that belongs to it, and notes what is wrong.

Run with the address of a site and how many seconds to rest after each page; stops when a line
arrives, and prints what it has seen as JSON.
"""

from __future__ import annotations

import hashlib
import http.client
import itertools
import json
import re
import select
import sys
import urllib.parse

PAGES = ("", "notices/shuangd-2023/", "notices/shuangd-2023/ledger/", "search/", "about/")
TRIES = 3  # publications do not follow each other faster
LINKS = re.compile(r'<(?:script|link rel="(?:stylesheet|icon)")[^>]* (?:src|href)="([^"]+)"')


class Reader:
    """Reads from one server over one connection, as browsers do."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc)
        self.faults: list[str] = []
        self.releases: set[str] = set()

    def open(self, page: str) -> None:
        """Read a page, what it loads, and the index that its search would ask for."""
        text = self.get(page).decode()
        if not text.rstrip().endswith("</html>"):
            self.faults.append(f"{page} is cut off")
        self.releases.add(hashlib.sha256(text.encode()).hexdigest())
        for link in LINKS.findall(text):
            if link.startswith("data:"):
                continue
            self.get(urllib.parse.urljoin(f"/{page}", link).removeprefix("/"))
        if not any(self.search() for _ in range(TRIES)):
            self.faults.append("the search has a head whose files are gone, time and again")

    def search(self) -> bool:
        """Read the index; tell whether all was there. When the site was published meanwhile, what
        the head names is gone, and a reader's browser asks for the head anew.
        """
        head = json.loads(self.get("search/search_index.json"))["config"]["head"]
        script = self.ask(f"search/{head}")
        if script is None:
            return False
        pieces = json.loads(script.decode().partition("=")[2])["notices"]
        names = (name for *_, joined in pieces for name in re.findall(".{12}", joined))
        return all(self.ask(f"search/texts/{name}.js") for name in names)

    def get(self, path: str) -> bytes:
        """Return what must be there."""
        data = self.ask(path)
        if not data:
            self.faults.append(f"{path} is missing or empty")
        return data or b""

    def ask(self, path: str) -> bytes | None:
        """Return what is there, or None; anything but that is a fault."""
        self.connection.request("GET", f"/{path}")
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status not in (200, 404):
            self.faults.append(f"{answer.status} {path}, {len(data)} bytes")
        return data if answer.status == 200 else None


def main() -> None:
    reader, rest = Reader(sys.argv[1]), float(sys.argv[2])
    count = 0
    for page in itertools.cycle(PAGES):
        reader.open(page)
        count += 1
        if select.select([sys.stdin], [], [], rest)[0]:
            break
    told = {"pages": count, "releases": len(reader.releases) // len(PAGES), "faults": reader.faults}
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
