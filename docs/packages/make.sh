#!/usr/bin/env bash
# make.sh VERSION DATE: writes to release/ what packages hold beside the program: manual pages, completions, licences, and the list of
# changes. DATE is the commit's, and nothing else that a package holds tells a time: equal sources make equal packages.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$1 date=$2
umask 022
rm -rf release
mkdir -p release/completion release/packed
go run ./docs/man release/man "$date"
for shell in bash zsh fish; do go run . completion "$shell" >"release/completion/mailzone.$shell"; done
go run ./docs/licences >release/LICENSES
go run ./docs/licences debian >release/copyright
for page in release/man/*; do gzip -9n <"$page" >"release/packed/${page##*/}.gz"; done # Debian Policy §12.1
gzip -9n <CHANGELOG.md >release/packed/changelog.gz
cat >release/changelog.yaml <<END
- semver: ${version/-/\~}-1
  date: $date
  deb: {urgency: low, distributions: [stable]}
  packager: The mailzone authors <mailzone@users.noreply.github.com>
  changes:
    - note: "A new version; changelog.gz beside this file has its changes."
END
