#!/bin/sh
# Writes the hashed lists anew from pyproject.toml: for every platform, and without the addresses they came from.
set -eu
cd "$(dirname "$0")/.."
lock() {
  target=$1
  shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
    --no-emit-index-url --no-emit-find-links --upgrade --output-file "$target" "$@"
}
lock requirements.txt pyproject.toml
lock requirements-postgres.txt --constraints requirements.txt --extra postgres pyproject.toml
# Tests run on what is served: the same versions.
lock requirements-dev.txt --constraints requirements.txt --group dev pyproject.toml
# On top of the development tools: what only some tests and measurements need, because it is large.
lock requirements-spark.txt --constraints requirements-dev.txt --group dev --extra spark pyproject.toml
lock requirements-peers.txt --constraints requirements-dev.txt --group dev --group peers pyproject.toml
printf 'hatchling>=1.27\neditables\n' | lock tools/requirements-build.txt -
printf 'uv\n' | lock tools/requirements-uv.txt -
