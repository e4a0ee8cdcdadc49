"""What can be done in every table."""

from salestui.tui.actions.action import Action

GRID = "grid"


def _grid(name: str, keys: tuple[str, ...], does: str, title: str, sentence: str, hint: str = "") -> Action:
    return Action(f"grid.{name}", keys, title, sentence, "Tables", does, context=GRID, hint=hint)


ACTIONS = (
    _grid("up", ("up", "k"), "rows(-1)", "Up", "Go one row up."),
    _grid("down", ("down", "j"), "rows(1)", "Down", "Go one row down."),
    _grid("left", ("left", "h"), "columns(-1)", "Left, or fold", "Go one column to the left, or put a team away."),
    _grid("right", ("right", "l"), "columns(1)", "Right, or unfold", "Go one column to the right, or open a team."),
    _grid("page_up", ("pageup",), "pages(-1)", "Page up", "Go one page up."),
    _grid("page_down", ("pagedown",), "pages(1)", "Page down", "Go one page down."),
    _grid("start", ("home",), "start", "First column, or row of a list", "Go to the first column, or row of a list."),
    _grid("end", ("end",), "end", "Last column, or row of a list", "Go to the last column, or row of a list."),
    _grid("top", ("ctrl+home", "g g"), "top", "First row", "Go to the first row."),
    _grid("bottom", ("ctrl+end", "G"), "bottom", "Last row", "Go to the last row."),
    _grid(
        "choose",
        ("enter",),
        "choose",
        "Open, or edit",
        "Go into what the row is about, or edit the cell.",
        hint="open",
    ),
    _grid("fold", ("space",), "fold", "Fold or unfold", "Put the rows under this one away, or bring them back."),
    _grid("search", ("/",), "ask_search", "Search", "Search in the table.", hint="search"),
    _grid("next", ("n",), "again(1)", "Next found", "Go to the next place where the searched text stands."),
    _grid("previous", ("N",), "again(-1)", "Previous found", "Go to the place before where the searched text stands."),
    _grid(
        "sort", ("s",), "sort", "Sort by this column", "Sort by the column; again, the other way round.", hint="sort"
    ),
    _grid("filter", ("f",), "ask_filter", "Filter by this column", "Show only rows with a text.", hint="filter"),
    _grid("copy", ("y",), "copy", "Copy", "Copy what is marked, else the cell or the row, for a spreadsheet to paste."),
    _grid(
        "range", ("v",), "mark('cells')", "Mark a range", "Begin to mark cells with every move; again, or Esc, end it."
    ),
    _grid("range_rows", ("V",), "mark('rows')", "Mark whole rows", "Begin to mark rows; again, or Esc, end it."),
    _grid("range_all", ("ctrl+a",), "mark('all')", "Mark everything", "Mark all rows and columns; Esc ends it."),
    _grid("extend_up", ("shift+up",), "extend(-1, 0)", "Mark up", "Mark one row more upwards."),
    _grid("extend_down", ("shift+down",), "extend(1, 0)", "Mark down", "Mark one row more downwards."),
    _grid("extend_left", ("shift+left",), "extend(0, -1)", "Mark left", "Mark one column more to the left."),
    _grid("extend_right", ("shift+right",), "extend(0, 1)", "Mark right", "Mark one column more to the right."),
    _grid("columns", ("C",), "choose_columns", "Choose columns", "Choose which columns are shown."),
    _grid("edit", ("f2",), "edit", "Edit", "Edit what stands in the cell; a digit or =+-* begins anew.", hint="edit"),
    _grid("erase", ("delete", "backspace"), "erase", "Empty", "Empty the cell, or what is marked."),
)
