"""Trees of real source files, the same every time: public packages, with annotations planted in a share of the files."""

import hashlib
import os
import pathlib
import tarfile
import zipfile

import peers

# About 35,000 files and 180 MB of TypeScript, JavaScript and Python. Pinned, so that every run has the same trees.
NPM = [
    "rxjs@7.8.2",
    "viem@2.57.20",
    "date-fns@4.4.0",
    "core-js@3.51.0",
    "@aws-sdk/client-ec2@3.1169.0",
    "typeorm@1.1.1",
    "three@0.187.0",
    "effect@4.1.0",
    "@mui/material@9.5.0",
    "antd@6.6.8",
]
PYPI = [
    "django==5.2.19",
    "sympy==1.14.0",
    "sqlalchemy==2.1.9",
    "networkx==3.6.1",
    "faker==40.63.0",
    "plotly==7.1.0",
    "twisted==26.10.0",
]

SOURCES = {".ts", ".tsx", ".js", ".mjs", ".cjs", ".py"}
# Minified bundles are nobody's source.
LARGEST = 200_000
# Folders that a project never enters would make the work differ from that of the peers.
NEVER_ENTERED = {"node_modules", "vendor", ".git", ".idea", ".vscode", ".svn"}

TYPESCRIPT_UNIT = '/* @klotho::execution_unit {{\n *   id = "unit-{n}"\n *   target = "lambda"\n * }}\n */\n'
PYTHON_UNIT = '# @klotho::execution_unit {{\n#   id = "unit-{n}"\n#   target = "lambda"\n# }}\n'


def tree(folder: pathlib.Path, files: int, share: float) -> pathlib.Path:
    """A tree of `files` files of which the `share` holds an annotation."""
    root = folder / "trees" / f"{files}-{round(share * 100)}"
    done = root.with_suffix(".done")
    if done.exists():
        return root
    every = round(1 / share) if share else files + 1
    for n, (name, text) in enumerate(sources(folder, files)):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(annotated(name, text, n) if n % every == every - 1 else text)
    done.write_text("")
    return root


def annotated(name: str, text: bytes, n: int) -> bytes:
    """The text with one annotation in front of it; a line that has to stand first stays first."""
    unit = PYTHON_UNIT if name.endswith(".py") else TYPESCRIPT_UNIT
    head, body = b"", text
    if text.startswith(b"#!"):
        head, _, body = text.partition(b"\n")
        head += b"\n"
    return head + unit.format(n=n).encode() + body


def sources(folder: pathlib.Path, files: int):
    """`files` names and texts, an even sample of the pool; beyond its size the pool is taken again in another folder."""
    pool = sorted(pool_of(folder), key=lambda path: hashlib.sha256(str(path).encode()).digest())
    for n in range(files):
        path = pool[n % len(pool)]
        copy = f"copy{n // len(pool)}"
        yield f"{copy}/{path.relative_to(folder / 'pool').as_posix()}", path.read_bytes()


def pool_of(folder: pathlib.Path) -> list[pathlib.Path]:
    """Every source file of the packages, unpacked."""
    pool, done = folder / "pool", folder / "pool.done"
    wanted = "\n".join(NPM + PYPI)
    if not done.exists() or done.read_text() != wanted:
        for archive in peers.archives(folder, NPM, PYPI):
            unpack(archive, pool)
        done.write_text(wanted)
    return [pathlib.Path(root) / name for root, _, names in os.walk(pool) for name in names]


def unpack(archive: pathlib.Path, pool: pathlib.Path) -> None:
    """Writes the source files of one package."""
    target = pool / archive.name.split("-py3")[0].removesuffix(".tgz")
    for name, text in members(archive):
        path = pathlib.PurePosixPath(name)
        # A package says nothing about where it is written.
        if path.suffix not in SOURCES or path.is_absolute() or ".." in path.parts or NEVER_ENTERED & set(path.parts):
            continue
        if len(text) <= LARGEST and b"@klotho::" not in text:
            written = target / path
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_bytes(text)


def members(archive: pathlib.Path):
    """Names and texts of the regular files in a package."""
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as opened:
            for member in opened:
                if member.isfile():
                    yield member.name, opened.extractfile(member).read()
    else:
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                if not member.is_dir():
                    yield member.filename, opened.read(member)


def many_annotations(emitter: str = "events.EventEmitter", count: int = 1_700) -> str:
    """One TypeScript file of about 200 KB that holds `count` annotations: stores, topics and one unit. Nothing is wrong in it, unless
    each third is of an `emitter` that the compiler does not see."""
    unit = '// @klotho::execution_unit {{ id = "u{n}" }}\nexport async function f{n}(a: string) {{\n  return a + "{n}";\n}}\n'
    store = '// @klotho::persist {{ id = "m{n}" }}\nexport const m{n} = new Map<string, string>();\n'
    topic = '/* @klotho::pubsub {{\n *   id = "t{n}"\n * }} */\nexport const t{n} = new {emitter}();\n'
    parts = ['import * as events from "events";\nimport { EventEmitter } from "events";\n']
    for n in range(count):
        kind = topic if n % 3 == 1 else store if n else unit
        # Without a line of ordinary code here and there it would be no program.
        code = f"export const read{n} = async (key: string) => key + {n};\n" if n % 5 < 3 else ""
        parts.append(kind.format(n=n, emitter=emitter) + code)
    return "\n".join(parts)
