"""What can be done while typing on one line, and in a list to choose from."""

from salestui.tui.actions.action import Action

FIELD = "field"
PROMPT = "prompt"
PICKER = "picker"
CELL = "cell"


def _field(name: str, keys: tuple[str, ...], title: str, sentence: str, hint: str = "") -> Action:
    return Action(f"typing.{name}", keys, title, sentence, "Typing", name, context=FIELD, hint=hint)


def _prompt(name: str, keys: tuple[str, ...], title: str, sentence: str) -> Action:
    return Action(f"prompt.{name}", keys, title, sentence, "Command line", name, context=PROMPT)


def _picker(name: str, keys: tuple[str, ...], title: str, sentence: str) -> Action:
    return Action(f"picker.{name}", keys, title, sentence, "Choosing from a list", name, context=PICKER)


def _cell(name: str, keys: tuple[str, ...], does: str, title: str, sentence: str, hint: str = "") -> Action:
    return Action(f"cell.{name}", keys, title, sentence, "Typing in a table", does, context=CELL, hint=hint)


ACTIONS = (
    _field("left", ("left", "ctrl+b"), "Left", "Go one character to the left."),
    _field("right", ("right", "ctrl+f"), "Right", "Go one character to the right."),
    _field("start", ("home", "ctrl+a"), "Start", "Go to the start of the line."),
    _field("end", ("end", "ctrl+e"), "End", "Go to the end of the line."),
    _field("erase_left", ("backspace", "ctrl+h"), "Erase left", "Erase the character before the cursor."),
    _field("erase_right", ("delete", "ctrl+d"), "Erase right", "Erase the character under the cursor."),
    _field("erase_word", ("ctrl+w",), "Erase word", "Erase the word before the cursor."),
    _field("erase_start", ("ctrl+u",), "Erase to the start", "Erase everything before the cursor."),
    _field("erase_end", ("ctrl+k",), "Erase to the end", "Erase everything from the cursor on."),
    _field("submit", ("enter",), "Done", "Take what is typed.", "done"),
    _field("cancel", ("escape",), "Leave", "Leave the line without taking what is typed.", "leave"),
    _prompt("complete", ("tab",), "Complete", "Complete what is typed; again, the next way to complete it."),
    _prompt("complete_back", ("shift+tab",), "Complete back", "The way before to complete what is typed."),
    _prompt("earlier", ("up", "ctrl+p"), "Earlier", "Bring back what was typed before."),
    _prompt("later", ("down", "ctrl+n"), "Later", "Bring back what was typed after that."),
    _picker("up", ("up", "ctrl+p"), "Up", "Go one line up."),
    _picker("down", ("down", "ctrl+n"), "Down", "Go one line down."),
    _picker("page_up", ("pageup",), "Page up", "Go one page up."),
    _picker("page_down", ("pagedown",), "Page down", "Go one page down."),
    _cell(
        "right",
        ("tab",),
        "sideways(1)",
        "Done, go right",
        "Take what is typed and go one column to the right.",
        "right",
    ),
    _cell("left", ("shift+tab",), "sideways(-1)", "Done, go left", "Take what is typed and go one column to the left."),
    _cell("down", ("down",), "rows(1)", "Done, go down", "Take what was typed over a cell and go one row down."),
    _cell("up", ("up",), "rows(-1)", "Done, go up", "Take what was typed over a cell and go one row up."),
    _cell(
        "within", ("f2",), "within", "Stay in the text", "Let the arrows go through the text; again, to other cells."
    ),
)
