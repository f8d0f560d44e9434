#!/usr/bin/env bash
# Writes requirements/*.txt from pyproject.toml and package-lock.json from package.json: exact versions with hashes, for
# every platform, naming no package index.
set -euo pipefail
cd "$(dirname "$0")/.."

UV_VERSION=0.13.9
tool=build/lock
python=${PYTHON:-python3}

[ -x "$tool/bin/uv" ] || "$python" -m venv "$tool"
"$tool/bin/pip" install --quiet --disable-pip-version-check "uv==$UV_VERSION"

lock() {  # lock NAME OPTION...
    local name=$1
    shift
    "$tool/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
        --custom-compile-command "make lock" ${UPGRADE:+--upgrade} "$@" --output-file "requirements/$name.txt"
}

lock run --extra portal --extra babel pyproject.toml
lock build --group build --constraint requirements/run.txt
lock test --group test --constraint requirements/run.txt --constraint requirements/build.txt

npm install --package-lock-only
