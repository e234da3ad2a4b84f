#!/usr/bin/env bash
# picture.sh: draws the README's picture from the program itself on the demo's zone: docs/screen.svg on a dark ground,
# docs/screen-light.svg on a light one. Both are one screen: the program does not know the ground.
# Needs Go and tmux.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
screen() { tmux -L "mailzone-picture-$$" -f /dev/null -u "$@"; }
trap 'screen kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
go build -o "$work/mailzone" .
go build -o "$work/picture" ./docs/picture
cp ui/demo/db.example.com "$work/"
screen new-session -d -s s -x 96 -y 28 -c "$work" -e LANG=C.UTF-8 -e TERM=xterm-256color -e NO_COLOR= ./mailzone db.example.com
for _ in $(seq 100); do # until the last line is there
  screen capture-pane -pN -t s >"$work/text"
  if grep -q '? keys' "$work/text"; then break; fi
  sleep 0.05
done
grep -q '? keys' "$work/text" || { echo "picture.sh: the program shows nothing:" >&2; cat "$work/text" >&2; exit 1; }
screen capture-pane -epN -t s >"$work/screen"
"$work/picture" dark <"$work/screen" >docs/screen.svg
"$work/picture" light <"$work/screen" >docs/screen-light.svg
