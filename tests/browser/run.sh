#!/bin/sh
# The reading pages in a real Chromium. Installs what it needs: the browser from Debian where it is missing and we may,
# the rest under target/. Pictures, logs and the nodes' directories stay in target/browser. Where there is no browser and
# we may not install one, nothing is tested, and that is said.
set -eu
cd "$(dirname "$0")/../.."

IDENETT_BINARY=$(realpath "${1:-$(ls target/*/release/idenett target/release/idenett 2>/dev/null | head -n 1)}")
IDENETT_CHROMIUM="${IDENETT_CHROMIUM:-/usr/bin/chromium}"
export IDENETT_BINARY IDENETT_CHROMIUM

not_run() {
    printf 'NOT RUN: the pages were not tested in a browser: %s\n' "$1"
    exit 0
}

if [ ! -x "$IDENETT_CHROMIUM" ]; then
    [ "$(id -u)" = 0 ] || not_run "there is no $IDENETT_CHROMIUM, and only root may install it"
    command -v apt-get > /dev/null || not_run "there is no $IDENETT_CHROMIUM, and no apt-get to install it with"
    log=target/chromium-install.log
    echo "installing Chromium (log: $log)"
    {
        apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium fonts-dejavu-core
    } > "$log" 2>&1 || { tail -n 5 "$log"; echo "Chromium could not be installed" >&2; exit 1; }
fi
"$IDENETT_CHROMIUM" --version --no-sandbox

python3 -m venv target/browser-venv
target/browser-venv/bin/pip --quiet --disable-pip-version-check install -r tests/browser/requirements.txt
target/browser-venv/bin/python -m pytest --quiet tests/browser
echo "pictures of the pages: target/browser/pictures"
