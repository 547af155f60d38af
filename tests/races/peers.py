"""The programs to race against and the packages that trees are made of, from PyPI and npm, into a cache folder.

Everything is pinned, so that figures of two days can be compared; raise the versions together.
"""

import os
import pathlib
import shutil
import subprocess
import sys

PYPI = {"ripgrep": "15.1.0", "ruff": "0.17.6", "ast-grep-cli": "0.51.1"}
NPM = {"@biomejs/biome": "2.6.8"}


def install(folder: pathlib.Path) -> dict[str, str]:
    """Installs the peers unless they are there; the path of each program by its name. One that cannot be had is said."""
    python, node = folder / "python", folder / "node"
    pinned = [f"{name}=={version}" for name, version in PYPI.items()]
    once(python, pinned, [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(python), *pinned])
    packages = [f"{name}@{version}" for name, version in NPM.items()]
    if shutil.which("npm"):
        once(node, packages, ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(node), *packages])
    programs = {name: str(python / "bin" / name) for name in ["rg", "ruff", "ast-grep"]}
    # The package's own launcher is a script for Node; the program itself lies beside it.
    native = sorted(node.glob("node_modules/@biomejs/cli-*/biome"))
    programs["biome"] = str(native[0]) if native else ""
    found = {name: path for name, path in programs.items() if os.access(path, os.X_OK)}
    for name in programs.keys() - found.keys():
        print(f"left out: {name}, which could not be installed", file=sys.stderr)
    return found


def once(target: pathlib.Path, wanted: list[str], command: list[str]) -> None:
    """Runs an installation unless the same was done before."""
    done = target.with_suffix(".done")
    if done.exists() and done.read_text() == "\n".join(wanted):
        return
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    if subprocess.run(command, check=False).returncode == 0:
        done.write_text("\n".join(wanted))


def versions(programs: dict[str, str]) -> dict[str, str]:
    """What each program says of itself."""
    said = {}
    for name, path in programs.items():
        output = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        said[name] = output.splitlines()[0] if output else "?"
    return said


def archives(folder: pathlib.Path, npm: list[str], pypi: list[str]) -> list[pathlib.Path]:
    """Downloads packages without installing anything."""
    target = folder / "packages"
    target.mkdir(parents=True, exist_ok=True)
    for name in npm:
        subprocess.run(["npm", "pack", "--silent", name], cwd=target, check=True, stdout=subprocess.DEVNULL)
    flags = ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(target)]
    subprocess.run([sys.executable, "-m", "pip", "download", *flags, *pypi], check=True)
    return sorted([*target.glob("*.tgz"), *target.glob("*.whl")])
