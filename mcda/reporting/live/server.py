"""The page of a watch, served on this machine alone, under an address that nobody can guess."""

from __future__ import annotations

import json
import secrets
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

from mcda.reporting.live.watch import Watch
from mcda.sentences.catalogue import language, told

LOOPBACK = "127.0.0.1"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
FILE = "application/octet-stream"
# what the page says before and after there is a state
SENTENCES = ("waiting", "gone", "heads", "below")


class Server(ThreadingHTTPServer):
    """Three pages of a watch (shell, state, report) and the results that the report links to."""

    daemon_threads = True

    def __init__(self, watch: Watch, port: int = 0) -> None:
        self.watch = watch
        self.token = secrets.token_urlsafe(24)
        self.nonce = secrets.token_urlsafe(16)
        super().__init__((LOOPBACK, port), Handler)

    @property
    def host(self) -> str:
        """The host that a browser of this machine names, and no page of another site."""
        return f"{LOOPBACK}:{self.server_address[1]}"

    @property
    def address(self) -> str:
        """The address to open."""
        return f"http://{self.host}/{self.token}/"

    def shell(self) -> bytes:
        """Return the page that asks for the state and shows it."""
        template = files("mcda.reporting.live").joinpath("templates/shell.html").read_text("utf-8")
        with language(self.watch.language):
            sentences = {name: told(f"watch.{name}") for name in SENTENCES}
        filled = {
            "nonce": self.nonce,
            "language": self.watch.language,
            "sentences": json.dumps(sentences).replace("<", "\\u003c"),
        }
        for name, text in filled.items():
            template = template.replace(f"{{{{ {name} }}}}", text)
        return template.encode("utf-8")


class Handler(BaseHTTPRequestHandler):
    """Answers to what a browser asks for by the secret address; everything else isn't there."""

    server: Server
    server_version = "mcda"
    sys_version = ""

    def do_GET(self) -> None:
        """Send the shell, the state, the report or a file of its results."""
        if self.headers.get("Host") != self.server.host:
            self.send_error(403)
            return
        page = self._page(self.path)
        if page is None:
            self.send_error(404)
        else:
            self._send(*page)

    def _page(self, path: str) -> tuple[bytes, str] | None:
        root = f"/{self.server.token}/"
        watch = self.server.watch
        if path == root:
            return self.server.shell(), HTML
        if path == f"{root}state":
            return json.dumps(watch.record()).encode("utf-8"), JSON
        if not path.startswith(root) or watch.report is None:
            return None
        if path.partition("?")[0] == f"{root}report" and watch.report.page:
            return watch.report.page, HTML
        result = watch.report.beside.get(path.removeprefix(root))
        return None if result is None else (result, FILE)

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if self.path == f"/{self.server.token}/":
            self.send_header("Content-Security-Policy", self._policy())
        self.end_headers()
        self.wfile.write(content)

    def _policy(self) -> str:
        return (
            f"default-src 'none'; script-src 'nonce-{self.server.nonce}'; "
            "style-src 'unsafe-inline'; connect-src 'self'; frame-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal belongs to the person who edits."""
