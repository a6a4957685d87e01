"""``notices sign``: who publishes vouches for a finished site.

Nothing that people push is read here but the manifest, and nothing of it is run: the key is never
in a process with what it does not know.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..problem import Faulty
from ..proof import manifest, signature


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)
    parser.add_argument("site", type=Path, help="建好的网站所在的目录")
    parser.add_argument(
        "--key", type=Path, required=True, metavar="文件", help="SSH 私钥，不能有口令"
    )


def run(options: argparse.Namespace) -> int:
    """Sign the manifest; return 1 when that is not possible."""
    try:
        manifest.read(options.site)
        signature.sign(options.site / manifest.NAME, options.key)
    except Faulty as fault:
        print("\n".join(map(str, fault.problems)))
        return 1
    print(f"发布清单已签名：{options.site / manifest.SIGNATURE}")
    return 0
