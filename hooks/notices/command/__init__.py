"""The ``notices`` command: what an operator or a clerk asks of the project in the terminal.

Each command is a module here, named like it, that ``configure``s its parser and sets ``run``. Only
the one that was asked for is imported: a command that publishes need not wait for one that checks.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import importlib
import keyword
import os
import sys
from collections.abc import Sequence

from .. import software, terminal
from ..problem import Faulty

COMMANDS = {
    "check": "检查数据与文字，列出所有错误",
    "import": "把 Word、网页、文本文件变成一份通报的草稿",
    "build": "检查、生成、核对并封存网站",
    "approve": "审核人签字，同意公开一份通报",
    "sign": "给建好的网站的发布清单签名",
    "verify-text": "从建好的网站读回正文，与批准文本逐字核对",
    "ledger": "导出台账（.xlsx），或者读出填好的台账，写进 data/",
    "diff": "两次提交或者两次发布之间，公众看到的内容有什么变化",
    "links": "检查建好的网站里的链接",
    "scan": "在建好的网站里查找个人信息",
    "publish": "发布仓库里最新的提交，或者退回以前的发布（服务器上）",
    "releases": "列出公开的和可以退回的发布（服务器上）",
    "admit": "由 pre-receive 调用：推送来的数据与文字有错就不收（服务器上）",
    "verify": "核对一个网站（目录或网址）是不是某次提交生成的原样",
    "new": "把软件的新克隆变成自己的网站：移走示例，写上主办单位",
    "schema": "写出 data/schema/，供编辑器提示和检查",
    "rules": "列出所有规则（Markdown 表格）",
    "needs": "列出排版 PDF 还要安装的软件包（Debian）",
}

_INTERRUPTED = 130  # as a shell tells it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments`` (by default the process's); return the exit status."""
    if arguments is None:
        terminal.restart_in_utf8()
    terminal.speak_chinese()
    os.environ.update(software.ALONE)
    # Python ends by looking for garbage in all that there is, which the system takes anyway.
    atexit.register(gc.freeze)
    options = _read(sys.argv[1:] if arguments is None else arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # who reads has had enough, as `head` has
        # The interpreter flushes once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Faulty as faulty:
        print("\n".join(map(str, faulty.problems)))
        return 1
    except Exception as error:
        from .. import fault  # noqa: PLC0415 (seldom needed)

        print(fault.tell(error))
        return 1
    return status


def _read(given: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for; only the command that was named is imported."""
    parser = argparse.ArgumentParser(prog="notices", description="检查和发布通报。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary}。")
        if name in given[:1]:
            importlib.import_module(_module(name)).configure(command)
    return parser.parse_args(given)


def _module(name: str) -> str:
    """Return the module that a command is; a word of Python's own cannot be one."""
    return f"{__name__}.{name.replace('-', '_')}{'_' * keyword.iskeyword(name)}"
