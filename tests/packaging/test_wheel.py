"""The wheel is the whole product: installed somewhere else it runs, and brings its styles and sample company along."""

import json
import subprocess
import sys
import sysconfig
import tomllib
import venv
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from salestui.model.values.errors import Problem
from salestui.store.resources import resource
from tests.support.checkout import ROOT, name_of, project_files
from tests.support.environment import STARTED_WITH

pytestmark = pytest.mark.xdist_group("wheel")

DATA = ("styles", "sample_data")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment with the wheel in it, which sees the dependencies of the running one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=home)
    # In a folder that a .pth file adds, .pth files do not count: the checkout's editable install stays out of sight.
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(dependencies)))
    return home / "bin"


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    package = {name_of(path) for path in project_files() if name_of(path).startswith("salestui/")}
    data = {f"salestui/_data/{name_of(path)}" for path in project_files() if name_of(path).startswith(DATA)}
    assert {name for name in names if ".dist-info/" not in name} == package | data
    assert all(any(name.startswith(f"salestui/_data/{folder}/") for name in data) for folder in DATA)


def test_the_installed_command_tells_its_version_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "salestui", "--version", cwd=tmp_path).split() == ["salestui", version_of_the_project()]


def test_the_installed_package_is_its_own_and_finds_its_data_in_itself(installed: Path, tmp_path: Path) -> None:
    code = f"from salestui.store.resources import resource; print(*map(resource, {DATA}), sep='\\n')"
    for place in run(installed / "python", "-c", code, cwd=tmp_path).splitlines():
        assert Path(place).is_relative_to(installed.parent)


def test_the_installed_command_builds_the_demo_and_tells_its_numbers(installed: Path, tmp_path: Path) -> None:
    database = tmp_path / "demo.db"
    run(installed / "salestui", "demo", "--no-app", "--db", database, cwd=tmp_path)
    told = json.loads(run(installed / "salestui", "kpi", "bookings", "--json", "--db", database, cwd=tmp_path))
    assert Decimal(told["kpis"][0]["value"]) > 0


def test_a_checkout_finds_its_data_beside_the_package() -> None:
    assert {name: Path(resource(name)) for name in DATA} == {name: ROOT / name for name in DATA}


def test_a_missing_part_is_named() -> None:
    with pytest.raises(Problem, match=r"missing: sample_data/nowhere\.csv"):
        resource("sample_data/nowhere.csv")


@pytest.mark.long
def test_the_wheel_installs_with_all_its_dependencies(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "environment", with_pip=True)
    programs = tmp_path / "environment" / "bin"
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path, env=dict(STARTED_WITH))
    run(programs / "python", "-m", "pip", "check", cwd=tmp_path)
    assert run(programs / "salestui", "--version", cwd=tmp_path).split() == ["salestui", version_of_the_project()]


def version_of_the_project() -> str:
    """The version in pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a program that must succeed, and return what it printed."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout
