"""PostgreSQL as a peer, a server of its own; of the writer by pgbench: a response an insert and a commit."""

import getpass
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port

_SCRIPT = """\\set score random(0, 10)
INSERT INTO response VALUES (gen_random_uuid(), repeat('x', 600), :score) ON CONFLICT DO NOTHING;
"""
_PROGRAMS = ("initdb", "pg_ctl", "psql", "pgbench")


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL of its own; files in `folder` can be read by it."""

    folder: Path
    port: str
    programs: Mapping[str, str]

    def run(self, name: str, *arguments: str) -> str:
        """What the program said. Raises subprocess.CalledProcessError."""
        user = "postgres" if getpass.getuser() == "root" else None  # it does not run as root
        command = (self.programs[name], *arguments)
        return subprocess.run(
            command, user=user, cwd=self.folder, check=True, capture_output=True, text=True
        ).stdout

    @property
    def here(self) -> tuple[str, ...]:
        """What programs have to be told to find it."""
        return "-h", str(self.folder), "-p", self.port, "-U", "peer"

    def psql(self, statement: str) -> str:
        """What the statement gave."""
        return self.run("psql", *self.here, "-d", "postgres", "-c", statement)


@contextmanager
def server(settings: str = "") -> Iterator[Server | None]:
    """Started with these options, and stopped and erased afterwards; None where it is not installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    path = os.pathsep.join([*map(str, places[-1:]), os.environ["PATH"]])
    found = {name: program for name in _PROGRAMS if (program := shutil.which(name, path=path))}
    if len(found) < len(_PROGRAMS):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pactboard-postgres-") as folder:
        Path(folder).chmod(0o777)
        started = Server(Path(folder), str(free_port()), found)
        data = f"{folder}/data"
        started.run("initdb", "-D", data, "-A", "trust", "-U", "peer")
        options = f"-p {started.port} -k {folder} -c listen_addresses='' -c max_connections=100 {settings}"
        started.run("pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start")
        try:
            yield started
        finally:
            started.run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def per_second(clients: tuple[int, ...], seconds: int) -> dict[int, tuple[float, float]]:
    """Clients -> commits a second and the mean of milliseconds each took; empty where it is not installed."""
    with server() as started:
        if started is None:
            return {}
        started.psql("CREATE TABLE response (id UUID PRIMARY KEY, answers TEXT NOT NULL, score INT)")
        script = started.folder / "insert.sql"
        script.write_text(_SCRIPT, encoding="utf-8")
        script.chmod(0o644)
        measured = {}
        for number in clients:
            told = started.run(
                *("pgbench", *started.here, "-n", "-f", str(script), "-M", "prepared"),
                *("-c", str(number), "-j", "2", "-T", str(seconds), "postgres"),
            )
            measured[number] = (
                _number(r"tps = ([\d.]+)", told),
                _number(r"latency average = ([\d.]+)", told),
            )
        return measured


def _number(pattern: str, told: str) -> float:
    found = re.search(pattern, told)
    if found is None:
        raise ValueError("pgbench said nothing of it")
    return float(found[1])
