#!/bin/sh
# Editors of a newer Debian drive the real server: Neovim, Emacs, Helix and Kakoune, each set up as its page says.
#
#   tests/editors/debian.sh KLOTHO_LS TOOLS [SUITE]
#
# As root, with debootstrap, cargo and a C compiler. Installs the suite (trixie when none is named) into a temporary folder, about
# 900 MB, and takes it away again. The repository is mounted there and cannot be written. The folder TOOLS is made, and keeps
# kakoune-lsp, which Debian does not have.
set -eu
server=$(realpath "$1")
tools=$2
suite=${3:-trixie}
repository=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
system="$folder/system"

clean() {
  for place in repository dev/pts dev proc; do
    ! mountpoint -q "$system/$place" || umount "$system/$place" || return 1
  done
  rm -rf --one-file-system "$folder"
}
trap 'clean || echo "still mounted below $folder" >&2' EXIT
trap 'exit 1' INT TERM

# The parser of TypeScript that the queries of the suite's Helix are for; Debian's Helix comes without any.
case "$suite" in
  trixie) parser=0.20.2 ;;
  *) parser=0.23.2 ;;
esac
mkdir -p "$folder/parsers/src" "$system"
touch "$folder/parsers/src/lib.rs"
cat > "$folder/parsers/Cargo.toml" <<MANIFEST
[package]
name = "parsers"
version = "0.0.0"
edition = "2021"
[dependencies]
tree-sitter-typescript = "=$parser"
[workspace]
MANIFEST
cargo vendor --quiet --manifest-path "$folder/parsers/Cargo.toml" "$folder/sources" > "$folder/vendored"
typescript=$(echo "$folder"/sources/tree-sitter-typescript*/typescript/src)
klotho="$repository/grammars/tree-sitter-klotho/src"
cc -O1 -shared -fPIC -I "$typescript" -o "$folder/typescript.so" "$typescript/parser.c" "$typescript/scanner.c"
cc -O1 -shared -fPIC -I "$klotho" -o "$folder/klotho.so" "$klotho/parser.c" "$klotho/scanner.c"

[ -x "$tools/bin/kak-lsp" ] || cargo install --quiet --locked --root "$tools" kak-lsp@22.0.0

debootstrap --variant=minbase "$suite" "$system" > "$folder/debootstrap.log" || { tail "$folder/debootstrap.log"; exit 1; }
mkdir -p "$system/repository" "$system/parsers"
mount -t proc proc "$system/proc"
mount --bind /dev "$system/dev"
mount --bind /dev/pts "$system/dev/pts"
mount --bind "$repository" "$system/repository"
mount -o remount,bind,ro "$system/repository"
inside() { chroot "$system" env -u TMUX -u XDG_CONFIG_HOME HOME=/root LC_ALL=C.UTF-8 KLOTHO_PARSERS=/parsers KLOTHO_LS=/parsers/klotho-ls "$@" < /dev/null; }
inside env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends neovim \
  emacs-nox elpa-lsp-mode hx kakoune tmux python3 > "$folder/apt.log" ||
  { tail "$folder/apt.log"; exit 1; }
cp "$folder"/*.so "$system/parsers/"
cp "$server" "$system/parsers/klotho-ls"
cp "$tools/bin/kak-lsp" "$system/usr/local/bin/"

failed=0
echo "== Neovim"
inside nvim --headless -u NONE -c "luafile /repository/tests/editors/neovim.lua" || failed=1
for client in eglot lsp-mode; do
  echo "== Emacs with $client"
  inside emacs --batch -q -f package-initialize -l "/repository/tests/editors/$client.el" || failed=1
done
echo "== Helix"
inside python3 /repository/tests/editors/helix.py /parsers/klotho-ls --parsers /parsers || failed=1
echo "== Kakoune"
inside python3 /repository/tests/editors/kakoune.py /parsers/klotho-ls || failed=1
exit $failed
