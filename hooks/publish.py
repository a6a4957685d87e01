"""The rim: where MkDocs' events meet the domain package ``notices``. Nothing else knows MkDocs."""

from __future__ import annotations

import functools
import gc
import os
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import jinja2
import material
from markupsafe import Markup, escape
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.theme import Theme

from notices import fault, report, software, terminal
from notices.cache import Cache, open_cache
from notices.facts.head import body_of
from notices.history.project import ROOT, Project
from notices.outputs.pages.assets import place_assets
from notices.outputs.pages.frame import CONTENT, TOPIC, Frame, token
from notices.outputs.pages.merge import MergeExtension
from notices.outputs.pages.metadata import Described
from notices.outputs.pages.page import TYPES, Heading, relative
from notices.problem import ERROR, Faulty, Problem
from notices.proof.meant import Meant
from notices.publishing.alone import MadeAlone
from notices.publishing.component import write
from notices.publishing.making import FRAMES, Making
from notices.publishing.preview import MadeWhenAsked, ProblemsOnTop
from notices.publishing.rendered import NAMES_FILE, Rendered, gathered
from notices.text import dialect

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.structure.toc import AnchorLink


log = get_plugin_logger("notices")


class _Process:
    """What holds for this run of MkDocs, however often it builds."""

    def __init__(self) -> None:
        self.preview = False
        self.meant = Meant()
        self.alone: MadeAlone | None = None
        """None where whoever started us makes what is made of notices."""
        self.frames: dict[str, Frame] = {}
        self.secret = secrets.token_hex(16)
        self.making: Making


process = _Process()
_KINDS = {source: kind for kind, source in FRAMES.items()}
_MATERIAL = Path(material.__file__).parent / "templates"


class UnsoundError(PluginError):
    """The data has problems; raised before anything is written."""

    def __init__(self, problems: list[Problem]) -> None:
        listing = report.text(problems)
        errors = sum(problem.severity == ERROR for problem in problems)
        super().__init__(f"数据有 {errors} 处错误，网站没有改动：\n{listing}")
        self.problems = problems


class MadeFile(File):
    """What is made of a notice: others link to it by its source, and it is written at the end."""

    def __init__(self, config: MkDocsConfig, source: str, address: str) -> None:
        super().__init__(source, None, config.site_dir, config.use_directory_urls, dest_uri=address)
        self.generated_by = "notices"

    def is_documentation_page(self) -> bool:
        """Tell MkDocs that there is nothing for it to render."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Write nothing: the frames of pages are not there yet."""


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
    try:
        project = Project.at(root, open_cache(root).room("sources"))
        process.making = _load(config, project)
    except Faulty as fault:
        raise PluginError(report.text(fault.problems)) from fault
    site = process.making.archive.site
    config.site_name = site.title
    if site.navigation:
        config.nav = [{entry.title: entry.page} for entry in site.navigation]
    config.theme.get_env = functools.partial(_environment, config.theme)  # type: ignore[method-assign]
    config.mdx_configs = dialect.CONFIGS
    return config


def _load(config: MkDocsConfig, project: Project) -> Making:
    """Return what is made of ``project``; raise UnsoundError when it has problems."""
    cache, base = open_cache(project.root), config.site_url or ""
    # Meanwhile, whoever started us makes what he tells us.
    assets = place_assets(software.THEME, _MATERIAL, cache.room("styles"))
    if NAMES_FILE in os.environ:
        told = gathered(sys.stdin.buffer)
    else:
        process.alone = _alone(project, base, cache)
        told = process.alone.told
    # It stays to the end of the build: there is no garbage in it to look for again and again.
    gc.freeze()
    return Making(project, told, base, cache, assets)


def _alone(project: Project, base: str, cache: Cache) -> MadeAlone:
    try:
        alone = MadeAlone(project, base, cache, preview=process.preview)
    except Faulty as fault:
        raise UnsoundError([*fault.problems]) from fault
    for problem in alone.hints:
        log.info(str(problem))  # a warning would stop MkDocs when it is strict
    return alone


def _environment(theme: Theme) -> jinja2.Environment:
    """Return the environment of ``theme``, of whose thousands of files MkDocs need take none."""
    environment = Theme.get_env(theme)
    environment.list_templates = lambda *_, **__: []  # type: ignore[method-assign]
    return environment


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let the site have what the catalogue and the software give, and nothing that MkDocs found."""
    making = process.making
    made = making.texts()
    pages = making.archive.pages
    made |= {path.removeprefix("content/"): body_of(text) for path, text in pages.items()}
    made |= dict.fromkeys(FRAMES.values(), "")
    public = Files([])
    for address, path in making.copied().items():
        public.append(File.generated(config, address, abs_src_path=str(path)))
    for address, content in made.items():
        public.append(File.generated(config, address, content=content))
    for source, address in making.sources().items():
        public.append(MadeFile(config, source, address))
    process.meant = Meant()
    for file in public:
        # MkDocs has a list of its own of what it leaves out.
        file.inclusion = InclusionLevel.NOT_IN_NAV
        if not (file.is_documentation_page() or isinstance(file, MadeFile)):
            process.meant.add(file.dest_uri, file.content_bytes)
    return public


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Tell of the page what its head says, and how fragments in it link."""
    # The site's own index finds every string; Material's is not made.
    page.meta["search"] = {"exclude": True}
    if kind := _frame(page):
        page.meta.update(title=token(TOPIC, process.secret), hide=TYPES[kind])
        return markdown
    head = process.making.archive.heads[f"content/{page.file.src_uri}"]
    page.meta.update(head.model_dump(exclude_none=True))
    merge = MergeExtension(process.making.fragments, functools.partial(relative, page.url))
    config.markdown_extensions = [*dialect.EXTENSIONS, merge]  # type: ignore[list-item]
    return markdown


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Give the theme the catalogue, the place of its assets, and what stands in slots."""
    making, base = process.making, config.site_url or ""
    env.bytecode_cache = making.templates
    pages = (each.page for each in files.documentation_pages() if each.src_uri not in _KINDS)
    addresses = [each.canonical_url for each in pages if each and each.canonical_url]
    addresses += [base + address for address in making.addresses()]
    env.globals.update(
        archive=making.archive,
        assets=making.assets_at,
        preview=process.preview,
        slot=functools.partial(_slot, config),
        sitemap=addresses if base else [],
    )
    return env


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Mean the template's page to be published as it is."""
    process.meant.add(template_name, output_content.encode())
    return output_content


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Mean the page to be published as it is; a frame is not, but kept for the pages in it."""
    if kind := _frame(page):
        process.frames[kind] = Frame.cut(output, process.secret)
        return ""
    process.meant.add(page.file.dest_uri, output.encode())
    return output


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Keep the last good site up while data is unsound, and show the problems on its pages."""
    problems: list[Problem] = []

    def rebuild() -> None:
        try:
            builder()
            problems.clear()
        except Abort as abort:
            if not isinstance(abort.__context__, UnsoundError):
                raise
            problems[:] = abort.__context__.problems
        except Exception as error:  # MkDocs would print where it was, and answer no more
            problems[:] = [fault.tell(error)]
            log.error(str(problems[0]))

    server.builder = rebuild  # after MkDocs' own had failed, the server would stop answering
    made = MadeWhenAsked(
        server.serve_request, lambda: process.alone.makers if process.alone else {}
    )
    server.set_app(ProblemsOnTop(made, problems, software.FRAGMENTS))
    return server


def on_post_build(config: MkDocsConfig) -> None:
    """Write what is made beside, and the search index over that of Material's plugin."""
    site, frames = Path(config.site_dir), process.frames
    (site / "sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs', with the time in it
    if process.alone:
        write(site, process.alone.parts(frames))
    else:
        (site / "search" / "search_index.json").unlink()  # Material's, which finds nothing
        Rendered(frames, process.meant).write(Path(os.environ[NAMES_FILE]))


def _slot(config: MkDocsConfig, slot: str, page: MkDocsPage | None, tag: str = "") -> str:
    """Return what stands in ``slot`` of ``page``, or what stands for it in a frame."""
    if page and _frame(page):
        return token(slot, process.secret)
    if page and slot == CONTENT:
        said = page.content or ""
        return said if "<h1" in said else f"<h1>{escape(page.title)}</h1>\n{said}"
    headings = [_heading(each) for each in page.toc] if page else []
    return process.making.filler.fill(slot, _described(page, config), headings, tag)


def _heading(link: AnchorLink) -> Heading:
    return Heading(Markup(link.title), link.url, [_heading(each) for each in link.children])


def _described(page: MkDocsPage | None, config: MkDocsConfig) -> Described:
    """Return what a page that people wrote tells of itself; one that is none tells nothing."""
    if page is None:
        return Described("", "", "", "", column=True)
    return Described(
        title=config.site_name if page.is_homepage else str(page.meta.get("title") or page.title),
        description=page.meta.get("description", ""),
        address=page.canonical_url or "",
        home=config.site_url or relative(page.url, ""),
        column=True,
    )


def _frame(page: MkDocsPage) -> str | None:
    """Return the type of the pages that ``page`` is the frame of, if it is one."""
    return _KINDS.get(page.file.src_uri)
