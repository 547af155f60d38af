#!/usr/bin/env python3
"""Kakoune with kakoune-lsp in a terminal drives the real server, set up as docs/editors/kakoune.md says, on a copy of the music
service.

    tests/editors/kakoune.py KLOTHO_LS [--capture FILE]

`kak`, `kak-lsp` and `tmux` must be on PATH. FILE takes the screen with its colours while the hover is shown. Every wait is for
something on the screen. Ends with 1 when a check failed.
"""

import argparse
import os
import pathlib
import subprocess
import tempfile
import time

from terminal import PATIENCE, Terminal, blocks, check, copy_of_app, finish, wait_for_file


def set_up(folder, server):
    home, project, path, runtime = folder / "home", copy_of_app(folder), folder / "bin", folder / "run"
    config = home / ".config" / "kak"
    for made in [config, path, runtime]:
        made.mkdir(parents=True)
    runtime.chmod(0o700)
    (path / "klotho-ls").symlink_to(server)
    (config / "kakrc").write_text(blocks("kakoune.md", "kak")[0] + "\n")
    environment = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_RUNTIME_DIR": runtime,
        "PATH": f"{path}:{os.environ['PATH']}",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
    }
    return project, environment


def command(kakoune, text):
    """Types a command."""
    kakoune.keys("Escape")
    kakoune.keys(":")
    kakoune.type(text)
    kakoune.until(text)
    kakoune.keys("Enter")


def ask(kakoune, file, text, shown):
    """Gives a command in a file until its answer is there: before the server is ready it asks in vain, and some answers leave it in
    another buffer."""
    end = time.monotonic() + PATIENCE
    screen = ""
    while shown not in screen and time.monotonic() < end:
        command(kakoune, f"edit {file}")
        kakoune.until(f"{file.name} ")
        command(kakoune, text)
        again = time.monotonic() + 5
        while shown not in screen and time.monotonic() < again:
            screen = kakoune.screen()
            time.sleep(0.05)
    return screen


def run(folder, server, capture):
    project, environment = set_up(folder, server)
    kakoune = Terminal(folder, ["kak", str(project / "playlists.ts")], environment)
    try:
        kakoune.until("playlists.ts 1:1")
        file = project / "playlists.ts"
        screen = ask(kakoune, file, "lsp-diagnostics", "publc")
        check("a mistake is reported", '"publc"' in screen or "`publc`" in screen, screen)
        command(kakoune, f"edit {file}")
        kakoune.until("playlists.ts ")
        kakoune.keys("g", "g", "/")
        kakoune.type("execution_unit")
        kakoune.keys("Enter")
        screen = ask(kakoune, file, "lsp-hover", "AWS Lambda")
        check("the hover names where it runs", "AWS Lambda" in screen, screen)
        if capture:
            capture.write_text(kakoune.screen(colours=True))
        screen = ask(kakoune, file, "lsp-hover-buffer", "Fargate")
        check("the whole hover compares Lambda and Fargate", "Fargate" in screen, screen)
        screen = ask(kakoune, file, "lsp-code-actions", "Switch playlists to ECS")
        if check("switching to ECS is offered", "Switch playlists to ECS" in screen, screen):
            kakoune.type("Switch playlists to ECS")
            kakoune.keys("Tab", "Enter")
            screen = kakoune.until('target = "ecs"')
            check("the annotation says ecs", 'target = "ecs"' in screen, screen)
            command(kakoune, "write-all")
            ended = wait_for_file(project / "klotho.yaml", "type: ecs")
            check("klotho.yaml on disk says ecs", ended, (project / "klotho.yaml").read_text())
            ended = wait_for_file(project / "playlists.ts", 'target = "ecs"')
            check("the annotation on disk says ecs", ended, (project / "playlists.ts").read_text())
    finally:
        command(kakoune, "kill!")
        kakoune.close()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("server", type=pathlib.Path)
    options.add_argument("--capture", type=pathlib.Path)
    given = options.parse_args()
    print("kak-lsp", subprocess.run(["kak-lsp", "--version"], capture_output=True, text=True).stdout.strip())
    with tempfile.TemporaryDirectory() as folder:
        run(pathlib.Path(folder), given.server.resolve(), given.capture)
    finish()


main()
