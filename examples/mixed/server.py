"""The service over HTTP: /search?q=TEXT and /health."""

import http.server
import json
import sys
import urllib.parse

import service

INDEX = service.Index()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        if url.path == "/health":
            self.answer(200, {"documents": len(INDEX.documents)})
        elif url.path == "/search":
            query = urllib.parse.parse_qs(url.query).get("q", [""])[0]
            self.answer(200, {"found": INDEX.search(query)})
        else:
            self.answer(404, {"error": "no such page"})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


if __name__ == "__main__":
    for text in service.texts(200):
        INDEX.add(text)
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])),
                                    Handler).serve_forever()
