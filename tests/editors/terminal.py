"""What the tests of editors in a terminal have in common: a terminal, and one line a check."""

import pathlib
import re
import shutil
import subprocess
import sys
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until a state of the screen counts as never reached

failed = 0


def check(name, ok, detail=""):
    global failed
    failed += not ok
    print(f"{'ok     ' if ok else 'FAILED '} {name}" + (f"\n{detail}" if detail and not ok else ""), flush=True)
    return ok


def blocks(page, language):
    """What a page tells people to write, as it stands there."""
    text = (REPOSITORY / "docs/editors" / page).read_text()
    return re.findall(rf"\n```{language}\n(.*?)\n```\n", text, re.S)


def copy_of_app(folder):
    """The music service with a mistake in it."""
    project = folder / "music-service"
    shutil.copytree(REPOSITORY / "tests/apps/music-service", project)
    source = project / "playlists.ts"
    source.write_text(source.read_text().replace('target = "public"', 'target = "publc"'))
    return project


def wait_for_file(path, text):
    end = time.monotonic() + PATIENCE
    while text not in path.read_text() and time.monotonic() < end:
        time.sleep(0.05)
    return text in path.read_text()


class Terminal:
    """A terminal of its own with one program in it."""

    def __init__(self, folder, command, environment):
        self.socket = str(folder / "tmux")
        places = [f"{key}={value}" for key, value in environment.items()]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "160", "-y", "48", "env", *places, *command)

    def tmux(self, *words):
        done = subprocess.run(["tmux", "-S", self.socket, *words], capture_output=True, text=True)
        return done.stdout

    def screen(self, colours=False):
        return self.tmux("capture-pane", "-p", *(["-e"] if colours else []))

    def keys(self, *keys):
        # Escape and a key right behind it would be one other key.
        for key in keys:
            self.tmux("send-keys", key)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def until(self, shown):
        """Waits until `shown`, a text or a question to the screen, is there; gives the screen as it is then or at last."""
        asked = shown if callable(shown) else lambda screen: shown in screen
        end = time.monotonic() + PATIENCE
        while True:
            screen = self.screen()
            if asked(screen) or time.monotonic() > end:
                return screen
            time.sleep(0.05)

    def close(self):
        self.tmux("kill-server")


def finish():
    """Ends with 1 when a check failed."""
    sys.exit(1 if failed else 0)
