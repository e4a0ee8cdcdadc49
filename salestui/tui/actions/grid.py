"""What can be done in every table."""

from salestui.tui.actions.action import Action

GRID = "grid"


def _grid(name: str, keys: tuple[str, ...], does: str, title: str, sentence: str, hint: str = "") -> Action:
    return Action(f"grid.{name}", keys, title, sentence, "Tables", does, context=GRID, hint=hint)


def _extend_edge(side: str, step: str) -> Action:
    title = f"Mark up to the edge, {side}"
    keys = (f"ctrl+shift+{side}",)
    return _grid(f"extend_edge_{side}", keys, f"extend_edge({step})", title, f"{title} from here.")


ACTIONS = (
    _grid("up", ("up", "k"), "rows(-1)", "Up", "Go one row up."),
    _grid("down", ("down", "j"), "rows(1)", "Down", "Go one row down."),
    _grid("left", ("left", "h"), "columns(-1)", "Left, or fold", "Go one column to the left, or put a team away."),
    _grid("right", ("right", "l"), "columns(1)", "Right, or unfold", "Go one column to the right, or open a team."),
    _grid("page_up", ("pageup",), "pages(-1)", "Page up", "Go one page up."),
    _grid("page_down", ("pagedown",), "pages(1)", "Page down", "Go one page down."),
    _grid("start", ("home",), "start", "First column, or row of a list", "Go to the first column, or row of a list."),
    _grid("end", ("end",), "end", "Last column, or row of a list", "Go to the last column, or row of a list."),
    _grid("top", ("g g",), "top", "First row", "Go to the first row."),
    _grid("corner", ("ctrl+home",), "corner", "First cell", "Go to the first row and column, or row of a list."),
    _grid("bottom", ("ctrl+end", "G"), "bottom", "Last row", "Go to the last row."),
    _grid("edge_up", ("ctrl+up", "{"), "edge(-1, 0)", "Edge above", "Go up to the edge of what is filled."),
    _grid("edge_down", ("ctrl+down", "}"), "edge(1, 0)", "Edge below", "Go down to the edge of what is filled."),
    _grid("edge_left", ("ctrl+left", "<"), "edge(0, -1)", "Edge at the left", "Go left to the edge of what is filled."),
    _grid("edge_right", ("ctrl+right", ">"), "edge(0, 1)", "Edge at the right", "Go right to where the filled ends."),
    _grid(
        "choose",
        ("enter",),
        "choose",
        "Open, or edit",
        "Go into what the row is about, or edit the cell.",
        hint="open",
    ),
    _grid("fold", ("space",), "fold", "Fold or unfold", "Put the rows under this one away, or bring them back."),
    _grid(
        "search",
        ("/", "ctrl+f"),
        "ask_search",
        "Search",
        "Search in the table, or in what is marked; a title goes to its column.",
        hint="search",
    ),
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
    _grid("range_columns", ("|",), "mark('columns')", "Mark whole columns", "Begin to mark columns; again ends it."),
    _grid(
        "range_more",
        (",",),
        "mark_more",
        "Mark one more range",
        "Keep what is marked and begin another range where you go; all of them add up.",
    ),
    _grid("range_all", ("ctrl+a",), "mark('all')", "Mark everything", "Mark all rows and columns; Esc ends it."),
    _grid("extend_up", ("shift+up",), "extend(-1, 0)", "Mark up", "Mark one row more upwards."),
    _grid("extend_down", ("shift+down",), "extend(1, 0)", "Mark down", "Mark one row more downwards."),
    _grid("extend_left", ("shift+left",), "extend(0, -1)", "Mark left", "Mark one column more to the left."),
    _grid("extend_right", ("shift+right",), "extend(0, 1)", "Mark right", "Mark one column more to the right."),
    _extend_edge("up", "-1, 0"),
    _extend_edge("down", "1, 0"),
    _extend_edge("left", "0, -1"),
    _extend_edge("right", "0, 1"),
    _grid(
        "freeze", ("F",), "freeze", "Freeze up to here", "Keep the columns up to this one in view; again, as before."
    ),
    _grid("columns", ("C",), "choose_columns", "Choose columns", "Choose which columns are shown."),
    _grid(
        "edit",
        ("f2",),
        "edit",
        "Edit",
        "Edit what stands in the cell; typing begins anew: 450k, 1.2m, +5%, -10k, *1.03, =ly*1.12, =left, =avg(row).",
        hint="edit",
    ),
    _grid("erase", ("delete", "backspace"), "erase", "Empty", "Empty the cell, or what is marked."),
    _grid(
        "fill_down",
        ("D", "ctrl+d"),
        "fill('down')",
        "Fill down",
        "Fill what is marked with its first row; a single cell with the one above it.",
    ),
    _grid(
        "fill_right",
        ("R",),
        "fill('right')",
        "Fill right",
        "Fill what is marked with its first column; a single cell with the one at its left.",
    ),
    _grid(
        "paste",
        ("p", "ctrl+v"),
        "ask_paste",
        "Paste",
        "Paste what you copied in the app; a single cell fills all that is marked. Your terminal pastes the rest.",
    ),
)
