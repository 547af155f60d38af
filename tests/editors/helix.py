#!/usr/bin/env python3
"""Helix in a terminal drives the real server, set up as docs/editors/helix.md says, on a copy of the music service.

    tests/editors/helix.py KLOTHO_LS [--parsers FOLDER] [--capture FILE]

`hx` and `tmux` must be on PATH. FOLDER holds the parsers klotho.so and typescript.so, the latter as Helix wants it; colours are
looked at as well then. FILE takes the screen with its colours. Every wait is for something on the screen. Ends with 1 when a
check failed.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from terminal import PATIENCE, REPOSITORY, Terminal, blocks, check, copy_of_app, finish, wait_for_file

SELECTED = "\x1b[48;2;97;175;239m"  # what the theme has behind the selected row of a menu


def set_up(folder, server, parsers):
    home, project, path = folder / "home", copy_of_app(folder), folder / "bin"
    config = home / ".config" / "helix"
    (config / "runtime" / "grammars").mkdir(parents=True)
    path.mkdir()
    (path / "klotho-ls").symlink_to(server)
    languages, editor = blocks("helix.md", "toml")[0], blocks("helix.md", "toml")[1]
    if parsers:
        languages += "\n\n" + next(block for block in blocks("helix.md", "toml") if 'name = "klotho"' in block)
        for parser in ["klotho", "typescript"]:
            shutil.copy(parsers / f"{parser}.so", config / "runtime" / "grammars")
    (config / "languages.toml").write_text(languages + "\n")
    (config / "config.toml").write_text('theme = "onedark"\n' + editor + "\n")
    environment = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / ".config",
        "PATH": f"{path}:{os.environ['PATH']}",
        "COLORTERM": "truecolor",
        "LC_ALL": "C.UTF-8",
    }
    if parsers:
        script = REPOSITORY / "grammars/tree-sitter-klotho/editors/helix/install.sh"
        subprocess.run(["sh", script], env={**os.environ, **environment}, check=True, stdout=subprocess.DEVNULL)
    return project, environment


def go_to(helix, text):
    """Puts the cursor on the only `text` of the file."""
    helix.keys("Escape")
    helix.until("NOR")
    helix.keys("/")
    helix.until("search:")
    helix.type(text)
    helix.keys("Enter")
    helix.until("NOR")


def ask(helix, key, shown):
    """Asks by `Space` and a key until the answer is there: before the server is ready Helix asks in vain."""
    end = time.monotonic() + PATIENCE
    screen = ""
    while time.monotonic() < end:
        helix.keys("Escape")
        helix.until("NOR")
        helix.keys("Space")
        helix.until("Show code actions")
        helix.keys(key)
        again = time.monotonic() + 5
        while time.monotonic() < again:
            screen = helix.screen()
            if shown in screen:
                return screen
            time.sleep(0.05)
    return screen


def hints(helix, shown):
    """Moves the view until a hint is there: Helix asks for hints when the view moves, and before the server is ready in vain."""
    end = time.monotonic() + PATIENCE
    screen = helix.until("NOR")
    while shown not in screen and time.monotonic() < end:
        helix.keys("g", "e", "g", "g")
        again = time.monotonic() + 5
        while shown not in screen and time.monotonic() < again:
            time.sleep(0.05)
            screen = helix.screen()
    return screen


def colours(helix):
    """The colours of the parts of the first annotation, which are not that of the comment."""
    seen = {}
    for line in helix.screen(colours=True).split("\n")[:5]:
        colour = None
        for piece in re.split(r"(\x1b\[[0-9;:]*m)", line):
            found = re.search(r"38;2;\d+;\d+;\d+", piece) if piece.startswith("\x1b") else None
            colour = found.group() if found else colour
            if not piece.startswith("\x1b") and piece.strip():
                seen.setdefault(piece.strip(), colour)
    return seen


def run(folder, server, parsers, capture):
    project, environment = set_up(folder, server, parsers)
    helix = Terminal(folder, ["hx", str(project / "playlists.ts")], environment)
    try:
        screen = hints(helix, "Lambda $")
        check("what a unit costs stands behind it", "Lambda $" in screen, screen)
        if parsers:
            seen = colours(helix)
            comment, parts = seen.get("*", None), ["id", '"playlists"', "execution_unit", "workload"]
            found = [seen.get(part) for part in parts]
            check("annotations are coloured", None not in found and comment not in found, f"{seen}")
        if capture:
            capture.write_text(helix.screen(colours=True))
        go_to(helix, "publc")
        screen = helix.until("publc")
        screen = helix.until(lambda screen: re.search(r"target.*(publ|must)", screen.replace("publc", "")))
        check("a mistake is reported in its line", '"public"' in screen, screen)
        helix.keys("Escape")
        go_to(helix, "execution_unit")
        screen = ask(helix, "k", "Fargate")
        check("the hover compares Lambda and Fargate", "Fargate" in screen and "AWS Lambda" in screen, screen)
        screen = ask(helix, "a", "Switch playlists to ECS")
        if check("switching to ECS is offered", "Switch playlists to ECS" in screen, screen):
            choose(helix, "Switch playlists to ECS")
            screen = helix.until('target = "ecs"')
            check("the annotation says ecs", 'target = "ecs"' in screen, screen)
            helix.type(":wqa")
            helix.keys("Enter")
            ended = wait_for_file(project / "klotho.yaml", "type: ecs")
            check("klotho.yaml on disk says ecs", ended, (project / "klotho.yaml").read_text())
            source = (project / "playlists.ts").read_text()
            check("the annotation on disk says ecs", 'target = "ecs"' in source, source)
    finally:
        helix.close()


def choose(helix, title):
    """Moves down the menu of actions until the one with this title is the selected one."""
    for _ in range(30):
        rows = helix.screen(colours=True).split("\n")
        row = next((row for row in rows if title in row), "")
        if row.split(title)[0].rstrip().endswith(SELECTED):
            break
        helix.keys("Down")
        helix.until(lambda _: helix.screen(colours=True).split("\n") != rows)
    helix.keys("Enter")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("server", type=pathlib.Path)
    options.add_argument("--parsers", type=pathlib.Path)
    options.add_argument("--capture", type=pathlib.Path)
    given = options.parse_args()
    print(subprocess.run(["hx", "--version"], capture_output=True, text=True).stdout.strip())
    with tempfile.TemporaryDirectory() as folder:
        run(pathlib.Path(folder), given.server.resolve(), given.parsers, given.capture)
    finish()


main()
