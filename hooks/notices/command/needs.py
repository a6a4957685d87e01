"""``notices needs``: get the fonts of the PDF, for the Makefile."""

from __future__ import annotations

import argparse
import sys

from ..outputs.exports import fandol, needs

_WITHOUT = (
    "没有取到公文字体 Fandol（{}），PDF 全部用思源宋体、思源黑体排版，照样可以发布。"
    "要用公文字体的，装 Debian 的 texlive-lang-chinese，或者把 {} 放进一个文件夹，"
    "用环境变量 NOTICES_FONTS 指出"
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Describe the command to ``parser``."""
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Get the fonts that are missing; say in one line when they are nowhere to be had."""
    if lacking := [*needs.missing()]:
        try:
            fandol.provide(needs.OWN)
        except (fandol.Unavailable, OSError) as error:
            print(_WITHOUT.format(error, "、".join(lacking)), file=sys.stderr)
    return 0
