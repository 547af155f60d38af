#!/usr/bin/env bash
# Writes the licences of all crates that are in the binary for a target, as they want to be told of. Needs cargo-about 0.9
# (`cargo install --locked --features cli cargo-about@0.9.3`).
# Usage: third-party.sh TARGET FILE
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
if ! command -v cargo-about >/dev/null; then
  echo "third-party.sh: cargo-about is missing: cargo install --locked --features cli cargo-about@0.9.3" >&2
  exit 2
fi
# All is fetched first, so that what is listed comes from the crates themselves and from no other place.
cargo fetch --quiet --locked --manifest-path "$here/Cargo.toml"
cargo about generate --fail --frozen --manifest-path "$here/server/klotho-ls/Cargo.toml" --target "$1" \
  --config "$here/ci/third-party.toml" --output-file "$2" "$here/ci/third-party.hbs"
