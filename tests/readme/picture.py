"""The README's picture: the demo company's first screen, exported by the app itself.

`python -m tests.readme.picture` writes it anew when the screen has changed on purpose.
"""

import asyncio
import re
import tempfile
from pathlib import Path

from salestui.process.demo import load_demo
from salestui.store.database import Database
from salestui.tui.actions.registry import REGISTRY
from salestui.tui.core import DatabaseCore
from salestui.tui.screens.modes import MODES
from salestui.tui.shell import Shell
from tests.conftest import DEMO_DAY
from tests.support.checkout import ROOT
from tests.tui.driving import settle

PICTURE = ROOT / ".github" / "today.svg"
SIZE = (100, 30)


async def picture(path: Path) -> str:
    """The first screen on the database at `path`, as SVG."""
    core = DatabaseCore(Database("sqlite", str(path)), as_of=None, actor="Kim")
    company, _, view = core.first_view(None, None)
    app = Shell(core, company, view, modes=MODES, registry=REGISTRY, theme=None, state_folder=str(path.parent))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        return re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title="salestui"))


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        load_demo(Database("sqlite", str(path)), DEMO_DAY)
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(asyncio.run(picture(path)), encoding="utf-8")


if __name__ == "__main__":
    main()
