#!/bin/sh
# Builds the image from the static binary, makes KS and three municipalities, and starts them.
# What exists under docker/data is used again.
set -eu
cd "$(dirname "$0")/.."

compose() {
    if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

# A program that was built already may be named; else it is built here.
if [ -z "${IDENETT_BINARY:-}" ]; then
    cargo build --release -p idenett
    IDENETT_BINARY=$(ls target/*/release/idenett | head -n 1)
fi
binary=$IDENETT_BINARY
cp "$binary" docker/image/idenett
IDENETT_USER="$(id -u):$(id -g)"
export IDENETT_USER

if [ ! -e docker/data/ks ]; then
    mkdir -p docker/data
    "$binary" init --data docker/data/ks --org 971032146 --name KS --new-federation "Idenett på Docker" \
        --listen /ip4/0.0.0.0/tcp/4430 --announce /dns4/ks/tcp/4430 --bootstrap /dns4/ks/tcp/4430
    "$binary" charter export docker/data/charter.idn --data docker/data/ks
    for row in "ovre-eiker 954597482 Øvre_Eiker" "baerum 935478715 Bærum" "gran 961381541 Gran"; do
        set -- $row
        name=$(echo "$3" | tr _ ' ')
        "$binary" init --data "docker/data/$1" --org "$2" --name "$name" --charter docker/data/charter.idn
        "$binary" member request --data "docker/data/$1" |
            "$binary" member admit - --data docker/data/ks --registrar-key docker/data/ks/registrar.key --offline
    done
fi
compose build
compose up -d
compose ps
