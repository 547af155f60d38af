#!/bin/sh
# Has Helix colour annotations in comments: puts our queries beside Helix's own, for each language whose comments may hold
# annotations. Run it again after an update of Helix.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
config="${XDG_CONFIG_HOME:-$HOME/.config}/helix/runtime/queries"
helix=$(command -v hx || command -v helix) || { echo "hx is not on PATH" >&2; exit 1; }
# Where Helix looks for its queries, the folder of the configuration aside.
places=$("$helix" --health | sed -n 's/.*Runtime directories: //p' | tr ';' '\n')
# Of two queries that want one comment, Helix takes the first up to 25.01, and the last from 25.07 on.
version=$("$helix" --version | sed -n 's/^helix \([0-9.]*\).*/\1/p')
oldest=$(printf '%s\n' 25.07 "$version" | sort -V | head -n 1)
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
  if [ "$oldest" = 25.07 ]; then
    cat "$own" "$folder/injections.scm"
  else
    cat "$folder/injections.scm" "$own"
  fi > "$config/$language/injections.scm"
done
echo "annotations are coloured by the queries in $config"
