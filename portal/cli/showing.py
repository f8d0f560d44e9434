"""The demo: a database of made-up people beside the code, pages and worker in one process."""

import secrets
from collections.abc import Callable
from pathlib import Path

import click
from flask import Flask

from portal import demo, schema
from portal.cli import serving
from portal.cli.working import Companion
from portal.core.db import open_database
from portal.settings import Settings

FOLDER = Path("instance/demo")
VENDOR = {"en": "Heyuan Health Software", "zh_Hans": "和源医疗软件", "zh_Hant": "和源醫療軟體"}


def show(port: int, create_app: Callable[[Settings], Flask]) -> None:
    """Make the demo where there is none, and serve it on this machine only."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    settings = demo_settings(FOLDER, port)
    _fill(settings)
    click.echo(f"The demo is at http://127.0.0.1:{port} until you press Ctrl-C.")
    companions: list[Companion] = []

    def create_with_worker() -> Flask:
        app = create_app(settings)
        companions.append(Companion(app))
        companions[-1].start()
        return app

    def stop_companions(_server: object, _process: object) -> None:
        for each in companions:
            each.stop()

    address = serving.Address("127.0.0.1", port)
    serving.serve(create_with_worker, address, processes=1, threads=8, hooks={"worker_exit": stop_companions})


def demo_settings(folder: Path, port: int) -> Settings:
    """Return the settings of a demo that lies in a folder."""
    return Settings(
        database_url=f"sqlite:///{folder.absolute() / 'plainport.db'}",
        secret_key=_own_secret(folder / "secret"),
        files_folder=str(folder.absolute() / "files"),
        public_url=f"http://127.0.0.1:{port}",
        vendor_name=VENDOR,
        hotline="400-000-0000",
        support_email="support@vendor.example",
        mail_delivery="console",
        secure_cookies=False,
        demo=True,
    )


def _own_secret(path: Path) -> str:
    """Return the demo's own key, made once: no two demos share one."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def _fill(settings: Settings) -> None:
    database = open_database(settings.database_url)
    schema.upgrade(database)
    demo.fill(database)
    database.dispose()
