"""The grid's keys, each with an id, so that a keymap can give it others."""

from textual.binding import Binding, BindingType

GRID_KEYS: list[BindingType] = [
    Binding("up,k", "rows(-1)", "Up", id="grid.up"),
    Binding("down,j", "rows(1)", "Down", id="grid.down"),
    Binding("left,h", "columns(-1)", "Left, or fold", id="grid.left"),
    Binding("right,l", "columns(1)", "Right, or unfold", id="grid.right"),
    Binding("pageup", "pages(-1)", "Page up", id="grid.page_up"),
    Binding("pagedown", "pages(1)", "Page down", id="grid.page_down"),
    Binding("home", "start", "First column, or row of a list", id="grid.start"),
    Binding("end", "end", "Last column, or row of a list", id="grid.end"),
    Binding("ctrl+home,g g", "top", "First row", id="grid.top"),
    Binding("ctrl+end,G", "bottom", "Last row", id="grid.bottom"),
    Binding("enter", "choose", "Open", id="grid.choose"),
    Binding("space", "fold", "Fold or unfold", id="grid.fold"),
    Binding("slash", "ask_search", "Search", id="grid.search"),
    Binding("n", "again(1)", "Next found", id="grid.next"),
    Binding("N", "again(-1)", "Previous found", id="grid.previous"),
    Binding("s", "sort", "Sort by this column", id="grid.sort"),
    Binding("f", "ask_filter", "Filter by this column", id="grid.filter"),
    Binding("y", "copy", "Copy the row", id="grid.copy"),
]
