#!/bin/sh
# Install the pinned packages of a lock file, and Youban itself without touching them, into $VENV.
# The Dockerfile, the Makefile and a test all run this one script.
#   usage: PYTHON=python3.11 VENV=.venv sh docker/install.sh requirements.lock
set -eu
lock=${1:?usage: install.sh LOCKFILE}
python=${PYTHON:-python3}
venv=${VENV:-.venv}
mode=${YOUBAN_INSTALL:-editable}

if command -v uv >/dev/null 2>&1; then
    [ -x "$venv/bin/python" ] || uv venv --quiet --python "$python" "$venv"
    uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
    case $mode in
        editable) uv pip install --quiet --python "$venv/bin/python" --no-deps -e . ;;
        *)        uv pip install --quiet --python "$venv/bin/python" --no-deps . ;;
    esac
else
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    case $mode in
        editable) "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e . ;;
        *)        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps . ;;
    esac
fi
