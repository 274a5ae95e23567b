#!/bin/sh
# Everything that the project checks. Needs a Rust toolchain with a C linker, and Python 3; makes what
# else it needs under target/. Chromium for the pages is installed by root where it is missing, on Debian; where it
# cannot be, that part says that it was not run. Ends with an error when anything fails.
set -eu
cd "$(dirname "$0")/.."

# Figures that tests measure are written here, each beside its limit.
IDENETT_FIGURES="$PWD/target/figures.jsonl"
export IDENETT_FIGURES
rm -f "$IDENETT_FIGURES"

say() { printf '\n== %s\n' "$*"; }

say "build"
cargo build --release --workspace --all-targets

say "format and lints"
cargo fmt --all -- --check
cargo clippy --release --workspace --all-targets -- -D warnings

say "tests: rules, journal, network, simulator, stories"
cargo test --release --workspace

say "independent verifier in Python: golden vectors"
python3 -m venv target/venv
target/venv/bin/pip --quiet --disable-pip-version-check install -r tests/python/requirements.txt
python="target/venv/bin/python"
"$python" tests/python/verify.py vectors protocol/vectors

say "demo: a federation of real nodes, kept and verified"
binary=$(ls target/*/release/idenett | head -n 1)
kept=target/kept
rm -rf "$kept"
"$binary" demo --once --keep "$kept" --json > target/demo.json
frontier=$(sed -n 's/^  "frontier": "\([0-9a-f]*\)",$/\1/p' target/demo.json)
for node in "$kept"/*; do
    "$binary" verify --data "$node" --json | grep -q "$frontier"
    "$python" tests/python/verify.py directory "$node" --json | grep -q "$frontier"
    echo "$(basename "$node"): verified in Rust and in Python, frontier $(echo "$frontier" | cut -c1-16)…"
done
rm -f target/kept.bundle
"$binary" bundle export target/kept.bundle --data "$kept/gran"
"$python" tests/python/verify.py bundle target/kept.bundle --json | grep -q "$frontier"
"$(dirname "$binary")/verify_bundle" target/kept.bundle
"$(dirname "$binary")/count_reuse" target/kept.bundle

say "reuse barometer counted again in SQL, exports read by others"
sh tests/barometer/run.sh "$(dirname "$binary")/history"

say "demo: a short history, figures published and counted again"
"$binary" demo --members 5 --years 1 --once

say "read API against its own description"
sh tests/api/run.sh "$binary"

say "pages in a browser"
sh tests/browser/run.sh "$binary"

say "containers"
IDENETT_BINARY="$binary" sh docker/try.sh

say "figures of this run"
cat "$IDENETT_FIGURES"

say "all of it passed"
