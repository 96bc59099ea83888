"""Runs a composite action as GitHub does, as far as perfgate's needs it: its
steps in order, their conditions, inputs, environment and outputs, the shell,
and the actions that it uses, whose servers are a folder here."""

import json
import pathlib
import re
import shutil
import subprocess

import yaml

TOKEN = re.compile(r"\s*('(?:[^']|'')*'|==|!=|&&|\|\||[()!]"
                   r"|[A-Za-z_][\w.-]*|\d+)")


class Expression:
    """GitHub's expressions: contexts, strings, == != && || ! and ()."""

    def __init__(self, text, context):
        self.tokens, self.context, at = [], context, 0
        text = text.strip()
        while at < len(text):
            match = TOKEN.match(text, at)
            assert match, f"no expression of GitHub's: {text}"
            self.tokens.append(match[1])
            at = match.end()

    def next(self, *wanted):
        if self.tokens and self.tokens[0] in wanted:
            return self.tokens.pop(0)
        return None

    def value(self):
        result = self.both()
        while self.next("||"):
            other = self.both()
            result = result or other
        return result

    def both(self):
        result = self.equal()
        while self.next("&&"):
            other = self.equal()
            result = result and other
        return result

    def equal(self):
        result = self.one()
        while sign := self.next("==", "!="):
            other = self.one()
            result = (result == other) == (sign == "==")
        return result

    def one(self):
        if self.next("!"):
            return not self.one()
        if self.next("("):
            result = self.value()
            assert self.next(")")
            return result
        token = self.tokens.pop(0)
        if token == "toJSON":
            return json.dumps(self.one(), indent=2)
        if token[0] == "'":
            return token[1:-1].replace("''", "'")
        value = self.context
        for part in token.split("."):
            value = value.get(part, "") if isinstance(value, dict) else ""
        return "" if value is None else value


def filled(text, context):
    return re.sub(r"\$\{\{(.*?)\}\}",
                  lambda m: str(Expression(m[1], context).value()), str(text))


def read_outputs(path):
    outputs, lines = {}, iter(path.read_text().splitlines())
    for line in lines:
        heredoc = re.match(r"([\w-]+)<<(.+)$", line)
        if heredoc:
            value = []
            for part in lines:
                if part == heredoc[2]:
                    break
                value.append(part)
            outputs[heredoc[1]] = "\n".join(value)
        else:
            name, _, value = line.partition("=")
            outputs[name] = value
    return outputs


class Refused(Exception):
    """What an action of GitHub's would not do."""


class Server:
    """What lives longer than a job: caches, artifacts."""

    def __init__(self, folder, default_ref):
        self.folder, self.default_ref = folder, default_ref
        self.caches, self.artifacts = [], {}

    def find(self, ref, key, prefixes):
        """The exact key, else the newest of each prefix in turn; a branch sees
        its own and those of the default branch."""
        for see in (ref, self.default_ref):
            for want, exact in [(key, True)] + [(p, False) for p in prefixes]:
                for entry in reversed(self.caches):
                    if entry["ref"] == see and (
                            entry["key"] == want if exact
                            else entry["key"].startswith(want)):
                        return entry
        return None


class Job:
    """One run of the action. What it said is in `said`, how it ended in
    `failed`, what it gave in `outputs`."""

    def __init__(self, action, server, workspace, github, inputs, env,
                 matrix=None, total=1, cancelled_after=None):
        self.matrix, self.strategy = matrix, {"job-total": total}
        self.action, self.server, self.workspace = action, server, workspace
        self.folder = workspace.parent / (workspace.name + "-runner")
        while self.folder.exists(): # an earlier step of the same job
            self.folder = self.folder.with_name(self.folder.name + "-")
        self.folder.mkdir()
        self.github, self.env = github, env
        self.said, self.steps, self.failed = [], {}, False
        self.ran, self.paths = [], []
        self.cancelled_after = cancelled_after
        self.summary = self.folder / "summary.md"
        text = yaml.safe_load((action / "action.yml").read_text())
        known = text["inputs"]
        unknown = set(inputs) - set(known)
        assert not unknown, f"no such input: {unknown}"
        self.inputs = {name: filled(inputs.get(name, one.get("default", "")),
                                    {"github": github})
                       for name, one in known.items()}
        for step in text["runs"]["steps"]:
            self.step(step)
        self.outputs = {name: filled(one["value"], self.context())
                        for name, one in text.get("outputs", {}).items()}
        self.text = "\n".join(self.said)

    def context(self):
        return {"inputs": self.inputs, "github": self.github,
                "matrix": self.matrix, "strategy": self.strategy,
                "steps": {name: {"outputs": outputs}
                          for name, outputs in self.steps.items()}}

    def step(self, step):
        context = self.context()
        condition = step.get("if", "")
        if (self.failed or self.cancelled_after in self.ran) and \
                "always()" not in condition:
            return
        if condition and not Expression(condition, context).value():
            return
        self.ran.append(step["name"])
        self.said.append(f"## {step['name']}")
        if "uses" in step:
            given = {name: filled(value, context)
                     for name, value in step.get("with", {}).items()}
            # By a commit: organisations refuse what is nested by a tag.
            name, pinned = step["uses"].split("@")
            assert re.fullmatch("[0-9a-f]{40}", pinned), step["uses"]
            try:
                outputs = self.uses()[name](**{k.replace("-", "_"): v
                                               for k, v in given.items()})
            except Refused as refused:
                self.said.append(f"(refused: {refused})")
                self.failed = not step.get("continue-on-error")
                outputs = {}
        else:
            outputs = self.shell(step, context)
        self.steps[step.get("id", step["name"])] = outputs

    def shell(self, step, context):
        assert step["shell"] == "bash"
        output = self.folder / f"output-{len(self.ran)}"
        paths = self.folder / f"path-{len(self.ran)}"
        output.touch()
        paths.touch()
        env = dict(self.env, GITHUB_OUTPUT=str(output), GITHUB_PATH=str(paths),
                   GITHUB_STEP_SUMMARY=str(self.summary),
                   RUNNER_TEMP=str(self.folder))
        env["PATH"] = ":".join(self.paths[::-1] + [env["PATH"]])
        for name, value in step.get("env", {}).items():
            env[name] = filled(value, context)
        script = self.folder / f"step-{len(self.ran)}.sh"
        script.write_text(filled(step["run"], context))
        process = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace, env=env, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        self.said.append(process.stdout.rstrip("\n"))
        if process.returncode:
            self.said.append(f"(ended with status {process.returncode})")
            self.failed = True
        self.paths += paths.read_text().splitlines()
        return read_outputs(output)

    def uses(self):
        return {"actions/cache/restore": self.cache_restore,
                "actions/cache/save": self.cache_save,
                "actions/upload-artifact": self.upload}

    def cache_restore(self, path, key, restore_keys=""):
        entry = self.server.find(self.github["ref"], key,
                                 restore_keys.splitlines())
        if not entry:
            self.said.append("(nothing is kept)")
            return {"cache-hit": ""}
        self.said.append(f"(restored {entry['key']})")
        target = self.workspace / path
        target.parent.mkdir(parents=True, exist_ok=True)
        copy(entry["file"], target)
        return {"cache-hit": str(entry["key"] == key).lower()}

    def cache_save(self, path, key):
        assert not any(e["key"] == key for e in self.server.caches), \
            f"kept already: {key}"
        file = self.server.folder / f"cache-{len(self.server.caches)}"
        copy(self.workspace / path, file)
        self.server.caches.append(
            {"key": key, "ref": self.github["ref"], "file": file})
        self.said.append(f"(kept as {key})")
        return {}

    def upload(self, name, path):
        attempt = self.env.get("GITHUB_RUN_ATTEMPT", "1")
        folder = (self.server.folder /
                  f"{name}-{self.env['GITHUB_RUN_ID']}-{attempt}")
        if folder.exists():
            raise Refused("409: an artifact with this name already exists")
        shutil.copytree(self.workspace / path, folder)
        files = sorted(p.name for p in folder.iterdir())
        self.said.append(f"({name}: {' '.join(files)})")
        self.server.artifacts[name] = folder
        return {"artifact-url":
                f"https://github.com/o/r/actions/runs/"
                f"{self.env['GITHUB_RUN_ID']}/artifacts/1"}


class Pipeline:
    """One job of GitLab's that extends the include. `ran` tells whether its
    rules have it at all, `saved` whether the cache took what it left."""

    def __init__(self, include, cache, workspace, variables, env, before):
        job = yaml.safe_load(include.read_text())[".perfgate"]
        given = job["variables"] | variables
        rule = next((r for r in job["rules"] if self.holds(r["if"], given)),
                    None)
        self.ran = rule is not None
        if not self.ran:
            return
        given |= rule.get("variables", {})
        kept = workspace / ".perfgate"
        if cache.exists():
            copy(cache, kept)
        script = workspace.parent / (workspace.name + "-script.sh")
        script.write_text("\n".join([before, *job["script"]]))
        process = subprocess.run(
            ["sh", "-e", str(script)], cwd=workspace, env=env | given,
            text=True, timeout=300, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.text, self.status = process.stdout, process.returncode
        assert job["cache"]["paths"] == [".perfgate/"]
        policy = given[job["cache"]["policy"].lstrip("$")]
        self.saved = "push" in policy and kept.exists() and (
            job["cache"]["when"] == "always" or not self.status)
        if self.saved:
            shutil.rmtree(cache, ignore_errors=True)
            copy(kept, cache)

    @staticmethod
    def holds(rule, variables):
        """A rule's `if`, as far as the include needs them."""
        match = re.fullmatch(r'\$(\w+) == (?:"([^"]*)"|\$(\w+))', rule)
        assert match, f"no rule of GitLab's: {rule}"
        want = variables.get(match[3]) if match[3] else match[2]
        return variables.get(match[1]) == want


def copy(source, target):
    """A file, or a folder over what is there."""
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True,
                        ignore_dangling_symlinks=True, dirs_exist_ok=True)
    else:
        shutil.copy(source, target)


def everything(folder):
    """All text that a test left behind, to look for what must not be there."""
    return "\n".join(p.read_text(errors="replace")
                     for p in pathlib.Path(folder).rglob("*")
                     if p.is_file() and not p.is_symlink())


