"""Spark for a whole run of tests: one session a master, begun once, with settings for tables of a few thousand rows."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import missing

if TYPE_CHECKING:
    from tertulia.engine.backends.spark import Spark

# Two threads of this process; and two workers, each a process of its own, to which everything travels.
MASTERS = ("local[2]", "local-cluster[2,1,1024]")
# For small tables compiling costs more than it saves. What a query means does not change.
LIGHT = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def needs_spark() -> None:
    if find_spec("pyspark") is None or find_spec("sqlglot") is None:
        missing("spark", "it is not installed: sh tools/install.sh spark")
    if java() is None:
        missing("spark", "there is no Java (Debian: openjdk-17-jre-headless)")


@pytest.fixture(scope="session", params=MASTERS)
def spark(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Spark"]:
    """Tests with the same master follow each other, so that one session serves them and is stopped before the next."""
    needs_spark()
    import pyspark

    from tertulia.engine.backends.spark import Spark

    # A local cluster's workers write into SPARK_HOME: not into the installed package.
    home, package = tmp_path_factory.mktemp("spark-home"), Path(pyspark.__file__).parent
    for part in ("bin", "jars"):
        (home / part).symlink_to(package / part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(home))
        with Spark(request.param, memory_mb=900, partitions=2, settings=LIGHT) as started:
            yield started
