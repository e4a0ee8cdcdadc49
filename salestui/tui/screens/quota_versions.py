"""Planning › Versions: a year's quota plans, how each came to where it is, and the next step of the one under way."""

import asyncio
from collections.abc import Callable

from textual import on
from textual.app import ComposeResult

from salestui.model.values import show
from salestui.model.values.errors import UsageProblem
from salestui.model.values.text import safe_line
from salestui.planning.quotas.queries.versions import Passage, Version
from salestui.tui.actions.action import Need
from salestui.tui.actions.versions import VERSIONS
from salestui.tui.navigation import View
from salestui.tui.screens.base import BaseScreen
from salestui.tui.screens.parts import Part, Parts
from salestui.tui.screens.quota_beginning import begin_version
from salestui.tui.screens.quota_text import MARKS, changes
from salestui.tui.sources.opening import source_of
from salestui.tui.sources.quota_versions import QuotaVersionsSource
from salestui.tui.styles import sheet
from salestui.tui.widgets.grid.list_model import Field, ListModel
from salestui.tui.widgets.grid.messages import Chosen, Moved
from salestui.tui.widgets.grid.model import Tone
from salestui.tui.widgets.lines import Lines, Span

_NEXT = {"draft": "Submit", "submitted": "Approve", "approved": "Publish"}
_STORY = 1


_TONES: dict[str, Tone] = {"published": "good", "superseded": "muted"}


def _tone(version: Version) -> Tone:
    return _TONES.get(version.plan.state, "warn")


VERSION_FIELDS: tuple[Field[Version], ...] = (
    Field("version", "Version", frozen=True, value=lambda version: version.plan.label),
    Field(
        "state",
        "State",
        width=10,
        value=lambda version: version.plan.state,
        tone=_tone,
        mark=lambda version: MARKS[version.plan.state],
    ),
    Field("total", "Quota", kind="number", show=show.exact),
    Field("based_on", "From", value=lambda version: version.based_on, show=lambda number: f"v{number}"),
    Field("since", "Since", kind="date", value=lambda version: version.story[-1].at.date() if version.story else None),
    Field("by", "By", value=lambda version: version.story[-1].who if version.story else None),
)
STORY_FIELDS: tuple[Field[Passage], ...] = (
    Field("what", "What", width=12, frozen=True),
    Field("at", "When", value=lambda passage: f"{passage.at:%Y-%m-%d %H:%M}"),
    Field("who", "By"),
    Field("why", "Why", value=lambda passage: passage.why or None),
)


class QuotaVersions(BaseScreen[tuple[Version, ...]]):
    """The versions of a fiscal year's quotas."""

    MODE = "planning"
    CONTEXT = VERSIONS
    HELP = "every version of the year's quotas: who took it where, when and why; Enter compares."
    READS = frozenset({"quotas"})
    CSS_PATH = sheet("planning")

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Version, ...] = ()
        self._versions: ListModel[Version] = ListModel(
            (),
            VERSION_FIELDS,
            key=lambda version: str(version.plan.id),
            empty="No quotas were planned for this year yet. B begins a version; g q is where to type it.",
        )
        self._story: ListModel[Passage] = ListModel(
            (), STORY_FIELDS, key=lambda passage: f"{passage.at} {passage.what}", empty="Nothing is known of it."
        )

    def body(self) -> ComposeResult:
        """Which year this is about, its versions, and the story of the one under the cursor."""
        yield Lines(classes="title")
        yield Parts((Part("Versions", self._versions), Part("Story", self._story)))

    def read(self, view: View) -> tuple[Version, ...]:
        """Those of the fiscal year that the period begins in."""
        return source_of(self, QuotaVersionsSource).quota_versions(view)

    def show(self, reading: tuple[Version, ...]) -> None:
        """Show it."""
        year = self.shell.company.calendar.year_of(self.shell.view.period.start)
        self.query_one(".title", Lines).show([(Span(" Planning › Versions ", "strong"), Span(f" {year.label} quotas"))])
        self._all = reading
        self._versions.replace(reading)
        parts = self.query_one(Parts)
        parts.grids[0].reload()
        if self.focused is None:
            parts.grids[0].focus()
        self._tell()

    @property
    def cursor(self) -> str:
        """The version under the cursor."""
        cursor = self.query_one(Parts).grids[0].cursor
        return cursor[0] if cursor else ""

    def go_to(self, cursor: str) -> None:
        """Put the cursor back there."""
        self.query_one(Parts).grids[0].move_to(cursor)

    @property
    def _version(self) -> Version | None:
        number = self._versions.row_of(self.cursor) if self.cursor else None
        return None if number is None else self._versions.row(number)

    def meets(self, need: Need) -> bool:
        """Whether the version under the cursor can take that step."""
        state = None if self._version is None else self._version.plan.state
        return {
            "a step left": state in _NEXT,
            "handed in": state in ("submitted", "approved"),
            "draft": state == "draft",
            "none open": not any(version.plan.state in _NEXT for version in self._all),
            "two": len(self._all) > 1,
        }[need.name]

    @on(Moved)
    def _tell(self) -> None:
        version, parts = self._version, self.query_one(Parts)
        self._story.replace(() if version is None else version.story[::-1])
        parts.grids[_STORY].reload()
        parts.tell(_STORY, "" if version is None else f"of {version.plan.label}")
        self.refresh_bindings()

    @on(Chosen)
    def compare_with_its_base(self) -> None:
        """Compare it with the version that it was begun from."""
        version = self._version
        if version is None:
            return
        others = [other for other in self._all if other.plan.plan_version == version.based_on]
        if others:
            self._compare(others[0], version)
        else:
            self.say(f"{version.plan.label} was begun from nothing: c compares it with another.")

    def action_compare(self) -> None:
        """Ask which version to compare the one under the cursor with."""
        version = self._version
        if version is None:
            return
        names = {f"v{other.plan.plan_version}": other for other in self._all if other is not version}

        def answered(text: str) -> None:
            other = names.get(text.strip().lower()) or names.get(f"v{text.strip()}")
            if other is None:
                raise UsageProblem(f"“{safe_line(text)}” is no other version", expected=" or ".join(names))
            self._compare(*sorted((version, other), key=lambda each: each.plan.plan_version))

        first = f"v{version.based_on}" if f"v{version.based_on}" in names else next(iter(names))
        self.ask(f" Compare {version.plan.label} with: ", answered, text=first, typed=lambda _: list(names))

    def _compare(self, before: Version, after: Version) -> None:
        from salestui.tui.screens.quota_comparison import QuotaComparison

        self.app.push_screen(QuotaComparison(before.plan, after.plan))

    def action_advance(self) -> None:
        """Ask why, and take the version under the cursor its next step."""
        version = self._version
        if version is not None:
            plan, typed = version.plan, self.shell.unsaved_of("g q") if version.plan.state == "draft" else 0
            without = f" without {changes(typed)} not saved yet" if typed else ""
            self._ask_why(
                f"{_NEXT[plan.state]} {plan.label}{without}. Why, if there is something to say: ",
                lambda why: source_of(self, QuotaVersionsSource).advance_quotas(plan, why),
            )

    def action_give_back(self) -> None:
        """Ask why, and return what was handed in."""
        version = self._version
        if version is not None:
            plan = version.plan
            self._ask_why(
                f"Return {plan.label} to draft. Why: ",
                lambda why: source_of(self, QuotaVersionsSource).return_quotas(plan, why),
            )

    def _ask_why(self, question: str, act: Callable[[str], str]) -> None:
        self.ask(f" {question}", lambda why: self._change(lambda: act(why.strip())))

    def _change(self, act: Callable[[], str]) -> None:
        self.shell.change(act, "quotas")

    async def action_throw_away(self) -> None:
        """Throw a draft away, after a question that tells whose it is."""
        version, source = self._version, source_of(self, QuotaVersionsSource)
        if version is not None:
            plan, whose = version.plan, await asyncio.to_thread(source.whose_quotas, version)
            self.confirm(
                f"Throw {plan.label} away, {whose}?", lambda: self._change(lambda: source.discard_quotas(plan))
            )

    async def action_begin(self) -> None:
        """Begin a new version of this year's plan."""
        year = self.shell.company.calendar.year_of(self.shell.view.period.start).fiscal_year
        await begin_version(self, year, is_first=not self._all)
