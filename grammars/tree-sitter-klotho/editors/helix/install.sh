#!/bin/sh
# Has Helix colour annotations in comments: puts our queries before Helix's own, for each language whose comments may hold
# annotations. Run it again after an update of Helix.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
config="${XDG_CONFIG_HOME:-$HOME/.config}/helix/runtime/queries"
helix=$(command -v hx || command -v helix) || { echo "hx is not on PATH" >&2; exit 1; }
# Where Helix looks for its queries, the folder of the configuration aside.
places=$("$helix" --health | sed -n 's/.*Runtime directories: //p' | tr ';' '\n')
for folder in "$here"/queries/*/; do
  language=$(basename "$folder")
  mkdir -p "$config/$language"
  if [ "$language" = klotho ]; then
    cp "$folder"/*.scm "$config/klotho/"
    continue
  fi
  own=$(echo "$places" | while read -r place; do
    [ "$place/queries" = "$config" ] || echo "$place/queries/$language/injections.scm"
  done | while read -r file; do [ ! -f "$file" ] || { echo "$file"; break; }; done)
  [ -n "$own" ] || { echo "$language: no queries of Helix found in: $places" >&2; exit 1; }
  cat "$folder/injections.scm" "$own" > "$config/$language/injections.scm"
done
echo "annotations are coloured by the queries in $config"
