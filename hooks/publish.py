"""The rim: where MkDocs' events meet the domain package ``notices``. Nothing else knows MkDocs."""

from __future__ import annotations

import functools
import gc
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

# All that is loaded stays to the end of the build: to look for garbage in it takes as long as to
# load a quarter of it.
gc.disable()

import jinja2
from markupsafe import Markup, escape
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.theme import Theme

from notices import fault, report, software, terminal
from notices.cache import open_cache
from notices.history.project import ROOT, Project
from notices.outputs.fragments import KeptTemplates
from notices.outputs.pages.frame import CONTENT, TOPIC, Frame, token
from notices.outputs.pages.given import with_anchors
from notices.outputs.pages.merge import MergeExtension
from notices.outputs.pages.page import TYPES, Heading, relative
from notices.outputs.pages.slots import WrittenPage
from notices.problem import ERROR, Faulty, Problem
from notices.publishing.rendered import FRAMES, AskedPages, Rendered
from notices.publishing.renderer import NAMES_FILE
from notices.text import dialect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.structure.toc import AnchorLink

    from notices.publishing.alone import MadeAlone
    from notices.publishing.previewed import Previewed


log = get_plugin_logger("notices")


class _Process:
    """What holds for this run of MkDocs, however often it builds."""

    def __init__(self) -> None:
        self.preview = False
        self.secret = secrets.token_hex(16)
        self.asked: AskedPages
        self.previewed: Previewed | None = None
        self.alone: MadeAlone | None = None
        """None where whoever started us makes all but what is asked."""
        self.kept: Rendered | None = None
        """What was rendered before of the same."""
        self.frames: dict[str, Frame] = {}
        self.pages: dict[str, WrittenPage] = {}
        self.files: dict[str, str] = {}


process = _Process()
_KINDS = {source: kind for kind, source in FRAMES.items()}
_SITEMAP = "sitemap.xml"  # MkDocs' own, which knows few pages


class UnsoundError(PluginError):
    """The data has problems; raised before anything is written."""

    def __init__(self, problems: list[Problem]) -> None:
        listing = report.text(problems)
        errors = sum(problem.severity == ERROR for problem in problems)
        super().__init__(f"数据有 {errors} 处错误，网站没有改动：\n{listing}")
        self.problems = problems


class OfferedFile(File):
    """What pages may link to by its source; whoever knows how, makes it."""

    def __init__(self, config: MkDocsConfig, source: str, address: str) -> None:
        super().__init__(source, None, config.site_dir, config.use_directory_urls, dest_uri=address)
        self.generated_by = "notices"

    def is_documentation_page(self) -> bool:
        """Tell MkDocs that there is nothing for it to render."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Write nothing: it may not be there yet."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Tell a preview from what will be public, and speak as our own command does."""
    terminal.speak_chinese()
    sys.excepthook = fault.in_place_of_a_trace
    process.preview = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take what is told of notices, or make them; stop with every problem before anything is
    written.
    """
    if not config.use_directory_urls:
        raise PluginError("use_directory_urls must stay true: the addresses of items never change")
    # What is published, or our own.
    root = Path(os.environ.get(ROOT) or Path(config.config_file_path).parent)
    config.docs_dir = str(root / "content")
    process.asked = _asked(config, root)
    gc.freeze()
    gc.enable()
    site = process.asked.site
    config.site_name = site.title
    if process.kept:  # then there is nothing to render
        config.nav = []
        config.theme.static_templates.clear()
    elif site.navigation:
        config.nav = [{entry.title: entry.page} for entry in site.navigation]
    config.theme.get_env = functools.partial(_environment, config.theme)  # type: ignore[method-assign]
    config.mdx_configs = dialect.CONFIGS
    config.markdown_extensions = [*dialect.EXTENSIONS, MergeExtension(_block)]  # type: ignore[list-item]
    return config


def _asked(config: MkDocsConfig, root: Path) -> AskedPages:
    """Return what is to be rendered, as whoever started us tells it, or of what we make ourselves;
    raise UnsoundError when that has problems.
    """
    if NAMES_FILE in os.environ:
        return AskedPages.read(sys.stdin.buffer.read())
    try:
        process.alone = alone = _made(root, config.site_url or "")
    except Faulty as fault:
        raise UnsoundError([*fault.problems]) from fault
    for problem in alone.hints:
        log.info(str(problem))  # a warning would stop MkDocs when it is strict
    process.kept = None if process.preview else alone.rendered_before()
    return alone.asked


def _made(root: Path, base: str) -> MadeAlone:
    """Return all that is made of the project in ``root`` without MkDocs; raise Faulty with all that
    is wrong with it.
    """
    # Who only renders for somebody else does not wait for what makes all the rest.
    from notices.publishing.alone import MadeAlone  # noqa: PLC0415
    from notices.publishing.previewed import Previewed  # noqa: PLC0415

    if process.preview:
        process.previewed = process.previewed or Previewed(root, base)
        return process.previewed.made()
    cache = open_cache(root)
    return MadeAlone(Project.at(root, cache.room("sources")), base, cache, preview=False)


def _token(slot: str) -> str:
    """Return what stands for a slot, until it is filled."""
    return token(slot, process.secret)


def _block(slot: str) -> str:
    """Return what stands for a slot where Markdown looks for blocks of HTML."""
    return f"<!--{_token(slot)}-->"


def _environment(theme: Theme) -> jinja2.Environment:
    """Return the environment of ``theme``, of whose thousands of files MkDocs need take none."""
    environment = Theme.get_env(theme)
    environment.list_templates = lambda *_, **__: []  # type: ignore[method-assign]
    return environment


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let there be what is asked, and nothing that MkDocs found."""
    if process.kept:
        return Files([])
    pages = {**process.asked.pages, **dict.fromkeys(FRAMES.values(), "")}
    public = Files([File.generated(config, source, content=said) for source, said in pages.items()])
    for source, address in process.asked.offered.items():
        public.append(OfferedFile(config, source, address))
    for file in public:
        # MkDocs has a list of its own of what it leaves out.
        file.inclusion = InclusionLevel.NOT_IN_NAV
    process.frames, process.pages, process.files = {}, {}, {}
    return public


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Tell of the page what its head says."""
    if kind := _frame(page):
        page.meta.update(title=_token(TOPIC), hide=TYPES[kind])
    else:
        head = process.asked.heads[page.file.src_uri]
        page.meta.update(head.model_dump(exclude_none=True))
    return markdown


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Give the theme what it says of the site, where its assets are, and what stands in slots."""
    asked = process.asked
    env.bytecode_cache = KeptTemplates(open_cache(Path(config.docs_dir).parent).room("templates"))
    env.globals.update(
        site=asked.site,
        has_notices=asked.has_notices,
        assets=asked.assets,
        preview=process.preview,
        slot=_slot,
    )
    return env


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Keep what a template gives; what MkDocs writes of it is not published."""
    frame = Frame.cut(output_content, process.secret)
    if frame.slots:
        _keep(template_name, frame, None, config)
    elif template_name != _SITEMAP:
        process.files[template_name] = output_content
    return output_content


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Keep what was rendered of the page; what MkDocs writes of it is not published."""
    if kind := _frame(page):
        process.frames[kind] = Frame.of_type(output, process.secret)
        return ""
    _keep(page.file.dest_uri, Frame.cut(output, process.secret), page, config)
    return output


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Keep the last good site up while data is unsound, and show the problems on its pages."""
    from notices.publishing import preview  # noqa: PLC0415 (only who serves waits)

    previewed = process.previewed
    assert previewed

    def render() -> None:
        try:
            builder()
        except Abort as abort:
            if isinstance(abort.__context__, UnsoundError):
                raise Faulty(*abort.__context__.problems) from abort
            raise

    def rebuild() -> None:
        previewed.follow(render)
        if previewed.problems:
            log.error(report.text(previewed.problems))

    server.builder = rebuild  # after MkDocs' own had failed, the server would stop answering
    folder, top = Path(config.site_dir), server.mount_path
    made = preview.MadeWhenAsked(server.serve_request, lambda: previewed.shown, folder, top)
    server.set_app(preview.ProblemsOnTop(made, previewed.problems, software.FRAGMENTS))
    if preview.tells_changes(Path(config.docs_dir)):
        from notices.publishing import watch  # noqa: PLC0415 (only Linux has it)

        watch.tell_changes(server)
    return server


def on_post_build(config: MkDocsConfig) -> None:
    """Write all that is made, or tell whoever started us what was rendered."""
    rendered = Rendered(process.frames, [*process.pages.values()], process.files)
    site = Path(config.site_dir)
    (site / "sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs', with the time in it
    if process.previewed:
        process.previewed.show(rendered)
    elif process.alone:
        process.alone.write(site, process.kept or rendered)
    else:
        Path(os.environ[NAMES_FILE]).write_bytes(rendered.told())


def _slot(slot: str, page: MkDocsPage | None) -> str:
    """Return what stands for ``slot`` of ``page``: its content, where people wrote it."""
    if page and slot == CONTENT and not _frame(page):
        said = page.content or ""
        said = said if "<h1" in said else f"<h1>{escape(page.title)}</h1>\n{said}"
        return with_anchors(page.file.src_uri, said)
    return _token(slot)


def _keep(address: str, frame: Frame, page: MkDocsPage | None, config: MkDocsConfig) -> None:
    """Keep a page that people wrote, as it was rendered; a template is none, and tells nothing."""
    described = _described(page, config) if page else ("", "", "", "")
    headings = [_heading(each) for each in _toc(page)] if page else []
    folder = page.url if page else ""
    process.pages[address] = WrittenPage(address, folder, frame, described, headings)


def _toc(page: MkDocsPage) -> Iterable[AnchorLink]:
    """Return what the contents of ``page`` lead to: not to its title, which is where one is."""
    if "toc" in page.meta.get("hide", ()):
        return []
    return [below for each in page.toc for below in (each.children if each.level == 1 else [each])]


def _heading(link: AnchorLink) -> Heading:
    return Heading(Markup(link.title), link.url, [_heading(each) for each in link.children])


def _described(page: MkDocsPage, config: MkDocsConfig) -> tuple[str, str, str, str]:
    """Return what a page that people wrote tells of itself."""
    title = config.site_name if page.is_homepage else str(page.meta.get("title") or page.title)
    home = config.site_url or relative(page.url, "")
    return title, page.meta.get("description", ""), page.canonical_url or "", home


def _frame(page: MkDocsPage) -> str | None:
    """Return the type of the pages that ``page`` is the frame of, if it is one."""
    return _KINDS.get(page.file.src_uri)
