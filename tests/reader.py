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
        head = json.loads(self.get("search/search_index.json"))["config"]["head"]
        script = self.get(f"search/{head}").decode()
        for name in json.loads(script.partition("=")[2])["texts"]:
            self.get(f"search/texts/{name}.0.js")

    def get(self, path: str) -> bytes:
        self.connection.request("GET", f"/{path}")
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != 200 or not data:
            self.faults.append(f"{answer.status} {path}, {len(data)} bytes")
        return data


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
