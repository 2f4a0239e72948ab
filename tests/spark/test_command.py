"""`tertulia read --engine spark`: the same readings as in process, and a sentence where a cluster gives nothing."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.histories import run, write_channel
from tests.spark.agreement import TOLERANCE
from tests.spark.conftest import LIGHT, needs_spark

pytestmark = [pytest.mark.spark, pytest.mark.slow]


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needs_spark()
    folder = tmp_path_factory.mktemp("channel")
    done = run("convert", write_channel(folder), "-o", folder / "acts", "--name", "The table")
    assert done.exit_code == 0, done.stderr
    return folder / "acts"


def read_apart(*arguments: str | Path, conf: Path | None = None) -> dict[str, object]:
    """In a process of its own, whose session ends with it. `conf`: a folder with Spark's own settings."""
    asked = [sys.executable, "-m", "tertulia.cli.main", "read", *map(str, arguments), "--json"]
    environ = os.environ | ({"SPARK_CONF_DIR": str(conf)} if conf else {})
    done = subprocess.run(asked, check=True, capture_output=True, text=True, env=environ)
    reading: dict[str, object] = json.loads(done.stdout)["readings"][0]
    return reading


def numbers_of(value: object, at: str = "") -> dict[str, object]:
    """Every leaf by its path."""
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    else:
        return {at: value}
    return {path: leaf for key, one in pairs for path, leaf in numbers_of(one, f"{at}/{key}").items()}


def test_the_command_reads_the_same_with_either_engine(acts: Path, tmp_path: Path) -> None:
    settings = LIGHT | {"spark.sql.shuffle.partitions": "2"}
    (tmp_path / "spark-defaults.conf").write_text(
        "".join(f"{name} {value}\n" for name, value in settings.items())
    )

    in_process = numbers_of(read_apart(acts, "--engine", "duckdb"))
    on_spark = numbers_of(read_apart(acts, "--engine", "spark", "--master", "local[2]", conf=tmp_path))

    assert on_spark.keys() == in_process.keys()
    for path, expected in in_process.items():
        if isinstance(expected, float):
            assert on_spark[path] == pytest.approx(expected, abs=TOLERANCE), path
        else:
            assert on_spark[path] == expected, path


@contextmanager
def a_cluster_without_workers() -> Iterator[str]:
    import pyspark

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    asked = [
        str(Path(pyspark.__file__).parent / "bin" / "spark-class"),
        "org.apache.spark.deploy.master.Master",
        *("--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"),
    ]
    environ = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    with subprocess.Popen(asked, stderr=subprocess.PIPE, text=True, env=environ) as master:
        try:
            assert master.stderr is not None
            assert any("New state: ALIVE" in line for line in master.stderr)
            yield f"spark://127.0.0.1:{port}"
        finally:
            master.kill()


def test_a_cluster_that_gives_no_worker_is_said_so_and_not_waited_for(acts: Path) -> None:
    asking = (
        "import sys\n"
        "from tertulia.engine.backends.spark import Spark\n"
        "from tertulia.engine.backends import NoBackend\n"
        "from tertulia.engine.spaces import read_spaces\n"
        "from pathlib import Path\n"
        "try: read_spaces(Path(sys.argv[1]), backend=Spark(sys.argv[2], wait_s=2))\n"
        "except NoBackend as why: print(why)\n"
    )
    with a_cluster_without_workers() as master:
        said = subprocess.run(
            [sys.executable, "-c", asking, str(acts), master],
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        ).stdout

    assert said.startswith(f"{master} answers, but gave no worker in 2 s.")
