"""What the README says is so."""

import re
import shlex
from pathlib import Path

import pytest

from salestui.cli.main import parser, run
from salestui.metrics.catalog import KPIS
from salestui.store.settings import KNOWN
from salestui.tui.actions.registry import REGISTRY
from tests.conftest import DEMO_DAY
from tests.readme.picture import PICTURE, picture
from tests.support.checkout import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
FIRST_SCREENFUL = "\n".join(README.splitlines()[:30])


def commands() -> list[str]:
    """Every command line that begins with `salestui`, without its comment."""
    lines = [line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines()]
    return [line for line in lines if line.startswith("salestui ")]


def test_the_first_screenful_has_the_picture_and_the_two_commands() -> None:
    assert f"({PICTURE.relative_to(ROOT)})" in FIRST_SCREENFUL
    assert "venv" in BLOCKS[0]
    assert "salestui demo" in BLOCKS[0]
    assert BLOCKS[0] in FIRST_SCREENFUL
    assert BLOCKS[1] in FIRST_SCREENFUL


def test_the_test_command_is_what_ci_runs() -> None:
    assert BLOCKS[1].strip() in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


async def test_the_picture_is_what_the_app_exports(demo_path: Path) -> None:
    assert PICTURE.read_text(encoding="utf-8") == await picture(demo_path)


@pytest.mark.parametrize("line", commands())
def test_every_command_is_one_that_the_program_has(line: str) -> None:
    words = shlex.split(line)[1:]
    parser(words[0]).parse_args(words)


@pytest.mark.parametrize("line", [line for line in commands() if line.startswith("salestui kpi")])
def test_the_kpi_commands_answer(line: str, demo_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*shlex.split(line)[1:], "--db", str(demo_path)]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("line", [line for line in commands() if line.startswith("salestui import")])
def test_the_import_commands_load_the_sample(line: str, tmp_path: Path) -> None:
    mapping = tmp_path / "crm.toml"
    mapping.write_bytes((ROOT / "salestui" / "exchange" / "mappings" / "layout.toml").read_bytes())
    words = [{"FOLDER": str(ROOT / "sample_data"), "crm.toml": str(mapping)}.get(w, w) for w in shlex.split(line)[1:]]
    path = str(tmp_path / "own.db")
    assert run(["db", "init", "--db", path]) == 0
    assert run([*words, "--db", path]) == 0


def test_the_database_commands_work_in_the_order_they_stand(demo_path: Path) -> None:
    backup = demo_path.with_name("copy.backup")
    for line in (line for line in commands() if line.startswith(("salestui db", "salestui history"))):
        words = [str(backup) if word == "FILE" else word for word in shlex.split(line)[1:]]
        if words[:2] == ["db", "backup"]:
            words.append(str(backup))
        assert run([*words, "--db", str(demo_path)]) == 0, line


def test_the_quota_commands_work_in_the_order_they_stand(
    demo_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in (line for line in commands() if line.startswith("salestui quota")):
        year = line.replace("2026", str(DEMO_DAY.year))
        assert run([*shlex.split(year)[1:], "--db", str(demo_path)]) == 0, line


def test_the_table_of_kpis_names_each_of_them() -> None:
    section = README.partition("## KPIs at a glance")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(KPIS)


def test_the_settings_are_those_the_program_knows() -> None:
    section = README.partition("## Settings")[2].partition("\n## ")[0]
    for known in KNOWN:
        assert re.search(rf"`{known.key}\b", section), known.key
        assert f"SALESTUI_{known.key.upper()}" in section, known.key


def test_the_files_of_the_layout_are_those_of_the_sample_with_their_columns() -> None:
    section = README.partition("## Your own data")[2].partition("\n## ")[0]
    for file in sorted((ROOT / "sample_data").glob("*.csv")):
        assert f"`{file.name}`" in section, file.name
        with file.open(encoding="utf-8") as rows:
            columns = rows.readline().strip().split(",")
        (line,) = [line for line in section.splitlines() if f"`{file.name}`" in line]
        for column in columns:
            assert re.search(rf"\b{column}\b", line), (file.name, column)


def test_the_table_of_keys_is_made_from_the_actions() -> None:
    table = README.partition("<!-- keys -->\n")[2].partition("<!-- /keys -->")[0]
    assert table == REGISTRY.markdown_table()
