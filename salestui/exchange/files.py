"""Which files a mapping reads: those of its names among the paths given, and the ones beside them that it joins."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from salestui.exchange.columns import columns_of, parts_of
from salestui.exchange.fields import ENTITIES
from salestui.exchange.mapping import Feed, Mapping
from salestui.exchange.mapping_file import LAYOUT, find_mapping, known_mappings
from salestui.exchange.reading import folded, titles_of
from salestui.exchange.trouble import named, quoted
from salestui.model.values.errors import DataProblem, UsageProblem

_TABLES = (".csv", ".tsv", ".txt", ".tab")


@dataclass(frozen=True)
class Files:
    """The files of an import."""

    feeds: tuple[tuple[Feed, str], ...]
    """Each feed with each of its files."""
    company: str | None
    left_out: tuple[str, ...]
    """Tables in the folders given that the mapping does not know."""
    around: tuple[str, ...]
    """All files given, among which joined ones are looked for."""


def find_files(paths: Sequence[str], mapping: Mapping) -> Files:
    """The mapping's files among `paths` (files, or folders with files). DataProblem where there are none."""
    listed = list(_listed(paths))
    feeds = [
        (feed, path)
        for feed in mapping.feeds
        if feed.file is not None
        for path, _ in listed
        if _matches(path, feed.file)
    ]
    company = [path for path, _ in listed if mapping.company_file and _matches(path, mapping.company_file)]
    joined = {join.file for feed in mapping.feeds for join in feed.joins}
    used = {path for _, path in feeds} | set(company)
    unknown = [(path, told) for path, told in listed if path not in used and not _any_matches(path, joined)]
    names = dict.fromkeys(feed.file for feed in mapping.feeds if feed.file is not None)
    expected = named(list(names), 20)
    for path, told in unknown:
        if told:
            raise DataProblem(
                f"The mapping {mapping.name} does not read a file of this name.", where=path, expected=expected
            )
    if not used:
        raise DataProblem(
            f"The mapping {mapping.name} finds none of its files.", where=", ".join(paths), expected=expected
        )
    if len(company) > 1:
        raise DataProblem("There are two of these.", where=" and ".join(company), expected="one company file")
    left_out = tuple(path for path, _ in unknown if path.casefold().endswith(_TABLES))
    return Files(tuple(feeds), company[0] if company else None, left_out, tuple(path for path, _ in listed))


def joined_file(name: str, beside: str, files: Files) -> str | None:
    """The file of a join: among those given, else beside the file it is joined to."""
    for path in files.around:
        if _matches(path, name):
            return path
    path = os.path.join(os.path.dirname(beside), name)
    return path if os.path.isfile(path) else None


def recognise(paths: Sequence[str]) -> Mapping:
    """The project's own layout, if the files are in it. UsageProblem, with the mapping that would fit, if not."""
    layout = find_mapping(LAYOUT)
    if _fits(paths, layout):
        return layout
    fitting = [name for name in known_mappings() if name != LAYOUT and _fits(paths, find_mapping(name))]
    what = "These files are not in salestui's own layout"
    if fitting:
        raise UsageProblem(what, remedy=f"They look like {fitting[0]}; say --mapping {fitting[0]}")
    if any(_any_matches(path, _names(layout)) for path, _ in _listed(paths)):
        return layout
    raise UsageProblem(
        what,
        expected="files such as " + named(list(_names(layout)), 20),
        remedy=f"Say which mapping reads them, with --mapping: a TOML file, or {named(list(known_mappings()))}",
    )


def _names(mapping: Mapping) -> Iterable[str]:
    files = dict.fromkeys(feed.file for feed in mapping.feeds if feed.file is not None)
    return [*files, mapping.company_file] if mapping.company_file else list(files)


def _fits(paths: Sequence[str], mapping: Mapping) -> bool:
    """Whether the mapping finds files, and in each of them the columns it cannot do without."""
    found = False
    for path, _ in _listed(paths):
        for feed in mapping.feeds:
            if feed.file is not None and _matches(path, feed.file):
                titles = set(titles_of(path))
                if not all(column in titles for column in _needed(feed, mapping)):
                    return False
                found = True
        found = found or bool(mapping.company_file and _matches(path, mapping.company_file))
    return found


def _needed(feed: Feed, mapping: Mapping) -> set[str]:
    joined = tuple(folded(join.name) + "." for join in feed.joins)
    if not mapping.allow_missing:
        return {name for name in map(folded, columns_of(feed)) if not name.startswith(joined or ("\0",))}
    required = [feed.fields[name] for name, each in ENTITIES[feed.entity].fields.items() if each.required]
    columns = [each.column for each in required if each.column is not None]
    return {folded(name) for name in [*columns, *(part for each in required for part in parts_of(each.template or ""))]}


def _listed(paths: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Every file, and whether it was named itself rather than found in a folder."""
    for path in dict.fromkeys(paths):
        if os.path.isdir(path):
            try:
                names = sorted(os.listdir(path))
            except OSError as error:
                raise DataProblem(f"The folder cannot be read: {error.strerror}.", where=path) from error
            for name in names:
                if not name.startswith(".") and os.path.isfile(os.path.join(path, name)):
                    yield os.path.join(path, name), False
        elif os.path.isfile(path):
            yield path, True
        else:
            raise UsageProblem(f"There is no file or folder {quoted(path)}.", expected="files, or folders with files")


def _matches(path: str, pattern: str) -> bool:
    return fnmatchcase(os.path.basename(path).casefold(), pattern.casefold())


def _any_matches(path: str, patterns: Iterable[str]) -> bool:
    return any(_matches(path, pattern) for pattern in patterns)
