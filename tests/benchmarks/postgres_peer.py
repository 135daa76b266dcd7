"""PostgreSQL as a peer of the writer, measured by its own pgbench: one response an insert and a commit."""

import getpass
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.serving import free_port

_SCRIPT = """\\set score random(0, 10)
INSERT INTO response VALUES (gen_random_uuid(), repeat('x', 600), :score) ON CONFLICT DO NOTHING;
"""
_PROGRAMS = ("initdb", "pg_ctl", "psql", "pgbench")


def per_second(clients: tuple[int, ...], seconds: int) -> dict[int, tuple[float, float]]:
    """Clients -> commits a second and the mean of milliseconds each took; empty where it is not installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    path = os.pathsep.join([*map(str, places[-1:]), os.environ["PATH"]])
    found = [shutil.which(name, path=path) for name in _PROGRAMS]
    user = "postgres" if getpass.getuser() == "root" else None  # it does not run as root
    if None in found:
        return {}
    initdb, pg_ctl, psql, pgbench = (str(each) for each in found)
    with tempfile.TemporaryDirectory(prefix="pactboard-postgres-") as folder:
        Path(folder).chmod(0o777)
        data, port = f"{folder}/data", str(free_port())

        def run(*command: str) -> str:
            return subprocess.run(
                command, user=user, cwd=folder, check=True, capture_output=True, text=True
            ).stdout

        run(initdb, "-D", data, "-A", "trust", "-U", "peer")
        options = f"-p {port} -k {folder} -c listen_addresses='' -c max_connections=100"
        run(pg_ctl, "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start")
        try:
            here = ("-h", folder, "-p", port, "-U", "peer")
            table = "CREATE TABLE response (id UUID PRIMARY KEY, answers TEXT NOT NULL, score INT)"
            run(psql, *here, "-d", "postgres", "-c", table)
            script = Path(folder) / "insert.sql"
            script.write_text(_SCRIPT, encoding="utf-8")
            script.chmod(0o644)
            measured = {}
            for number in clients:
                told = run(
                    *(pgbench, *here, "-n", "-f", str(script), "-M", "prepared"),
                    *("-c", str(number), "-j", "2", "-T", str(seconds), "postgres"),
                )
                measured[number] = (
                    _number(r"tps = ([\d.]+)", told),
                    _number(r"latency average = ([\d.]+)", told),
                )
            return measured
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")


def _number(pattern: str, told: str) -> float:
    found = re.search(pattern, told)
    if found is None:
        raise ValueError("pgbench said nothing of it")
    return float(found[1])
