#!/bin/sh
# Starts the federation of docker-compose.yml, publishes a need in one container, waits until it is in
# another, and takes everything down again. Says so and ends well where no Docker engine answers.
set -eu
cd "$(dirname "$0")/.."
if ! docker info >/dev/null 2>&1; then
    echo "docker: NOT RUN, because no Docker engine answers"
    exit 0
fi
compose() {
    if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}
rm -rf docker/data
trap 'compose logs --tail 20 || true; compose down --timeout 10 >/dev/null 2>&1 || true; rm -rf docker/data' EXIT
sh docker/up.sh
ask() { node=$1; shift; compose exec -T "$node" /idenett "$@" --data /data --json; }
tries=0
until ask baerum status 2>/dev/null | grep -q '"signing": *"ready"'; do
    tries=$((tries + 1))
    [ $tries -lt 60 ] || { echo "docker: Bærum's node never came to sign"; exit 1; }
    sleep 1
done
id=$(ask baerum contact publish - <<'J' | sed -n 's/.*"id": *"\([0-9a-f]*\)".*/\1/p' | head -n 1
{"function": "Innovasjonsrådgiver", "mailbox": "postmottak@baerum.example"}
J
)
[ -n "$id" ] || { echo "docker: Bærum could not publish"; exit 1; }
tries=0
until ask gran record show "$id" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 60 ] || { echo "docker: the record did not reach Gran"; exit 1; }
    sleep 1
done
echo "docker: a record published in one container is in another"
trap - EXIT
compose down --timeout 10
rm -rf docker/data
echo "1 passed, 0 failed"
