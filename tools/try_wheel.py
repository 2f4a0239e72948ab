"""Builds the wheel, installs it where nothing else is, and looks at the demo's first page with its static files."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 120
STOP_SECONDS = 10


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="tertulia-wheel-") as name:
        folder = Path(name)
        wheel = build(folder / "dist")
        python = install(folder / "environment", wheel)
        try_demo(python, folder)
    print(
        f"{wheel.name} installs into an empty environment, and its demo shows a page with its static files."
    )


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def build(folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(environment: Path, wheel: Path) -> Path:
    python = environment / "bin" / "python"
    own = ROOT / ".tools" / "bin" / "uv"
    uv = str(own) if own.exists() else shutil.which("uv")
    if uv:
        run(uv, "venv", "--quiet", "--python", sys.executable, environment)
        installer: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", python]
    else:
        run(sys.executable, "-m", "venv", environment)
        installer = [python, "-m", "pip", "install", "--quiet"]
    run(*installer, "--require-hashes", "-r", "requirements.txt")
    run(*installer, "--no-deps", wheel)
    return python


def try_demo(python: Path, folder: Path) -> None:
    port = free_port()
    environ = {
        name: value for name, value in os.environ.items() if not name.startswith(("TERTULIA_", "PYTHON"))
    }
    environ |= {"TERTULIA_HOME": str(folder / "home"), "TERTULIA_PORT": str(port)}
    demo = subprocess.Popen([python.parent / "tertulia", "demo"], cwd=folder, env=environ)
    try:
        page = first_page(demo, port)
        static = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        missing = [path for path in static if get(port, path)[0] != 200]
        if not static or missing:
            raise SystemExit(f"Static files: {len(static)} named on the first page, missing: {missing}")
    finally:
        demo.terminate()
        if demo.wait(STOP_SECONDS) != 0:
            raise SystemExit("The demo did not end well.")


def first_page(demo: "subprocess.Popen[bytes]", port: int) -> str:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and demo.poll() is None:
        status, page = get(port, "/")
        if status == 200:
            return page
        time.sleep(0.2)
    raise SystemExit("The demo's first page did not come.")


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
