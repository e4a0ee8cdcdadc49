"""Where the reader is: the cursor, and the first row and column in view. The cursor is always in view."""

from dataclasses import dataclass


@dataclass
class View:
    """A window of `height` rows onto `rows` rows, and the cursor in it."""

    rows: int = 0
    height: int = 1
    row: int = 0
    column: int = 0
    top: int = 0
    first: int = 0

    def resize(self, rows: int, height: int) -> None:
        """The table or the window has another size."""
        self.rows, self.height = rows, max(1, height)
        self.go_to(self.row)
        self.top = max(0, min(self.top, rows - self.height))

    def go_to(self, row: int) -> None:
        """Put the cursor on a row. Where that is out of view by a line, the window moves by half its height.

        So that the cursor travels many rows for each time the whole window is painted.
        """
        self.row = max(0, min(row, self.rows - 1))
        jump = max(1, self.height // 2)
        if self.row < self.top:
            self._scroll_to(min(self.row, self.top - jump))
        elif self.row >= self.top + self.height:
            self._scroll_to(max(self.row - self.height + 1, self.top + jump))

    def page(self, pages: int) -> None:
        """Move the window by its height, and the cursor with it."""
        row = self.row + pages * self.height
        self._scroll_to(self.top + pages * self.height)
        self.go_to(row)

    def scroll(self, lines: int) -> None:
        """Move the window; the cursor stays on its row, or comes along at the edge."""
        before = self.top
        self._scroll_to(self.top + lines)
        if self.top != before:
            self.row = max(self.top, min(self.row, self.top + self.height - 1, self.rows - 1))

    def _scroll_to(self, top: int) -> None:
        self.top = max(0, min(top, self.rows - self.height))
