#!/usr/bin/env bash
# sbom.sh BINARY DOCUMENT DATE: the list of what a binary is made of (CycloneDX), with the commit's date in the place of the hour
# at which the list was made: equal binaries have equal lists.
set -euo pipefail
cyclonedx-gomod bin -json -licenses -std -noserial -output "$2" "$1" 2>/dev/null
sed -i 's/^    "timestamp": "[^"]*"/    "timestamp": "'"$3"'"/' "$2"
