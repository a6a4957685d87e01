"""The rim: where MkDocs' events meet the domain package ``notices``. Nothing else knows MkDocs."""

from __future__ import annotations

import functools
import gc
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Literal

import jinja2
import material
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.theme import Theme
from mkdocs.utils import get_relative_url

from notices import fault, report, software, terminal
from notices.cache import open_cache
from notices.catalogue.loading import load
from notices.facts.head import body_of
from notices.history.project import ROOT, Project
from notices.outputs import search
from notices.outputs.changes import keep_record
from notices.outputs.exports import Export, make_exports
from notices.outputs.fragments import Fragments, KeptTemplates
from notices.outputs.pages import metadata
from notices.outputs.pages.assets import place_assets
from notices.outputs.pages.merge import MergeExtension
from notices.outputs.pages.of_notice import Page, notice_pages
from notices.outputs.pages.qr import qr_code
from notices.problem import ERROR, Faulty, Problem, stops
from notices.proof.approvals.approvers import approvers_of
from notices.proof.approvals.judge import judge
from notices.proof.meant import NAMES_FILE, Meant
from notices.publishing import contents
from notices.publishing.preview import MadeWhenAsked, ProblemsOnTop
from notices.text import dialect

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.pages import Page as MkDocsPage

    from notices.catalogue.notices import Catalogue, Notice

log = get_plugin_logger("notices")
process = SimpleNamespace(preview=False, meant=Meant(), makers={})
"""What holds for this run of MkDocs, however often it builds."""
_MATERIAL = Path(material.__file__).parent / "templates"


class UnsoundError(PluginError):
    """The data has problems; raised before anything is written."""

    def __init__(self, problems: list[Problem]) -> None:
        listing = report.text(problems)
        errors = sum(problem.severity == ERROR for problem in problems)
        super().__init__(f"数据有 {errors} 处错误，网站没有改动：\n{listing}")
        self.problems = problems


class ExportFile(File):
    """An export of a notice, which is read, and proven to be what was made, when it is written."""

    def __init__(self, config: MkDocsConfig, address: str, export: Export) -> None:
        super().__init__(address, None, config.site_dir, config.use_directory_urls)
        self.generated_by = "notices"
        self._export = export

    def copy_file(self, dirty: bool = False) -> None:
        """Write it into the site."""
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        content = self._export.content()
        process.meant.add(self.dest_uri, content)
        target.write_bytes(content)


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Tell a preview from what will be public, and speak as our own command does."""
    terminal.speak_chinese()
    sys.excepthook = fault.in_place_of_a_trace
    process.preview = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load and check the catalogue; stop with every problem before anything is written."""
    if not config.use_directory_urls:
        raise PluginError("use_directory_urls must stay true: the addresses of items never change")
    root = _root(config)
    config.docs_dir = str(root / "content")
    try:
        project = Project.at(root)
        return _prepare(config, project, _load(config, project))
    except Faulty as fault:
        raise PluginError(report.text(fault.problems)) from fault


def _load(config: MkDocsConfig, project: Project) -> Catalogue:
    """Return the public's catalogue of ``project``; raise UnsoundError when it has problems."""
    catalogue, problems = _read(project, config.site_url or "")
    # What is only previewed need not be approved yet.
    judged = judge(project.root, catalogue, None if process.preview else approvers_of(project))
    config.extra["approvals"] = judged.approvals
    problems += judged.problems
    if stops(problems):
        raise UnsoundError(problems)
    for problem in problems:
        log.info(str(problem))  # a warning would stop MkDocs when it is strict
    # It stays to the end of the build: there is no garbage in it to look for again and again.
    gc.freeze()
    return catalogue.public()


def _read(project: Project, address: str) -> tuple[Catalogue, list[Problem]]:
    """Return the catalogue and its problems, found by all rules unless who started us does that."""
    if NAMES_FILE in os.environ:
        return load(project.root, project.moment)
    from notices.checks import inspect  # noqa: PLC0415 (takes as long as MkDocs takes to start)

    return inspect(project.root, project.moment, address=address)


def _prepare(config: MkDocsConfig, project: Project, catalogue: Catalogue) -> MkDocsConfig:
    """Make ready what the other events need."""
    config.site_name = catalogue.site.title
    if catalogue.site.navigation:
        config.nav = [{entry.title: entry.page} for entry in catalogue.site.navigation]
    cache = open_cache(project.root)
    record = keep_record(project, catalogue, cache.room("changes"))
    templates = KeptTemplates(cache.room("templates"))
    base = config.site_url or ""
    room, later = cache.room("exports"), process.preview
    exports = make_exports(catalogue, base, software.FRAGMENTS, room, record.revisions, later=later)
    process.makers = {address: export.content for address, export in exports.beside.items()}
    known = {"commit": project.commit, "record": record, "exports": exports}
    known["approvals"] = config.extra["approvals"]
    merge = MergeExtension(Fragments(catalogue, software.FRAGMENTS, templates, base, **known))
    pages = [page for notice in catalogue.notices for page in notice_pages(notice)]
    config.extra.update(
        project=project,
        catalogue=catalogue,
        record=record,
        exports=exports,
        merge=merge,
        notice_pages={page.source: page for page in pages},
        cache=cache,
        template_cache=templates,
        assets=place_assets(software.THEME, _MATERIAL, cache.room("styles")),
    )
    config.theme.get_env = functools.partial(_environment, config.theme)  # type: ignore[method-assign]
    config.markdown_extensions = [*dialect.EXTENSIONS, merge]  # type: ignore[list-item]
    config.mdx_configs = dialect.CONFIGS
    return config


def _environment(theme: Theme) -> jinja2.Environment:
    """Return the environment of ``theme``, of whose thousands of files MkDocs need take none."""
    environment = Theme.get_env(theme)
    environment.list_templates = lambda *_, **__: []  # type: ignore[method-assign]
    return environment


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let the site have what the catalogue and the software give, and nothing that MkDocs found."""
    catalogue, exports = config.extra["catalogue"], config.extra["exports"]
    assets_at, assets = config.extra["assets"]
    made = {f"{assets_at}/{path}": content for path, content in assets.items()}
    made |= {path.removeprefix("content/"): body_of(text) for path, text in catalogue.pages.items()}
    made |= {page.source: page.markdown for page in _notice_pages(config).values()}
    fragments, base = config.extra["merge"].fragments, config.site_url or ""
    made |= exports.sitewide
    made |= dict(contents.texts(catalogue, config.extra["record"], fragments, base))
    public = Files([])
    for address, path in contents.copied(catalogue, _root(config)).items():
        public.append(File.generated(config, address, abs_src_path=str(path)))
    for address, export in exports.beside.items() if not process.preview else ():
        public.append(ExportFile(config, address, export))
    for address, content in made.items():
        public.append(File.generated(config, address, content=content))
    process.meant = Meant(origin=catalogue.origin)
    for file in public:
        # MkDocs has a list of its own of what it leaves out.
        file.inclusion = InclusionLevel.NOT_IN_NAV
        if not (file.is_documentation_page() or isinstance(file, ExportFile)):
            process.meant.add(file.dest_uri, file.content_bytes)
    return public


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    """Give a notice's page its frame, and tell the merge which page comes next."""
    made = _notice_pages(config).get(page.file.src_uri)
    config.extra["merge"].turn_to(
        lambda address: get_relative_url(address, page.url), made.notice if made else None
    )
    # The site's own index finds every string; Material's is not made.
    page.meta["search"] = {"exclude": True}
    if made is None:
        head = config.extra["catalogue"].heads[f"content/{page.file.src_uri}"]
        page.meta.update(head.model_dump(exclude_none=True))
        return markdown
    page.meta.update(title=made.title, description=made.description, hide=made.hide)
    return made.markdown


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Give the theme the catalogue, and the place of its assets."""
    env.bytecode_cache = config.extra["template_cache"]
    env.globals.update(
        catalogue=config.extra["catalogue"],
        assets=config.extra["assets"][0],
        preview=process.preview,
        described=lambda page: _describe(page, config),
        notice_of=lambda page: _notice_of(page, config),
        qr=qr_code,
    )
    return env


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Mean the template's page to be published as it is."""
    process.meant.add(template_name, output_content.encode())
    return output_content


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    """Mean the page to be published as it is."""
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
    made = MadeWhenAsked(server.serve_request, lambda: process.makers)
    server.set_app(ProblemsOnTop(made, problems, software.FRAGMENTS))
    return server


def on_post_build(config: MkDocsConfig) -> None:
    """Write the search index over the empty one of Material's plugin, and say what is meant."""
    site = Path(config.site_dir)
    room = config.extra["cache"].room("search")
    files = [*search.index_files(config.extra["catalogue"], room)]
    search.write_files(site, files)
    for path, content in files:
        process.meant.add(path, content)
    (site / "sitemap.xml.gz").unlink(missing_ok=True)  # MkDocs', with the time in it
    if file := os.environ.get(NAMES_FILE):
        process.meant.write(Path(file))


def _describe(page: MkDocsPage, config: MkDocsConfig) -> metadata.Description:
    """Return what the page tells machines of itself."""
    notice = _notice_of(page, config)
    described = metadata.Described(
        title=config.site_name if page.is_homepage else str(page.meta.get("title") or page.title),
        description=page.meta.get("description", ""),
        address=page.canonical_url or "",
        home=config.site_url or get_relative_url(".", page.url),
        column=not (notice and page.file.src_uri == f"notices/{notice.id}.md"),
        notice=notice,
    )
    image = f"{config.site_url}apple-touch-icon.png"
    return metadata.describe(described, config.extra["catalogue"], config.site_name, image)


def _root(config: MkDocsConfig) -> Path:
    """Return the folder of what is published: the one that $NOTICES_ROOT names, or our own."""
    return Path(os.environ.get(ROOT) or Path(config.config_file_path).parent)


def _notice_pages(config: MkDocsConfig) -> dict[str, Page]:
    return dict(config.extra["notice_pages"])


def _notice_of(page: MkDocsPage, config: MkDocsConfig) -> Notice | None:
    return made.notice if (made := _notice_pages(config).get(page.file.src_uri)) else None
