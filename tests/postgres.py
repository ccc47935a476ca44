"""A real PostgreSQL server of the tests' own, in a temporary folder, as a user that is not root."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from sqlalchemy import URL

OWNER: Final = "fer_owner"
PASSWORD: Final = "hush-42"
_NOBODY: Final = 65534
_SETTINGS: Final = {
    "fsync": "off",
    "autovacuum": "off",  # so that a test decides when dead rows go
    "shared_buffers": "16MB",
    "max_connections": "60",
}


def find_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`, which Debian keeps out of the search path; None where there is none."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "pg_ctl").exists()), None)


@dataclass
class PostgresServer:
    """A server that can be stopped and started again. `folder`: its data."""

    programs: Path
    folder: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    _databases: int = 0

    @classmethod
    def create(cls, folder: Path, **settings: str) -> "PostgresServer":
        """Makes the files of a new server, with password authentication; `start` starts it."""
        programs = find_programs()
        if programs is None:
            pytest.skip("needs a PostgreSQL server, which is not installed")
        data = folder / "data"
        data.mkdir()
        if os.getuid() == 0:  # the server refuses to run as root
            for each in (folder, data):
                os.chown(each, _NOBODY, _NOBODY)
            _let_through(folder)
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        server = cls(programs, data, _free_port(), _SETTINGS | settings)
        server.run("initdb", "--no-sync", "-A", "scram-sha-256", "-U", OWNER, f"--pwfile={secret}", "-E", "UTF8")
        return server

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of the server's programs on its folder, as its user."""
        command = [str(self.programs / program), "-D", str(self.folder), *arguments]
        if os.getuid() == 0:
            command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", *command]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Starts the server and waits until it accepts connections."""
        settings = {"listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": ""}
        options = " ".join(f"-c {name}={value or chr(39) * 2}" for name, value in (settings | self.settings).items())
        self.run("pg_ctl", "-w", "-o", options, "-l", str(self.folder / "server.log"), "start")

    def stop(self, mode: str = "fast") -> None:
        """Stops the server; "immediate" is as a crash."""
        self.run("pg_ctl", "-w", "-m", mode, "stop")

    @property
    def running(self) -> bool:
        """Whether it was started, and not stopped since."""
        return (self.folder / "postmaster.pid").exists()

    def process_ids(self) -> list[int]:
        """The server's process and its children."""
        main = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server hangs, as behind a network that delivers nothing."""
        processes = self.process_ids()
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def url(self, database: str, *, user: str = OWNER, password: str | None = PASSWORD, **query: str) -> str:
        """The URL of one of its databases."""
        address = URL.create("postgresql", user, password, "127.0.0.1", self.port, database, query)
        return address.render_as_string(hide_password=False)

    def execute(self, statement: str, database: str = "postgres", values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Runs a statement as the owner, outside of a transaction; returns its rows."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def connect(self, database: str = "postgres", *, user: str = OWNER) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection in autocommit mode, to be closed by the caller."""
        return psycopg.connect(self.url(database, user=user), autocommit=True)

    def new_database(self, template: str = "template1") -> str:
        """Makes a database as a copy of another one; returns its name."""
        self._databases += 1
        name = f"lessons_{self._databases}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return name

    def drop_database(self, name: str) -> None:
        """Removes a database and whoever is connected to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def end_connections(self, database: str) -> int:
        """Ends all connections to a database, as an administrator does; returns how many there were."""
        ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        query = f"{ended} WHERE datname = %s AND pid <> pg_backend_pid()"
        return int(self.execute(query, values=[database])[0][0])

    def find(self, text: str, *, under: str = "base") -> list[Path]:
        """The files of the server that contain the text."""
        files = (path for path in (self.folder / under).rglob("*") if path.is_file())
        return [path for path in files if text.encode() in path.read_bytes()]


@contextmanager
def running_server(**settings: str) -> Iterator[PostgresServer]:
    """A server from start to stop."""
    with tempfile.TemporaryDirectory(prefix="fer-postgres-") as folder:
        server = PostgresServer.create(Path(folder), **settings)
        server.start()
        try:
            yield server
        finally:
            if server.running:
                server.stop("immediate")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _let_through(folder: Path) -> None:
    """Temporary folders are for their owner alone, here root."""
    folder.chmod(0o755)
