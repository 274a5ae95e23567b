#!/bin/sh
# The reuse barometer counted a second time, in SQL, and its exports read back by other programs. Installs what it needs
# under target/; the made-up histories with their figures stay in target/histories.
set -eu
cd "$(dirname "$0")/../.."

history=$(realpath "${1:-$(ls target/*/release/history target/release/history 2>/dev/null | head -n 1)}")
IDENETT_HISTORIES="$PWD/target/histories"
export IDENETT_HISTORIES

rm -rf "$IDENETT_HISTORIES"
"$history" "$IDENETT_HISTORIES" 1 2 3 4 5

python3 -m venv target/barometer-venv
target/barometer-venv/bin/pip --quiet --disable-pip-version-check install -r tests/barometer/requirements.txt
target/barometer-venv/bin/python -m pytest --quiet tests/barometer
