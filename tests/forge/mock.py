"""A forge on loopback: GitHub, GitLab or Gitea, as far as perfgate knows them.

It keeps comments and statuses, holds every request of GitHub's dialect against
GitHub's own description (github-schema.json), and misbehaves on demand.
"""

import json
import pathlib
import re
import socket
import ssl
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jsonschema

SCHEMA = json.loads(
    (pathlib.Path(__file__).parent / "github-schema.json").read_text())
WHEN = "2026-11-21T12:00:00Z"
BOT, ME, SOMEBODY = 41898282, 1001, 2002


def is_valid(schema, value):
    """"" or what is wrong with it."""
    root = {"schemas": SCHEMA["schemas"], "allOf": [schema]}
    errors = jsonschema.Draft7Validator(root).iter_errors(value)
    return "; ".join(f"{list(e.path)}: {e.message[:200]}" for e in errors)


class Fault:
    """What goes wrong with requests whose "METHOD path" matches a pattern."""

    def __init__(self, pattern, do, times=1, skip=0, **more):
        self.pattern, self.do, self.times = re.compile(pattern), do, times
        self.skip, self.more = skip, more


class Mock:
    def __init__(self, forge="github", token="t", app=True, faults=(),
                 tls=None):
        self.forge, self.token, self.app = forge, token, app
        self.faults = list(faults)
        self.comments, self.statuses, self.deleted = [], [], []
        self.issues, self.hooks = [], []
        self.requests, self.wrong = [], []
        self.pulls = {}  # the open ones of a branch, "owner:branch"
        self.head = ""  # of the pull request; "": it is not told
        self.next_id = 100
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        # A client that hangs up is no news.
        self.server.handle_error = lambda *_: None
        scheme = "http"
        if tls:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self.server.socket = context.wrap_socket(self.server.socket,
                                                     server_side=True)
        self.url = f"{scheme}://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever,
                         kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def add(self, body, author=SOMEBODY, **more):
        self.next_id += 1
        comment = {"id": self.next_id, "body": body, "author": author, **more}
        self.comments.append(comment)
        return comment

    def add_issue(self, body, author=SOMEBODY, state="open", **more):
        issue = {"number": len(self.issues) + 1, "title": "t", "body": body,
                 "author": author, "state": state, **more}
        self.issues.append(issue)
        return issue

    def ours(self, mark="<!-- perfgate:"):
        return [c for c in self.comments if c["body"].startswith(mark)
                and c["author"] != SOMEBODY]

    def count(self, pattern):
        return sum(bool(re.search(pattern, r)) for r, _ in self.requests)

    @property
    def self_id(self):
        return BOT if self.app and self.forge == "github" else ME

    def fault(self, request):
        with self.lock:
            for fault in self.faults:
                if fault.times and fault.pattern.search(request):
                    if fault.skip:
                        fault.skip -= 1
                        continue
                    fault.times -= 1
                    return fault
        return None


def user(number):
    base = "https://forge.invalid/u"
    urls = {name: base for name in (
        "avatar_url", "url", "html_url", "followers_url", "following_url",
        "gists_url", "starred_url", "subscriptions_url", "organizations_url",
        "repos_url", "events_url", "received_events_url")}
    return {"login": "u", "id": number, "node_id": "n", "gravatar_id": "",
            "type": "Bot" if number == BOT else "User", "site_admin": False,
            **urls}


def as_github(comment):
    url = "https://forge.invalid/c"
    return {"id": comment["id"], "node_id": "n", "url": url, "html_url": url,
            "issue_url": url, "body": comment["body"], "created_at": WHEN,
            "updated_at": WHEN, "user": user(comment["author"]),
            "author_association": "NONE"}


def as_gitlab(comment):
    return {"id": comment["id"], "body": comment["body"],
            "author": {"id": comment["author"], "username": "u"},
            "system": comment.get("system", False), "created_at": WHEN}


def as_gitea(comment):
    return {"id": comment["id"], "body": comment["body"],
            "user": {"id": comment["author"], "login": "u"}}


def as_issue(forge, issue):
    shown = {"id": 9000 + issue["number"], "title": issue["title"],
             "state": issue["state"]}
    if forge == "gitlab":
        state = "opened" if issue["state"] == "open" else "closed"
        return {**shown, "iid": issue["number"], "state": state,
                "description": issue["body"],
                "author": {"id": issue["author"], "username": "u"}}
    pull = {"pull_request": {}} if issue.get("pull") else {}
    return {**shown, **pull, "number": issue["number"], "body": issue["body"],
            "user": user(issue["author"])}


SHOW = {"github": as_github, "gitlab": as_gitlab, "gitea": as_gitea}
GITHUB_LIKE = [
    (r"GET /user", "user"),
    (r"GET /repos/o/r/issues/7/comments", "list"),
    (r"POST /repos/o/r/issues/7/comments", "create"),
    (r"PATCH /repos/o/r/issues/comments/(\d+)", "update"),
    (r"DELETE /repos/o/r/issues/comments/(\d+)", "delete"),
    (r"GET /repos/o/r/pulls/7", "pull"),
    (r"GET /repos/o/r/pulls", "pulls"),
    (r"GET /repos/o/r/issues", "issues"),
    (r"POST /repos/o/r/issues", "open"),
    (r"PATCH /repos/o/r/issues/(\d+)", "change"),
    (r"POST /repos/o/r/check-runs", "status"),
    (r"POST /repos/o/r/statuses/([0-9a-f]{40})", "status"),
]
NOTES = r"/projects/(?:o%2Fr|55)/merge_requests/7/notes"
ROUTES = {
    "github": GITHUB_LIKE,
    "gitea": [r for r in GITHUB_LIKE if "check-runs" not in r[0]],
    "gitlab": [
        (r"GET /user", "user"),
        (rf"GET {NOTES[:-6]}", "pull"),
        (r"GET /projects/(?:o%2Fr|55)/issues", "issues"),
        (r"POST /projects/(?:o%2Fr|55)/issues", "open"),
        (r"PUT /projects/(?:o%2Fr|55)/issues/(\d+)", "change"),
        (rf"GET {NOTES}", "list"),
        (rf"POST {NOTES}", "create"),
        (rf"PUT {NOTES}/(\d+)", "update"),
        (rf"DELETE {NOTES}/(\d+)", "delete"),
        (r"POST /projects/(?:o%2Fr|55)/statuses/([0-9a-f]{40})", "status"),
    ],
}
HEADER = {"github": ("Authorization", "Bearer "),
          "gitlab": ("PRIVATE-TOKEN", ""),
          "gitea": ("Authorization", "token ")}


def operation_of(method, path):
    """GitHub's description of a request, or None."""
    for name, operation in SCHEMA["operations"].items():
        verb, template = name.split(" ")
        pattern = re.sub(r"\{[a-z_]+\}", "[^/]+", template)
        if verb == method and re.fullmatch(pattern, path):
            return operation
    return None


def check_query(operation, query):
    known = {p["name"]: p for p in operation["parameters"]
             if p["in"] == "query"}
    for name, value in query.items():
        if name not in known:
            yield f"unknown parameter {name}"
            continue
        schema = known[name]["schema"]
        number = schema.get("type") == "integer"
        if wrong := is_valid(schema, int(value) if number else value):
            yield f"{name}: {wrong}"
    if int(query.get("per_page", 1)) > 100:
        yield "per_page is more than 100"


def check_request(method, path, query, headers, body):
    """What GitHub's description has against a request."""
    operation = operation_of(method, path)
    if not operation:
        yield f"GitHub has no {method} {path}"
        return
    yield from check_query(operation, query)
    if ("body" in operation) != (body is not None):
        yield "a body, or none"
    elif body is not None:
        if wrong := is_valid(operation["body"], body):
            yield wrong
        for name in set(body) - set(operation["body"]["properties"]):
            yield f"unknown member {name}"
        if headers.get("Content-Type") != "application/json":
            yield "no Content-Type"
    if "application/vnd.github+json" not in headers.get("Accept", ""):
        yield "no Accept"
    if headers.get("X-GitHub-Api-Version") != "2022-11-28":
        yield "no version"


def handler(mock):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def answer(self, status, value=None, headers=(), raw=None):
            data = raw if raw is not None else b"" if value is None \
                else json.dumps(value).encode()
            self.send_response(status)
            for name, text in headers:
                self.send_header(name, text)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def serve(self):
            url = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(url.query))
            size = int(self.headers.get("Content-Length") or 0)
            text = self.rfile.read(size)
            body = json.loads(text) if text else None
            request = f"{self.command} {url.path}"
            if url.path.startswith("/hook"):
                mock.hooks.append(body)
                self.answer(200, raw=b"ok")
                return
            with mock.lock:
                mock.requests.append((f"{self.command} {self.path}",
                                      dict(self.headers)))
                self.check(url.path, query, body)
            fault = mock.fault(request)
            if fault:
                self.misbehave(fault, request, query, body)
                return
            self.act(request, query, body)

        def check(self, path, query, body):
            name, before = HEADER[mock.forge]
            if self.headers.get(name) != before + mock.token:
                mock.wrong.append("the token is not where it should be")
            if not self.headers.get("User-Agent", "").startswith("perfgate/"):
                mock.wrong.append("no User-Agent")
            if mock.forge == "github":
                mock.wrong += check_request(self.command, path, query,
                                            self.headers, body)

        def misbehave(self, fault, request, query, body):
            if fault.do == "status":
                if fault.more.get("carried_out"):
                    self.act(request, query, body, quiet=True)
                self.answer(fault.more["status"],
                            {"message": fault.more.get("message", "oops")},
                            fault.more.get("headers", ()))
            elif fault.do == "drop":
                if fault.more.get("carried_out"):
                    self.act(request, query, body, quiet=True)
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
            elif fault.do == "raw":
                self.answer(200, raw=fault.more["raw"])
            elif fault.do == "stall":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b"[")
                self.wfile.flush()
                time.sleep(fault.more["seconds"])
            elif fault.do == "together":
                fault.more["barrier"].wait(20)
                self.act(request, query, body)
            elif fault.do == "gone":
                with mock.lock:
                    mock.comments = [c for c in mock.comments
                                     if str(c["id"]) not in request]
                self.act(request, query, body)

        def act(self, request, query, body, quiet=False):
            for pattern, what in ROUTES[mock.forge]:
                match = re.fullmatch(pattern, request)
                if match:
                    with mock.lock:
                        status, value = getattr(self, "do_" + what)(
                            *match.groups(), query=query, body=body)
                    break
            else:
                status, value = 404, {"message": "Not Found"}
            if not quiet:
                self.answer(status, value)

        def do_user(self, query, body):
            if mock.forge == "github" and mock.app:
                return 403, {"message":
                             "Resource not accessible by integration"}
            return 200, user(mock.self_id)

        def do_pull(self, query, body):
            if not mock.head:
                return 404, {"message": "Not Found"}
            return 200, {"sha": mock.head, "head": {"sha": mock.head}}

        def do_pulls(self, query, body):
            return 200, mock.pulls.get(query.get("head"), [])

        def do_list(self, query, body):
            shown = [SHOW[mock.forge](c) for c in mock.comments]
            if mock.forge != "gitea":
                size = int(query.get("per_page", 30))
                start = (int(query.get("page", 1)) - 1) * size
                shown = shown[start:start + size]
            self.check_answer("GET", "200", shown)
            return 200, shown

        def do_create(self, query, body):
            if len(body["body"]) > 65536:
                return 422, {"message": "Body is too long"}
            shown = SHOW[mock.forge](mock.add(body["body"], mock.self_id))
            self.check_answer("POST", "201", shown)
            return 201, shown

        def check_answer(self, verb, code, value):
            if mock.forge != "github":
                return
            path = "/repos/{owner}/{repo}/issues/{issue_number}/comments"
            operation = SCHEMA["operations"][f"{verb} {path}"]
            if wrong := is_valid(operation["answers"][code], value):
                mock.wrong.append("the mock itself: " + wrong)

        def do_issues(self, query, body):
            size = int(query.get("limit" if mock.forge == "gitea"
                                 else "per_page", 30))
            author = query.get("author_id") or query.get("created_by") or \
                query.get("creator")
            shown = [i for i in mock.issues[::-1] if not author
                     or i["author"] == mock.self_id]
            if mock.forge != "gitlab" and query.get("state") != "all":
                shown = [i for i in shown if i["state"] == "open"]
            start = (int(query.get("page", 1)) - 1) * size
            return 200, [as_issue(mock.forge, i)
                         for i in shown[start:start + size]]

        def do_open(self, query, body):
            text = body["description" if mock.forge == "gitlab" else "body"]
            issue = mock.add_issue(text, mock.self_id, title=body["title"])
            return 201, as_issue(mock.forge, issue)

        def do_change(self, number, query, body):
            issue = mock.issues[int(number) - 1]
            if issue["author"] != mock.self_id:
                mock.wrong.append("somebody else's issue is written to")
            states = {"close": "closed", "reopen": "open"}
            issue["title"] = body.get("title", issue["title"])
            issue["body"] = body.get("body", body.get("description",
                                                      issue["body"]))
            event = body.get("state_event")
            issue["state"] = states[event] if event else \
                body.get("state", issue["state"])
            return 200, as_issue(mock.forge, issue)

        def find(self, number):
            return next((c for c in mock.comments
                         if c["id"] == int(number)), None)

        def do_update(self, number, query, body):
            comment = self.find(number)
            if not comment:
                return 404, {"message": "Not Found"}
            if comment["author"] != mock.self_id:
                mock.wrong.append("somebody else's comment is written to")
            comment["body"] = body["body"]
            return 200, SHOW[mock.forge](comment)

        def do_delete(self, number, query, body):
            comment = self.find(number)
            if not comment:
                return 404, {"message": "Not Found"}
            if comment["author"] != mock.self_id:
                mock.wrong.append("somebody else's comment is deleted")
            mock.comments.remove(comment)
            mock.deleted.append(comment)
            return 204, None

        def do_status(self, *sha, query, body):
            mock.statuses.append({"sha": sha[0] if sha else body["head_sha"],
                                  "path": self.path, **body})
            return 201, {"id": 1}

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = serve

    return Handler
