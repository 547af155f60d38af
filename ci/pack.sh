#!/usr/bin/env bash
# Makes the archive that `install.sh` takes, with its checksum, from a binary for a target. Beside the binary lie our licence and
# those of the libraries in it, which needs what `third-party.sh` says.
# Usage: pack.sh BINARY TARGET FOLDER
set -euo pipefail
binary=$1
target=$2
mkdir -p "$3"
folder=$(cd "$3" && pwd)
here=$(cd "$(dirname "$0")/.." && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$binary" "$here/LICENSE" "$here/README.md" "$work"
"$here/ci/third-party.sh" "$target" "$work/THIRD-PARTY.txt"
cd "$folder"
archive="klotho-ls-$target.tar.gz"
# Names, not the folder: unpacked, its permissions would become those of the folder that it is unpacked into.
tar -czf "$archive" -C "$work" "$(basename "$binary")" LICENSE README.md THIRD-PARTY.txt
if command -v sha256sum >/dev/null; then sha256sum "$archive"; else shasum -a 256 "$archive"; fi >"$archive.sha256"
