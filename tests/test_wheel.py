"""What is shipped: one wheel, of which the engine runs with nothing but a YAML parser beside it."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
QUESTIONNAIRES = sorted((ROOT / "intake" / "questionnaires").glob("*.yaml"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release would be, without asking a package index for anything."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("plainport-*.whl")
    return built


@pytest.fixture(scope="module")
def bare_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has the wheel, the YAML parser and nothing else."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    shutil.copytree(Path(yaml.__file__).parent, packages / "yaml")
    return folder / "bin" / "python"


def run(*command: str | Path, cwd: Path, expect: int = 0) -> str:
    """Run a command to its end and return what it said."""
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_it_holds_what_the_portal_needs_beside_its_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for needed in (
        "portal/static/css/plainport.css",
        "portal/static/vendor/htmx.min.js",
        "portal/translations/zh_Hans/LC_MESSAGES/messages.mo",
        "portal/translations/zh_Hant/LC_MESSAGES/messages.mo",
        "portal/migrations/env.py",
        "portal/ui/templates/layouts/page.html",
    ):
        assert needed in names
    assert {name.split("/")[0] for name in names} == {"portal", "intake", "plainport-0.1.0.dist-info"}


def test_it_asks_for_nothing_but_a_yaml_parser_unless_more_is_wanted(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        described = archive.read("plainport-0.1.0.dist-info/METADATA").decode()
    needed = [line for line in described.splitlines() if line.startswith("Requires-Dist:") and "extra ==" not in line]
    assert needed == ["Requires-Dist: pyyaml>=6.0.2"]


def test_the_portal_finds_its_own_files_in_it(bare_python: Path, tmp_path: Path) -> None:
    (packages,) = bare_python.parents[1].glob("lib/python*/site-packages")
    program = "import portal.settings as s; from portal.ui.assets import load_assets; load_assets(); print(s.ROOT)"
    found = run("env", f"PYTHONPATH={packages}", sys.executable, "-c", program, cwd=tmp_path)
    assert found.strip() == str(packages / "portal")


def test_the_engine_runs_alone(bare_python: Path, tmp_path: Path) -> None:
    run(bare_python, "-c", "import flask", cwd=tmp_path, expect=1)
    assert "check" in run(bare_python, "-m", "intake", "--help", cwd=tmp_path)


@pytest.mark.parametrize("questionnaire", QUESTIONNAIRES, ids=lambda path: path.stem)
def test_the_engine_alone_checks_every_shipped_questionnaire(
    bare_python: Path, tmp_path: Path, questionnaire: Path
) -> None:
    run(bare_python, "-m", "intake", "check", questionnaire, cwd=tmp_path)
