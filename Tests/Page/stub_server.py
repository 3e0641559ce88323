"""A server that speaks as `mili serve` does, with scripted answers: the page's behaviour can be tested without a model.

The page is put together from its sources as the server does it, its policy included.
"""

import json
import re
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "Sources/HTTPServing"
THOUGHTS = "The user asks for the distance. It varies between perigee and apogee; the mean is about 384,400 km.\n"
ANSWER = (
    "On average the Moon is 384,400 km away. Its path is an ellipse:\n\n"
    "- nearest (perigee): about 363,300 km\n- farthest (apogee): about 405,500 km\n\n"
    "Light takes 1.28 seconds for the way.\n"
)
MARKUP = "<b>bold</b> & <script>alert(1)</script>"
TRACE = "2a 00 00 00 commit(+1,sts=1,bt=0) 01 00 00 00 commit(-1,sts=1,bt=0) branch_taken e8 ff ff ff commit(+0,sts=0,bt=1) out(2) "


def page(nonce):
    """The page and its policy, as PageRoutes.swift makes them."""
    swift = (SOURCES / "PageRoutes.swift").read_text()
    folder = SOURCES / "Resources/Page"
    scripts = [(folder / f"{name}.js").read_text() for name in re.findall(r"PackageResources\.(\w+)_js", swift)]
    html = (folder / "page.html").read_text()
    html = html.replace("{{style}}", (folder / "page.css").read_text()).replace("{{script}}", "\n".join(scripts))
    policy = re.search(r'let policy = """\s*(.*?)\s*"""', swift, re.S).group(1)
    policy = re.sub(r"\\\s*\n\s*", "", policy).replace("\\(nonce)", nonce)
    return html.replace("{{nonce}}", nonce), policy


def hide(prefixes):
    """Takes the texts of prompts away, as the server does where there are keys."""
    for prefix in prefixes:
        prefix["text"] = None
        hide(prefix["children"])


class State:
    """What the scripted server does at the moment."""

    def __init__(self, key="", delay=0.01):
        self.key, self.delay = key, delay
        self.start = time.monotonic()
        self.generated = 0
        self.bodies = []
        self.disconnected = 0

    def json(self):
        step = int((time.monotonic() - self.start) * 12)
        requests = [
            {
                "number": 41 + index, "client": f"key {index % 3 + 1}", "program": "summaries of the quarter" if index == 3 else None,
                "state": "waiting" if index > 5 else "running", "prompt_tokens": 620 + 90 * index,
                "generated_tokens": 0 if index > 4 else 30 * (5 - index) + step % 40,
                "computed_tokens": 0 if index > 5 else (256 if index == 5 else 620 + 90 * index + 30 * (5 - index) + step % 40),
                "pages": 0 if index > 5 else 48 + 3 * index, "shared_pages": 0 if index > 5 else 32,
            }
            for index in range(7)
        ]
        prefixes = [
            {
                "text": "<|im_start|>system\nYou answer in one paragraph.", "tokens": 512, "pages": 32, "users": 6,
                "children": [
                    {"text": "<|im_start|>user\nHow far is the Moon?", "tokens": 96, "pages": 6, "users": 2, "children": []},
                    {
                        "text": "<|im_start|>user\nSummarise the following report: ", "tokens": 208, "pages": 13, "users": 4,
                        "children": [
                            {"text": "Quarterly figures for the northern branch", "tokens": 128, "pages": 8, "users": 1, "children": []},
                            {"text": "Minutes of the general meeting", "tokens": 144, "pages": 9, "users": 0, "children": []},
                        ],
                    },
                ],
            }
        ]
        language = {
            "id": "qwen3", "running": 6, "waiting": 1, "tokens_per_second": 150.0,
            "totals": {"computed_tokens": 9000, "cached_tokens": 4000, "generated_tokens": self.generated + step * 13 + (step % 7) * 9, "preemptions": 0},
            "requests": requests, "prefixes": prefixes,
            "pages": {"free": 214, "evictable": 118, "protected": 180, "evicted": 12, "size": 16},
        }
        program = {
            "id": "program/collatz", "running": 1, "waiting": 0, "tokens_per_second": 1_080_000.0,
            "totals": {"computed_tokens": 0, "cached_tokens": 0, "generated_tokens": step * 90_000, "preemptions": 0},
            "requests": [], "prefixes": [], "pages": {"free": 900, "evictable": 60, "protected": 64, "evicted": 0, "size": 256},
        }
        if self.key:
            hide(prefixes)
        return {"uptime_seconds": time.monotonic() - self.start, "models": [language, program]}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, kind="application/json", **headers):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def is_allowed(self):
        state = self.server.state
        if not state.key or self.headers.get("Authorization") == f"Bearer {state.key}":
            return True
        self.reply(401, {"error": {"message": "expected a key of this server", "code": "invalid_api_key"}})
        return False

    def do_GET(self):
        if self.path == "/":
            html, policy = page(secrets.token_hex(16))
            self.reply(200, html, "text/html; charset=utf-8", **{"Content-Security-Policy": policy})
        elif self.is_allowed() and self.path == "/state":
            self.reply(200, self.server.state.json())
        elif self.path == "/v1/models" and self.is_allowed_quietly():
            self.reply(200, {"object": "list", "data": [{"id": name} for name in ("qwen3", "program/collatz", "program")]})

    def is_allowed_quietly(self):
        return not self.server.state.key or self.headers.get("Authorization") is not None

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.is_allowed():
            return
        self.server.state.bodies.append(body)
        is_chat = self.path == "/v1/chat/completions"
        text = body["messages"][-1]["content"] if is_chat else body["prompt"]
        if text == "fail":
            return self.reply(400, {"error": {"message": "'messages': scripted to fail"}})
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            for choice in self.chat(text) if is_chat else self.program():
                self.event({"choices": [{"index": 0, **choice}]})
                time.sleep(self.server.state.delay)
            usage = {"prompt_tokens": 620, "completion_tokens": 140, "prompt_tokens_details": {"cached_tokens": 512}}
            self.event({"choices": [], "usage": usage})
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            self.server.state.disconnected += 1

    def event(self, event):
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    @staticmethod
    def pieces(text):
        return re.findall(r"\s*\S+\s?", text)

    def chat(self, text):
        yield {"delta": {"role": "assistant", "content": ""}}
        for piece in self.pieces(THOUGHTS):
            yield {"delta": {"reasoning_content": piece}}
        answer = MARKUP if text == "markup" else "\n".join([ANSWER] * (100 if "again" in text else 1))
        for piece in self.pieces(answer):
            yield {"delta": {"content": piece}}
        yield {"delta": {}, "finish_reason": "stop"}

    def program(self):
        for number in (27, 82, 41, 124, 62, 31, 94, 47, 142, 71, 214, 107):
            yield {"text": f"{number}\n", "trace": TRACE * 3}
        yield {"text": "", "finish_reason": "stop", "exit_code": 0}


def start(key="", delay=0.01):
    """A server on a port of its own: (server, address)."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.state = State(key, delay)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"
