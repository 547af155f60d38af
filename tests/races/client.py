"""A client of language servers that notes when each message came."""

import json
import pathlib
import queue
import subprocess
import threading
import time

PATIENCE = 120.0

# What an editor that shows everything plainly says of itself; findings are pushed to it.
CAPABILITIES = {
    "textDocument": {
        "synchronization": {"didSave": True},
        "publishDiagnostics": {"versionSupport": True},
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"snippetSupport": False}},
    },
    "workspace": {"workspaceFolders": True, "configuration": True},
    "general": {"positionEncodings": ["utf-16"]},
}


class Client:
    """One server and what it said."""

    def __init__(self, command: list[str], root: pathlib.Path):
        self.root = root
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
        )
        self.pid = self.process.pid
        self.inbox: queue.Queue = queue.Queue()
        self.replies: dict[int, tuple[float, dict]] = {}
        self.published: list[tuple[float, dict]] = []
        self.number = 0
        self.takes_parts = True
        threading.Thread(target=self._read, daemon=True).start()

    def start(self) -> float:
        """Says hello; the seconds from the start of the process to the reply."""
        folder = {"uri": self.root.as_uri(), "name": self.root.name}
        hello = {"processId": None, "rootUri": folder["uri"], "capabilities": CAPABILITIES, "workspaceFolders": [folder]}
        at, answer = self.ask("initialize", hello)
        sync = answer["result"]["capabilities"].get("textDocumentSync", 0)
        self.takes_parts = (sync.get("change") if isinstance(sync, dict) else sync) == 2
        return at - self.started

    def initialized(self) -> None:
        """Lets the server begin."""
        self.tell("initialized", {})

    def open(self, path: pathlib.Path, language: str, text: str) -> str:
        """Opens a document; its URI."""
        uri = path.as_uri()
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": language, "version": 0, "text": text}})
        return uri

    def change(self, uri: str, version: int, line: int, character: int, removed: int, text: str, whole: str) -> float:
        """Replaces characters of a line, which makes the text `whole`; when that was sent."""
        span = {"start": {"line": line, "character": character}, "end": {"line": line, "character": character + removed}}
        # Some servers take nothing but whole texts.
        changes = [{"range": span, "text": text} if self.takes_parts else {"text": whole}]
        return self.tell(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": changes}
        )

    def ask(self, method: str, parameters: dict | None, patience: float = PATIENCE) -> tuple[float, dict]:
        """A request; when its answer came, and the answer."""
        number, _ = self._request(method, parameters)
        self._until(lambda: number in self.replies, patience)
        return self.replies.pop(number)

    def timed(self, *requests: tuple[str, dict | None]) -> list[float]:
        """The seconds that each of these requests took, which are all sent before an answer is waited for."""
        sent = [self._request(*request) for request in requests]
        self._until(lambda: all(number in self.replies for number, _ in sent))
        return [self.replies.pop(number)[0] - start for number, start in sent]

    def _request(self, method: str, parameters: dict | None) -> tuple[int, float]:
        """Sends a request; its number, and when it was sent."""
        self.number += 1
        start = time.perf_counter()
        self._send({"jsonrpc": "2.0", "id": self.number, "method": method, "params": parameters})
        return self.number, start

    def tell(self, method: str, parameters: dict) -> float:
        """A notification; when it was sent."""
        return self._send({"jsonrpc": "2.0", "method": method, "params": parameters})

    def publication(self, uri: str, version: int) -> float:
        """When the findings of that version of a document came."""
        found: list[float] = []

        def came() -> bool:
            for at, parameters in self.published:
                if parameters["uri"] == uri and parameters.get("version") == version:
                    found.append(at)
            return bool(found)

        self._until(came)
        return found[0]

    def quiet(self, seconds: float) -> None:
        """Reads until nothing has come for so long."""
        while self._take(seconds):
            pass

    def stop(self) -> None:
        """Ends the server as the protocol says, and by force when it does not listen."""
        try:
            self.ask("shutdown", None, 5)
            self.tell("exit", {})
            self.process.wait(5)
        except (TimeoutError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()

    def _until(self, is_there, patience: float = PATIENCE) -> None:
        end = time.perf_counter() + patience
        while not is_there():
            if not self._take(max(0.0, end - time.perf_counter())):
                raise TimeoutError(f"{self.process.args[0]} does not answer")

    def _take(self, seconds: float) -> bool:
        """Looks at the next message, if one comes in time."""
        try:
            at, body = self.inbox.get(timeout=seconds)
        except queue.Empty:
            return False
        message = json.loads(body)
        if "method" not in message:
            self.replies[message["id"]] = (at, message)
        elif "id" in message:
            items = (message.get("params") or {}).get("items")
            answer = [None] * len(items) if message["method"] == "workspace/configuration" else None
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": answer})
        elif message["method"] == "textDocument/publishDiagnostics":
            self.published.append((at, message["params"]))
        return True

    def _send(self, message: dict) -> float:
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()
        return time.perf_counter()

    def _read(self) -> None:
        stream = self.process.stdout
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if line == b"":
                return
            body = stream.read(length)
            self.inbox.put((time.perf_counter(), body))
