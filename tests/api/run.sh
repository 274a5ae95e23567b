#!/bin/sh
# The read API of a running node against its own description. Installs what it needs under target/; the description,
# what was asked, and the nodes' directories stay in target/api.
set -eu
cd "$(dirname "$0")/../.."

IDENETT_BINARY=$(realpath "${1:-$(ls target/*/release/idenett target/release/idenett 2>/dev/null | head -n 1)}")
export IDENETT_BINARY

python3 -m venv target/api-venv
target/api-venv/bin/pip --quiet --disable-pip-version-check install -r tests/api/requirements.txt
target/api-venv/bin/python -m pytest --quiet tests/api
