#!/usr/bin/env bash
# picture.sh: draws the pictures of the pages from the program itself, on the demonstration's zones: docs/NAME.svg on a dark ground,
# docs/NAME-light.svg on a light one. Both are one screen: the program does not know the ground.
# Needs Go, tmux, and for the zones of a name server /etc/bind. Pictures that tell a time are drawn by ui/pictures_test.go, by its clock.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
screen() { tmux -L "mailzone-picture-$$" -f /dev/null -u "$@"; }
trap 'screen kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
go build -o "$work/mailzone" .
go build -o "$work/picture" ./docs/picture

# shows WORDS: waits until they are on the screen.
shows() {
  for _ in $(seq 200); do
    screen capture-pane -pN -t s >"$work/text" 2>/dev/null || true
    if grep -qe "$1" "$work/text"; then return; fi
    sleep 0.05
  done
  echo "picture.sh: the program does not show \"$1\":" >&2
  cat "$work/text" >&2
  exit 1
}

# picture NAME COMMAND WORDS [KEYS WORDS]...: runs COMMAND in a directory of its own until it shows WORDS, presses KEYS, and so on,
# and draws what is there in the end.
picture() {
  local name=$1 command=$2
  shift 2
  mkdir -p "$work/$name" && cp ui/demo/db.example.com "$work/$name"
  screen new-session -d -s s -x 96 -y 28 -c "$work/$name" -e LANG=C.UTF-8 -e TERM=xterm-256color -e NO_COLOR= -e TZ=UTC \
    -e XDG_STATE_HOME="$work/$name" "$command"
  shows "$1"
  while shift && [ $# -gt 1 ]; do
    # shellcheck disable=SC2086 # KEYS are words
    screen send-keys -t s $1
    shows "$2"
    shift
  done
  screen capture-pane -epN -t s >"$work/drawn"
  screen kill-session -t s
  "$work/picture" dark <"$work/drawn" >"docs/$name.svg"
  "$work/picture" light <"$work/drawn" >"docs/$name-light.svg"
}

picture screen "$work/mailzone db.example.com" "? keys"

picture lint "$work/mailzone lint --select mx-ttl-low --select mx-target-cname --select mx-target-no-address db.example.com; exec cat" 'mailzone: . error'

# The demonstration's name server, as if it were this machine's: for this one program /etc/bind is a directory of ours.
cp -r ui/demo/server "$work/bind"
sed -i 's#DIRECTORY#/etc/bind#' "$work/bind/named.conf"
cp ui/demo/db.example.com "$work/bind/zones"
root=-r
[ "$(id -u)" != 0 ] || root=
if ! unshare $root -m true 2>/dev/null; then
  echo "docs/server.svg is not drawn: no namespaces for mounts here"
  exit
fi
picture server "unshare $root -m sh -c 'mount --bind $work/bind /etc/bind && exec $work/mailzone'" '3 with errors' '' 'theatre.example .*W1' '' 'parked-two.* null MX'
