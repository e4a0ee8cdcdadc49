"""What Today shows, and the first of it read while the app is still starting."""

from concurrent.futures import Future
from datetime import date
from threading import Thread

from salestui.model.values.errors import Problem
from salestui.process.today import TodayView, read_today
from salestui.store.database import Database
from salestui.tui.navigation import View
from salestui.tui.sources.opening import Source, scope_of


class TodaySource(Source):
    """The picture of the day."""

    def __init__(self, database: Database, *, as_of: date | None, actor: str) -> None:
        super().__init__(database, as_of=as_of, actor=actor)
        self._ahead: tuple[View, Future[TodayView]] | None = None

    def read_ahead(self, view: View) -> None:
        """Begin to read the first screen's picture in a thread, while the app is still starting."""
        future: Future[TodayView] = Future()
        self._ahead = view, future

        def read() -> None:
            try:
                future.set_result(self.today(view))
            except Problem as problem:
                future.set_exception(problem)

        Thread(target=read, daemon=True).start()

    def today_at_hand(self, view: View) -> TodayView | None:
        """The picture that was read ahead, once; None where there is none for this view, or it could not be read."""
        ahead, self._ahead = self._ahead, None
        if ahead is None or ahead[0] != view or ahead[1].exception() is not None:
            return None
        return ahead[1].result()

    def today(self, view: View) -> TodayView:
        """The picture of the day."""
        with self._opened(view, view.as_of) as at:
            scope = scope_of(at.reader, view.scope, view.as_of, at.company.name)
            return read_today(at.reader, at.company, at.lens, scope, view.period)
