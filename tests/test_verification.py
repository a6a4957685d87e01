"""Whether a site is what its commit gives: what `notices verify` sees."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from notices.command import main
from notices.proof import manifest, signature
from notices.publishing.build import Build
from notices.verification import ClaimedSource
from publishing import Server, found_repository, git
from sitehouse import serve
from smallsite import rewrite, small_site

NOTICE = "notices/shuangd-2023/index.html"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a key, another one, and a list of signers that names the first."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("key", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    public = (folder / "key.pub").read_text(encoding="utf-8")
    signers = f'office@example.org namespaces="notices" {public}'
    (folder / "signers").write_text(signers, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in a folder of a larger repository, with software that nobody may run."""
    larger = tmp_path_factory.mktemp("repository")
    project = found_repository(larger / "project")
    shutil.rmtree(project / ".git")
    for path in ("hooks/notices/__init__.py", "hooks/publish.py"):
        (project / path).write_text(f"open({str(larger / 'ran')!r}, 'w')\n", encoding="utf-8")
    (project / "theme/main.html").write_text("外来的", encoding="utf-8")
    (larger / ".gitattributes").write_text("*.txt text eol=crlf\n", encoding="utf-8")
    git(larger, "init", "--quiet", "--initial-branch=main")
    git(larger, "add", "--all")
    git(larger, "commit", "--quiet", "--message", "开始")
    return project


@pytest.fixture(scope="session")
def signed(embedded: Path, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the commit of ``embedded``, signed."""
    site = tmp_path_factory.mktemp("signed") / "site"
    Build(embedded, site, "https://notices.example.org/").run()
    assert main(["sign", str(site), "--key", str(keys / "key")]) == 0
    return site


@pytest.fixture
def rebuilt(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait until the commit is built again: what that gives, the first test proves."""
    made = manifest.read(signed)
    sizes = {path: (signed / path).stat().st_size for path in made.files}
    monkeypatch.setattr(ClaimedSource, "rebuild", lambda *_: (made, sizes))


@pytest.fixture
def site(signed: Path, tmp_path: Path) -> Path:
    """Such a site that a test may change."""
    return shutil.copytree(signed, tmp_path / "site")


def verify(site: Path | str, *arguments: Path | str) -> int:
    return main(["verify", str(site), *map(str, arguments)])


def test_a_site_is_what_its_commit_gives(
    signed: Path, embedded: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Built again by the software that is installed: of the commit's own, nothing is run."""
    assert verify(signed, "--root", embedded, "--signers", keys / "signers") == 0
    said = capsys.readouterr().out
    assert "重新生成的完全相同" in said
    assert "清单的签名有效" in said
    assert not (embedded.parent / "ran").exists()


def test_what_a_server_has_published_is_verified_from_its_repository(
    first: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(first.target / "current", "--root", first.repository) == 0
    assert "重新生成的完全相同" in capsys.readouterr().out


def test_the_key_is_never_where_a_project_is_read(signed: Path, keys: Path) -> None:
    """What signs has no module that loads text or data, or runs anything of theirs."""
    script = (
        "import sys; from notices.command import main; status = main(sys.argv[1:]);"
        "print(status, *sorted(name for name in sys.modules if name.startswith('notices.')));"
        "print({'yaml', 'markdown', 'jinja2', 'mkdocs'} & {*sys.modules})"
    )
    arguments = ["sign", str(signed), "--key", str(keys / "key")]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    signed_, modules, others = done.stdout.splitlines()
    assert signed_ == f"发布清单已签名：{signed / 'manifest.json.sig'}"
    status, *names = modules.split()
    assert status == "0"
    assert {name.removeprefix("notices.") for name in names} == {
        "command", "command.sign", "digest", "problem", "proof", "proof.inventory",
        "proof.manifest", "proof.signature", "software", "stamp", "terminal",
    }  # fmt: skip
    assert others == "set()"


def test_what_is_no_site_is_not_signed(
    tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, rule in ((None, "manifest-missing"), ("[]", "manifest-unreadable")):
        if text:
            (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
        assert main(["sign", str(tmp_path), "--key", str(keys / "key")]) == 1
        assert f"[{rule}]" in capsys.readouterr().out
    assert not (tmp_path / "manifest.json.sig").exists()


def change_a_byte(site: Path) -> None:
    page = (site / NOTICE).read_bytes()
    (site / NOTICE).write_bytes(page.replace("沟通,".encode(), "沟通，".encode(), 1))


def add_a_file(site: Path) -> None:
    (site / "notices/extra.html").write_text("甲", encoding="utf-8")


def remove_a_file(site: Path) -> None:
    (site / NOTICE).unlink()


def swap_the_manifest(site: Path) -> None:
    """Change a page and write what its digests are now, as a forger would."""
    change_a_byte(site)
    rewrite(site, files=manifest.digests(site))


FORGERIES: dict[str, tuple[Callable[[Path], None], list[str], list[str]]] = {
    # how, what the manifest tells, what building again tells besides
    "a changed byte": (change_a_byte, [f"{NOTICE} file-differs"], []),
    "an added file": (add_a_file, ["notices/extra.html file-added"], []),
    "a removed file": (remove_a_file, [f"{NOTICE} file-missing"], []),
    "a swapped manifest": (
        swap_the_manifest,
        ["manifest.json.sig signature-wrong"],
        ["manifest.json manifest-differs", f"{NOTICE} file-differs"],
    ),
}


@pytest.mark.usefixtures("rebuilt")
@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_each_file_that_differs_is_named(
    site: Path,
    embedded: Path,
    keys: Path,
    forgery: tuple[Callable[[Path], None], list[str], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By the manifest and its signature alone, and all the more by building the commit again."""
    forge, by_manifest, by_commit = forgery
    forge(site)
    signers = ("--signers", keys / "signers", "--format", "json")
    assert verify(site, "--manifest-only", *signers) == 1
    assert found(capsys) == sorted(by_manifest)
    assert verify(site, "--root", embedded, *signers) == 1
    assert found(capsys) == sorted(by_manifest + by_commit)


def found(capsys: pytest.CaptureFixture[str]) -> list[str]:
    entries = json.loads(capsys.readouterr().out)
    return sorted(f"{entry['path']} {entry['rule']}" for entry in entries)


def sign_with_another_key(site: Path, keys: Path) -> None:
    signature.sign(site / "manifest.json", keys / "other")


def sign_something_else(site: Path, keys: Path) -> None:
    other = site.parent / "manifest.json"
    other.write_text("{}", encoding="utf-8")
    signature.sign(other, keys / "key")
    shutil.copy(other.with_name("manifest.json.sig"), site)


def remove_the_signature(site: Path, _: Path) -> None:
    (site / "manifest.json.sig").unlink()


def damage_the_signature(site: Path, _: Path) -> None:
    (site / "manifest.json.sig").write_bytes(b"no signature")


WRONG = {
    "of another key": (sign_with_another_key, "signature-unknown"),
    "of something else": (sign_something_else, "signature-wrong"),
    "missing": (remove_the_signature, "signature-missing"),
    "damaged": (damage_the_signature, "signature-unknown"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_signature_does_not_hold(
    site: Path,
    keys: Path,
    wrong: tuple[Callable[[Path, Path], None], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil, rule = wrong
    spoil(site, keys)
    arguments = ("--manifest-only", "--signers", keys / "signers", "--format", "json")
    assert verify(site, *arguments) == 1
    assert found(capsys) == [f"manifest.json.sig {rule}"]


@pytest.mark.usefixtures("rebuilt")
def test_a_site_on_the_web_is_verified_by_its_address(
    site: Path, embedded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As far as can be seen from there; and it tells for which address it was built."""
    json_ = ("--root", embedded, "--format", "json")
    with serve(site) as address:
        assert verify(address, *json_) == 1
        assert found(capsys) == ["manifest.json address-differs"]
        change_a_byte(site)
        shutil.rmtree(site / "about")
        assert verify(address, "--root", embedded) == 1
    said = capsys.readouterr().out
    assert f"{NOTICE}:1:1: [file-differs] 内容不同：这次提交的 SHA-256 是 " in said
    assert "about/index.html:1:1: [file-missing] 这次提交里有这个文件，网站上没有" in said


def test_what_cannot_be_seen_from_the_web_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(small_site(tmp_path / "site")) as address:
        assert verify(address, "--manifest-only") == 0
    said = capsys.readouterr().out
    assert "没有重新生成来核对" in said
    assert "看不到清单以外多出来的文件" in said


UNABLE = {
    "nothing there": (lambda site: (site / "manifest.json").unlink(), "manifest-missing"),
    "no manifest": (lambda site: (site / "manifest.json").write_text("[]"), "manifest-unreadable"),
    "no commit": (lambda site: rewrite(site, commit=None), "commit-unknown"),
    "a commit from elsewhere": (lambda site: rewrite(site, commit="0" * 40), "commit-unknown"),
    "an option for git": (lambda site: rewrite(site, commit="--help"), "manifest-unreadable"),
}


@pytest.mark.parametrize("case", UNABLE.values(), ids=UNABLE.keys())
def test_what_cannot_be_verified_is_said(
    site: Path,
    embedded: Path,
    case: tuple[Callable[[Path], object], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoil, rule = case
    spoil(site)
    assert verify(site, "--root", embedded, "--format", "json") == 1
    assert found(capsys) == [f"manifest.json {rule}"]


def test_an_address_that_does_not_answer_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with serve(Path()) as address:
        pass
    assert verify(address, "--manifest-only") == 1
    assert "[site-unreachable] 取不到这个文件：" in capsys.readouterr().out
