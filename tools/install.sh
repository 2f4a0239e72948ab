#!/bin/sh
# Fills .venv with what is needed: `install.sh runtime` for demo and serve, `postgres` for a site on PostgreSQL, `dev` for
# test and check, which includes both; `spark` adds Spark to that, which is 400 MB, and `peers` what the engine is measured
# beside.
# Does nothing when that was done before and the requirements have not changed. Needs Python 3.11 or newer with pip; takes
# uv when it is there, else brings it into this folder, else does without.
set -eu
cd "$(dirname "$0")/.."
kind=$1
python=${PYTHON:-python3}
case $kind in
  runtime) lists="requirements.txt" ;;
  postgres) lists="requirements-postgres.txt" ;;
  dev) lists="requirements-dev.txt" ;;
  spark) lists="requirements-spark.txt" ;;
  peers) lists="requirements-peers.txt" ;;
  *) echo "Say runtime, postgres, dev, spark or peers." >&2; exit 2 ;;
esac

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Tertulia needs Python 3.11 or newer; $python is older. Name another one: make PYTHON=python3.12 …" >&2
  exit 2
}

# The version and the commands come from pyproject.toml, so it counts too. A larger environment serves as well.
digest=$(cat requirements*.txt tools/requirements-build.txt pyproject.toml tools/install.sh | cksum)
larger=".venv/installed-spark .venv/installed-peers"
case $kind in spark | peers) larger="" ;; dev) ;; *) larger="$larger .venv/installed-dev" ;; esac
for done in $larger ".venv/installed-$kind"; do
  if [ -f "$done" ] && [ "$(cat "$done")" = "$digest" ]; then exit 0; fi
done

find_uv() {
  if uv --version >/dev/null 2>&1; then echo uv; return; fi
  if [ ! -x .tools/bin/uv ]; then
    # Into this folder alone: nothing of the machine's Python is touched.
    "$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --require-hashes --target .tools \
      -r tools/requirements-uv.txt >&2 || true
  fi
  if .tools/bin/uv --version >/dev/null 2>&1; then echo .tools/bin/uv; fi
}

with_uv() {
  # Never another Python than the one that was asked for.
  [ -x .venv/bin/python ] || "$1" venv --quiet --no-python-downloads --python "$(command -v "$python")" .venv
  "$1" pip install --quiet --python .venv/bin/python --require-hashes -r tools/requirements-build.txt -r "$lists"
  "$1" pip install --quiet --python .venv/bin/python --no-build-isolation --no-deps --editable .
}

with_pip() {
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r tools/requirements-build.txt -r "$lists"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
}

echo "Installing what Tertulia needs into .venv (once) …"
uv=$(find_uv)
if [ -n "$uv" ]; then with_uv "$uv"; else with_pip; fi
rm -f .venv/installed-*
echo "$digest" > ".venv/installed-$kind"
