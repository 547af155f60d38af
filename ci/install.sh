#!/usr/bin/env bash
# Puts a released klotho-ls into a folder, its checksum compared, unless one is on the PATH.
# Usage: install.sh VERSION FOLDER
# KLOTHO_LS_RELEASES names another place of the releases, such as a mirror.
set -euo pipefail
version=$1
folder=$2
releases=${KLOTHO_LS_RELEASES:-https://github.com/klotho-ls/klotho-ls/releases}

if command -v klotho-ls >/dev/null; then
  klotho-ls --version
  exit 0
fi

case "$(uname -s) $(uname -m)" in
  "Linux x86_64") target=x86_64-unknown-linux-gnu ;;
  "Linux aarch64") target=aarch64-unknown-linux-gnu ;;
  "Darwin x86_64") target=x86_64-apple-darwin ;;
  "Darwin arm64") target=aarch64-apple-darwin ;;
  MINGW*" x86_64" | MSYS*" x86_64") target=x86_64-pc-windows-msvc ;;
  *)
    echo "klotho-ls: there is no release for $(uname -s) on $(uname -m); install it with cargo" >&2
    exit 2
    ;;
esac

archive="klotho-ls-$target.tar.gz"
if [[ "$version" == latest ]]; then from="$releases/latest/download"; else from="$releases/download/v${version#v}"; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
curl --fail --silent --show-error --location --retry 3 --remote-name "$from/$archive" --remote-name "$from/$archive.sha256"
if command -v sha256sum >/dev/null; then sha256sum --check --quiet "$archive.sha256"; else shasum -a 256 --check --quiet "$archive.sha256"; fi
mkdir -p "$folder"
tar -xzf "$archive" -C "$folder"
"$folder/klotho-ls" --version
