#!/usr/bin/env bash
# The page in a real headless Chromium: paste, verdict, mark, language, copy, print; axe; network log.
# Skipped, and says so, where Chromium, node or the two npm packages cannot be had.
# Everything it makes goes to target/browser; screenshots for people to look at to target/browser/shots.
set -euo pipefail
cd "$(dirname "$0")/../.."

skip() {
    echo "SKIPPED tests/browser: $1" >&2
    exit 0
}

find_chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome || true
}

command -v node >/dev/null || skip "no node"
command -v npm >/dev/null || skip "no npm"
if [ -z "$(find_chromium)" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y chromium fonts-noto-cjk >/dev/null 2>&1 || true
fi
chromium=$(find_chromium)
[ -n "$chromium" ] || skip "no Chromium, and apt-get could not install it"

out=${CARGO_TARGET_DIR:-target}/browser
mkdir -p "$out/shots"
cp tests/browser/package.json tests/browser/page.mjs "$out/"
npm install --prefix "$out" --no-audit --no-fund --silent >/dev/null 2>&1 || skip "npm could not install playwright-core and axe-core"

cargo build --release --quiet
"${CARGO_TARGET_DIR:-target}/release/cuijian" serve >"$out/url" 2>"$out/serve.log" &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 600); do
    { [ -s "$out/url" ] || ! kill -0 "$server" 2>/dev/null; } && break
    sleep 0.1
done
[ -s "$out/url" ] || { cat "$out/serve.log" >&2; exit 1; }
CHROMIUM="$chromium" SHOTS="$out/shots" node "$out/page.mjs" "$(cat "$out/url")"
