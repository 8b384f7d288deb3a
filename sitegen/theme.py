"""Themes: layers of folders with templates and static files, the Jinja environment, and hashed assets.

A theme is a folder with theme.yaml, templates/ and static/. The same name may exist in several places (the site's
own themes/, the installed package, a checkout's themes/), and a theme may extend another; together they are layers,
the most specific first, and each template or static file is taken from the first layer that has it.
"""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
import jinja2.meta
import yaml
from jinja2 import nodes

from sitegen.assets import Asset, digest_of, minified, publish
from sitegen.fields import nearest
from sitegen.filters import filters_of
from sitegen.fragments import Fragments
from sitegen.lunrscript import for_readers
from sitegen.problems import Problem, SitegenError, error
from sitegen.scriptwords import word_modules
from sitegen.templating import Environment
from sitegen.words import Words, read_words

BASE = "default"


@dataclass(frozen=True)
class Theme:
    """Layers of one theme, most specific first.

    root: the folder that messages name paths from. language: of the words.
    content: hash of all its files, which tells it from what it was before an edit. closures: what `closure` has given.
    """

    layers: tuple[Path, ...]
    root: Path
    language: str = "en"
    content: str = ""
    closures: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _trees: dict[str, nodes.Template] = field(default_factory=dict, compare=False, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """Cross the border of a process without what Jinja has made, which cannot: it is made there anew."""
        return {name: value for name, value in vars(self).items() if name not in {"environment", "fragments"}} | {
            "_trees": {}
        }

    @cached_property
    def static(self) -> Mapping[str, Path]:
        """Map each static file's name ("css/style.css") to the file of the first layer that has it."""
        found: dict[str, Path] = {}
        for layer in self.layers:
            for file in _files(layer / "static"):
                found.setdefault(file.relative_to(layer / "static").as_posix(), file)
        return dict(sorted(found.items()))

    @cached_property
    def assets(self) -> Mapping[str, Asset]:
        """Map each static file's name to what is published."""
        return publish(self.static, self._made_scripts())

    def _made_scripts(self) -> dict[str, bytes]:
        lunr = self.static.get("js/lunr.js")
        shortened = {"js/lunr.js": minified("js/lunr.js", for_readers(lunr.read_bytes()))} if lunr else {}
        return word_modules(self.words) | shortened

    @cached_property
    def words(self) -> Words:
        """The words of the interface."""
        return read_words(self.language, [layer / "words" for layer in self.layers])

    @cached_property
    def environment(self) -> jinja2.Environment:
        """The Jinja environment: everything is escaped, and a name that a view does not have is an error."""
        environment = Environment(
            loader=jinja2.FileSystemLoader([layer / "templates" for layer in self.layers]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,  # when a file changes, a preview loads the theme anew
        )
        environment.globals.clear()
        environment.globals.update(asset=self.asset, each=self.fragments.each, once=self.fragments.once, range=range)
        environment.filters.update(filters_of(self.words))
        return environment

    @cached_property
    def fragments(self) -> Fragments:
        """Parts of pages that are rendered once."""
        return Fragments(self._template)

    def _template(self, name: str) -> jinja2.Template:
        return self.environment.get_template(name)

    def asset(self, name: str) -> str:
        """Give the published path of a static file, for templates; an unknown name is an error in the template."""
        if name not in self.assets:
            raise jinja2.TemplateRuntimeError(f"no layer of the theme has the static file {name!r}")
        return self.assets[name].path

    def render(self, template: str, view: Any) -> bytes:  # noqa: ANN401  # any frozen view
        """Render one frozen view; its fields are the template's names, and `root` is head.root."""
        names = {f.name: getattr(view, f.name) for f in fields(view)}
        try:
            return self.environment.get_template(template).render(names, root=view.head.root).encode()
        except jinja2.TemplateNotFound as missing:
            raise SitegenError([self._missing_problem(template, missing)]) from missing
        except jinja2.TemplateSyntaxError as mistake:
            raise SitegenError([self._syntax_problem(mistake)]) from mistake
        except Exception as mistake:
            raise SitegenError([self._runtime_problem(template, mistake)]) from mistake

    def closure(self, template: str) -> str:
        """Hash a template with all that it includes, extends and imports, and the addresses of its assets."""
        if template not in self.closures:
            parts = [part for name in sorted(self._reachable(template)) for part in self._facts(name)]
            parts.append(self.words.digest)
            self.closures[template] = digest_of(*(part.encode() for part in parts))
        return self.closures[template]

    def _reachable(self, template: str) -> set[str]:
        """Names of the templates that a template needs, itself included."""
        found: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(n or "" for n in jinja2.meta.find_referenced_templates(self._parsed(name)))
                waiting.extend(self._named(name, "once", "each"))
        return found

    def _facts(self, template: str) -> Iterator[str]:
        """Yield what makes a template's output: its name, its text, the addresses of the assets it names."""
        yield template
        yield self._source(template)
        yield from (self.assets[name].path for name in self._named(template, "asset") if name in self.assets)

    def _named(self, template: str, *functions: str) -> Iterator[str]:
        """Yield the files that calls of some functions name as their first argument."""
        for call in self._parsed(template).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in functions:
                yield from (a.value for a in call.args[:1] if isinstance(a, nodes.Const))

    def _source(self, template: str) -> str:
        assert self.environment.loader is not None  # noqa: S101  # set where the environment is made
        return self.environment.loader.get_source(self.environment, template)[0]

    def _parsed(self, template: str) -> nodes.Template:
        if template not in self._trees:
            self._trees[template] = self._parse(template)
        return self._trees[template]

    def _parse(self, template: str) -> nodes.Template:
        try:
            return self.environment.parse(self._source(template), template, self._file(template))
        except jinja2.TemplateNotFound as missing:
            raise SitegenError([self._missing_problem(template, missing)]) from missing
        except jinja2.TemplateSyntaxError as mistake:
            raise SitegenError([self._syntax_problem(mistake)]) from mistake
        except UnicodeDecodeError as mistake:
            raise SitegenError(
                [error(self._name(Path(self._file(template))), 1, "not UTF-8; save it as UTF-8")]
            ) from mistake

    def _file(self, template: str) -> str:
        candidates = [layer / "templates" / template for layer in self.layers]
        return str(next((file for file in candidates if file.is_file()), candidates[0]))

    def _name(self, file: Path) -> str:
        """Name a file as messages do: from the site's root where it is inside."""
        return _shown(file, self.root)

    def _missing_problem(self, template: str, missing: jinja2.TemplateNotFound) -> Problem:
        where = self._name(self.layers[0] / "templates" / template)
        return error(where, 1, f"no layer of the theme has the template {missing.name!r}; add it, or mend the name")

    def _syntax_problem(self, mistake: jinja2.TemplateSyntaxError) -> Problem:
        file = mistake.filename or self._file(mistake.name or "")
        return error(self._name(Path(file)), mistake.lineno, f"template syntax: {mistake.message}; mend the template")

    def _runtime_problem(self, template: str, mistake: Exception) -> Problem:
        """Point at the innermost template line of a failure; a failure outside any template is a bug and goes on."""
        line, file, trace = 0, self._file(template), mistake.__traceback__
        folders = tuple(str(layer / "templates") for layer in self.layers)
        while trace is not None:
            if trace.tb_frame.f_code.co_filename.startswith(folders):
                line, file = trace.tb_lineno, trace.tb_frame.f_code.co_filename
            trace = trace.tb_next
        if not line:
            raise mistake
        return error(self._name(Path(file)), line, f"template: {mistake}; mend the template")


def load_theme(
    name: str,
    places: tuple[Path, ...],
    root: Path,
    at: tuple[str, int] = ("content/site.yaml", 1),
    language: str = "en",
) -> Theme:
    """Find a theme by name in `places` (folders of themes, most specific first) and lay out its layers.

    at: the file and line that ask for it, for the message when there is none. language: of the site's words.
    """
    layers: list[Path] = []
    for wanted in _lineage(name, places, root, at):
        layers += [place / wanted for place in places if (place / wanted / "theme.yaml").is_file()]
    resolved = tuple(dict.fromkeys(layer.resolve() for layer in layers))
    return _unchanged(resolved, root.resolve(), _content_of(resolved), language)


@functools.lru_cache(maxsize=2)
def _unchanged(layers: tuple[Path, ...], root: Path, content: str, language: str) -> Theme:
    """Give the same theme, with all that it has compiled, as long as no file of it changes: a preview builds often."""
    return Theme(layers, root, language, content)


def _content_of(layers: tuple[Path, ...]) -> str:
    return digest_of(*(part for layer in layers for f in _files(layer) for part in (bytes(f), f.read_bytes())))


def _lineage(name: str, places: tuple[Path, ...], root: Path, at: tuple[str, int]) -> list[str]:
    """Name a theme, those that it extends, and last the one that every theme stands on."""
    names: list[str] = []
    wanted: str | None = name
    while wanted is not None and wanted not in names:
        file = next((f for place in places if (f := place / wanted / "theme.yaml").is_file()), None)
        if file is None:
            have = sorted({f.parent.name for place in places for f in place.glob("*/theme.yaml")})
            raise SitegenError([error(*at, f"no theme is called {wanted!r}{nearest(wanted, have)}")])
        names.append(wanted)
        wanted, at = _extends(file, root), (_shown(file, root), 1)
    return names if BASE in names else [*names, BASE]


def _shown(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _extends(file: Path, root: Path) -> str | None:
    """Read which theme a theme extends."""
    try:
        facts = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as mistake:
        mark = getattr(mistake, "problem_mark", None)
        raise SitegenError(
            [error(_shown(file, root), mark.line + 1 if mark else 1, "not readable as YAML; mend it")]
        ) from mistake
    extends = facts.get("extends") if isinstance(facts, dict) else None
    return str(extends) if extends else None


def _files(folder: Path) -> Iterator[Path]:
    """Walk a folder's files in a fixed order, leaving out what editors and systems drop there."""
    if folder.is_dir():
        yield from (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith((".", "~")))
