"use strict";
// Looks at pages in Chromium: node check.js MODULES CHROMIUM NAME=PAGE...
// Prints a line for each check that failed, and a count at the end.
const fs = require("fs");
const http = require("http");
const path = require("path");
const [modules, executablePath, ...pages] = process.argv.slice(2);
const need = (name) => require(path.join(path.resolve(modules), "node_modules", name));
const { chromium } = need("playwright-core");
const axe = need("axe-core");

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
let passed = 0, failed = 0;

const check = (name, good, detail) => {
  if (good) {
    passed++;
  } else {
    failed++;
    console.log(`failed: ${name}${detail === undefined ? "" : `: ${detail}`}`);
  }
};

// What stands further right than the page is wide, but for what scrolls.
const tooWide = () => {
  const width = document.documentElement.clientWidth;
  return Array.from(document.querySelectorAll("body *"))
    .filter((e) => e.getBoundingClientRect().right > width + 0.5 && !e.closest("svg *") &&
                   e.getClientRects().length && getComputedStyle(e).position !== "absolute")
    .slice(0, 5).map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 40)}`);
};

const visibleRows = (page) => page.locator("tr.row:visible").count();

// A folder on loopback, as any web server would give it out.
const serve = (folder) => new Promise((resolve) => {
  const types = { html: "text/html", css: "text/css", js: "text/javascript",
    json: "application/json", atom: "application/atom+xml" };
  const server = http.createServer((request, response) => {
    const name = path.join(folder, decodeURIComponent(request.url.split(/[?#]/)[0]));
    fs.readFile(name, (error, data) => {
      response.writeHead(error ? 404 : 200,
        { "Content-Type": types[name.split(".").pop()] || "text/plain" });
      response.end(data);
    });
  });
  server.listen(0, "127.0.0.1", () => resolve(server));
});

const open = async (browser, file, options) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const seen = { errors: [], requests: [] };
  const here = file.startsWith("http") ? new URL(file).origin : "file://";
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || /Content.Security/i.test(message.text())) {
      seen.errors.push(message.text());
    }
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(here)) { seen.requests.push(request.url()); }
  });
  if (file.startsWith("http")) {
    await page.goto(file);
    return { context, page, seen };
  }
  const [name, hash] = file.split("#");
  await page.goto(`file://${path.resolve(name)}${hash ? `#${hash}` : ""}`);
  return { context, page, seen };
};

const quietly = async (browser, name, file) => {
  const { context, page, seen } = await open(browser, file, {});

  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    check(`${name} ${colorScheme}: no script errors`, !seen.errors.length, seen.errors[0]);
    check(`${name} ${colorScheme}: no requests`, !seen.requests.length, seen.requests[0]);
  }
  check(`${name}: title is the report's`,
    /perfgate$/.test(await page.title()) && await page.title() !== "owned", await page.title());
  await context.close();
};

const fits = async (browser, name, file) => {
  const { context, page } = await open(browser, file, {});

  await page.evaluate(() => document.querySelectorAll("tr.more details")
    .forEach((d, i) => { d.open = i < 20; }));
  for (const width of [400, 768, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`${name} ${width}: the page does not scroll sideways`, scroll <= width, scroll);
    if (width === 400) {
      const wide = await page.evaluate(tooWide);
      check(`${name} 400: nothing is wider than the page`, !wide.length, wide.join("; "));
    }
  }
  await context.close();
};

const interacts = async (browser, name, file) => {
  const { context, page, seen } = await open(browser, file, {});
  const all = await page.locator("tr.row").count();
  const table = page.locator("table.rows").first();
  const numbers = () => table.locator("tr.row").evaluateAll((rows) =>
    rows.map((r) => r.cells[5].dataset.v).filter(Boolean).map(Number));
  const heading = table.locator("th", { hasText: "change" });

  await heading.locator("button").click();
  const down = await numbers();
  check(`${name}: the first sorting puts the worst first`,
    down.every((v, i) => !i || down[i - 1] >= v), down.slice(0, 9));
  check(`${name}: sorting says so`, await heading.getAttribute("aria-sort") === "descending");
  await heading.locator("button").click();
  const up = await numbers();
  check(`${name}: the second turns it round`, up.every((v, i) => !i || up[i - 1] <= v),
    up.slice(0, 9));
  check(`${name}: details stay under their rows`, await table.evaluate((t) =>
    Array.from(t.querySelectorAll("tr.more")).every((m) =>
      m.previousElementSibling.classList.contains("row"))));

  await page.keyboard.press("/");
  check(`${name}: the slash finds the search`, await page.evaluate(() =>
    document.activeElement.id) === "search");
  const label = await page.locator("tr.row th > bdi").last().textContent();
  await page.keyboard.insertText(label);
  await page.waitForFunction(() => document.getElementById("found").textContent);
  const some = await visibleRows(page);
  check(`${name}: searching leaves what was meant`, some > 0 && some < all, `${some} of ${all}`);
  check(`${name}: searching says how many`, (await page.locator("#found").innerText())
    .startsWith(`${some} of ${all}`), await page.locator("#found").innerText());
  await page.keyboard.press("Escape");
  check(`${name}: escape shows all again`, await page.locator("tr.row[hidden]").count() === 0);

  const chip = page.locator("#counts button").first();
  const wanted = Number((await chip.innerText()).split(" ")[0]);
  await chip.click();
  check(`${name}: a verdict's switch leaves its rows`,
    await page.locator("tr.row:not([hidden])").count() === wanted);
  check(`${name}: nothing broke on the way`, !seen.errors.length, seen.errors[0]);
  await context.close();
};

// A link to a row opens what it lies in; a suite is found by its name.
const leads = async (browser, name, file) => {
  const first = await open(browser, file, {});
  const ids = await first.page.locator("tr.row").evaluateAll((rows) => rows.map((r) => r.id));
  const suite = await first.page.locator(".suite h3").last().textContent();
  check(`${name}: every row has an address of its own`,
    ids.every(Boolean) && new Set(ids).size === ids.length);
  await first.page.locator("#search").fill(suite);
  await first.page.waitForFunction(() => document.getElementById("found").textContent);
  check(`${name}: a suite is found by its name`, await visibleRows(first.page) > 0);
  check(`${name}: what is empty is hidden`, await first.page.locator(".suite:visible")
    .evaluateAll((all) => all.every((s) => s.querySelector("tr.row:not([hidden])"))));
  await first.context.close();
  const { context, page } = await open(browser, `${file}#${ids[ids.length - 1]}`, {});
  check(`${name}: a link opens its row`,
    await page.locator(`#${ids[ids.length - 1]}`).isVisible());
  await page.locator(`#${ids[ids.length - 1]} .name`).hover();
  check(`${name}: it has a link to itself`, await page.locator("a.link")
    .getAttribute("href") === `#${ids[ids.length - 1]}`);
  check(`${name}: its name can be copied`, await page.locator("button.copy").isVisible());
  await context.close();
};

// On paper: the first page holds the verdict and a row, and nothing to click.
const prints = async (browser, name, file) => {
  const { context, page } = await open(browser, file, { viewport: { width: 1060, height: 720 } });
  await page.emulateMedia({ media: "print" });
  const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`${name} print: nothing is cut off`, scroll <= 1060, scroll);
  const row = await page.locator("tbody tr:visible").first().boundingBox();
  check(`${name} print: page one holds a result`, row.y + row.height < 720, row.y);
  check(`${name} print: headings keep their text`, await page.locator("h2:visible")
    .evaluateAll((all) => all.every((h) => h.innerText.trim())));
  check(`${name} print: nothing to click`, await page.locator("#tools:visible").count() === 0);
  await context.close();
};

const withoutScript = async (browser, name, file) => {
  const { context, page } = await open(browser, file, { javaScriptEnabled: false });
  check(`${name}: works without script`, await visibleRows(page) > 0);
  check(`${name}: without script there are no dead buttons`,
    await page.locator("button:visible, input:visible").count() === 0);
  await context.close();
};

// What the colours change is their contrast.
const accessible = async (browser, name, file) => {
  const { context, page } = await open(browser, file, {});
  const session = await context.newCDPSession(page);

  await page.evaluate(() => document.querySelectorAll("tr.more details")
    .forEach((d, i) => { d.open = i < 5; }));
  // By the debugger: the page's policy lets no other script in.
  await session.send("Runtime.evaluate", { expression: axe.source });
  for (const [colorScheme, rules] of [
    ["light", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]],
    ["dark", ["color-contrast"]]]) {
    await page.emulateMedia({ colorScheme });
    const { result } = await session.send("Runtime.evaluate", {
      expression: `axe.run({ runOnly: ${JSON.stringify(rules)} })
        .then((r) => JSON.stringify(r.violations.map((v) =>
          v.id + ": " + v.help + ": " + v.nodes[0].html.slice(0, 160))))`,
      awaitPromise: true, returnByValue: true,
    });
    const violations = JSON.parse(result.value || "[\"axe did not run\"]");
    check(`${name} ${colorScheme}: accessible`, !violations.length, violations.join("\n  "));
  }
  await context.close();
};

// A site: every link leads somewhere, and the zoom shows less of a plot.
const site = async (browser, folder) => {
  const server = await serve(folder);
  const root = `http://127.0.0.1:${server.address().port}/`;
  const { context, page, seen } = await open(browser, `${root}index.html`,
    { viewport: { width: 400, height: 800 } });
  const todo = [`${root}index.html`], done = new Set(todo);

  while (todo.length) {
    const at = todo.pop();
    const answer = await (await fetch(at)).text();
    for (const [, to] of answer.matchAll(/(?:href|src)="([^"#]+)/g)) {
      const url = new URL(to, at).href;
      if (done.has(url)) { continue; }
      done.add(url);
      check(`site: ${to} is of the site`, url.startsWith(root), at);
      check(`site: ${to} is there`, (await fetch(url)).ok, at);
      if (url.endsWith(".html")) { todo.push(url); }
    }
  }
  check("site: all pages are linked to", fs.readdirSync(path.join(folder, "b"))
    .every((name) => done.has(`${root}b/${name}`)));
  const pages = [`${root}index.html`, `${root}compare.html`,
    `${root}b/${fs.readdirSync(path.join(folder, "b")).find((n) => n.startsWith("sort"))}`];
  for (const url of pages) {
    await page.goto(url);
    const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
    check(`site 400: ${url} does not scroll sideways`, scroll <= 400, scroll);
    await accessible(browser, "site", url);
  }
  await page.goto(pages[1]);
  const changes = () => page.locator("tbody td:last-child").allTextContents();
  const newest = await changes();
  await page.getByLabel("from").selectOption({ index: 20 });
  check("site: other versions make another comparison",
    newest.length && (await changes()).join() !== newest.join());
  await page.goto(pages[2]);
  const plot = page.locator("figure.history svg").first();
  const whole = await plot.getAttribute("viewBox");
  const width = (box) => Number(box.split(" ")[2]);
  await page.getByRole("button", { name: "zoom in" }).first().click();
  check("site: the zoom shows half of the plot",
    width(await plot.getAttribute("viewBox")) === width(whole) / 2);
  await page.getByRole("button", { name: "all" }).first().click();
  check("site: and then all of it again", width(await plot.getAttribute("viewBox")) === width(whole));
  await page.goto(pages[0]);
  const rows = page.locator("tbody tr:visible");
  const all = await rows.count();
  await page.getByRole("searchbox").fill("leak");
  check("site: the filter leaves what was meant",
    await rows.count() > 0 && await rows.count() < all);
  check("site: no script errors", !seen.errors.length, seen.errors[0]);
  check("site: no outside requests", !seen.requests.length, seen.requests[0]);
  await context.close();
  server.close();
};

const nastyIsText = async (browser, file, names) => {
  const { context, page } = await open(browser, file, {});
  const labels = await page.locator("tr.row th > bdi").allTextContents();
  for (const name of names) {
    check(`nasty: shown as text: ${name.slice(0, 40)}`,
      labels.some((label) => label.includes(name)));
  }
  check("nasty: no element from a name",
    await page.locator("img, iframe, b, body svg[onload], a[href*=evil]").count() === 0);
  await context.close();
};

// A comment: nothing scrolls sideways, on a phone either where names are names,
// and on a desk one sees first what happened and what to do.
const comment = async (browser, file) => {
  const name = `comment ${path.basename(file, "-comment.html")}`;

  for (const width of name.includes("nasty") ? [780] : [360, 780]) {
    const { context, page } = await open(browser, file, { viewport: { width, height: 600 } });
    await page.evaluate(() => document.querySelectorAll("details")
      .forEach((d) => { d.open = true; }));
    const wide = await page.evaluate(() => Array.from(document.querySelectorAll("table, body"))
      .filter((e) => e.scrollWidth > e.clientWidth).map((e) => `${e.tagName} ${e.scrollWidth}`));
    check(`${name} ${width}: nothing scrolls sideways`, !wide.length, wide.join("; "));
    if (width === 780) {
      const below = await page.evaluate(() => ["h2", "p b", "li code", "tbody tr"]
        .filter((s) => !(document.querySelector(s).getBoundingClientRect().bottom <= innerHeight)));
      check(`${name}: verdict, worst row, next step and a row come first`,
        !below.length || name.includes("nasty"), below.join("; "));
    }
    await context.close();
  }
};

(async () => {
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  try {
    for (const page of pages) {
      const [name, file] = page.split("=");

      if (name === "site") {
        await site(browser, file);
        continue;
      }
      if (name === "comment") {
        await comment(browser, file);
        continue;
      }
      await quietly(browser, name, file);
      await fits(browser, name, file);
      await withoutScript(browser, name, file);
      await interacts(browser, name, file);
      // Ten thousand rows are like the others here, and take long.
      if (name !== "large") {
        await prints(browser, name, file);
        await leads(browser, name, file);
        await accessible(browser, name, file);
      }
      if (name === "nasty") {
        await nastyIsText(browser, file, ["<script>document.title='owned'</script>",
          "pipe|in|a\\|name", "two lines", "@everyone look at #1",
          "{{HEADLINE}}", "\\x1b[31mred", "x".repeat(500), "\\u202eabc"]);
      }
    }
  } finally {
    await browser.close();
  }
  console.log(`browser: ${passed} passed, ${failed} failed, 0 skipped`);
  process.exit(failed ? 1 : 0);
})().catch((error) => {
  console.log(`failed: ${error.stack}`);
  console.log(`browser: ${passed} passed, ${failed + 1} failed, 0 skipped`);
  process.exit(1);
});
