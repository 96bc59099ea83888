"use strict";
// Compares two of the last versions, with the data of versions.js.
const place = document.getElementById("compare");
const make = (name, text) => {
  const element = document.createElement(name);
  if (text !== undefined) element.textContent = text;
  return element;
};

// With prefixes for thousands of the base unit.
function shown(value, unit) {
  if (value === null) return "";
  const small = ["", "m", "µ", "n", "p"], big = ["", "k", "M", "G", "T"];
  let step = value ? Math.floor(Math.log10(Math.abs(value)) / 3) : 0;
  step = unit === "s" ? Math.min(0, step) : unit === "1" ? 0 : step;
  step = Math.max(-4, Math.min(4, step));
  const number = Number((value / 1000 ** step).toPrecision(4));
  return `${number} ${step < 0 ? small[-step] : big[step]}${unit === "1" ? "" : unit}`.trim();
}

function choice(text, at) {
  const label = make("label", `${text} `), select = make("select");
  versions.versions.forEach((version, i) => {
    const option = make("option", version);
    option.value = i;
    select.prepend(option);
  });
  select.value = at;
  select.addEventListener("change", show);
  label.append(select);
  place.append(label, " ");
  return select;
}

function show() {
  const rows = versions.series.map((s) => {
    const a = s.values[before.value], b = s.values[after.value];
    const change = a > 0 && b !== null ? b / a - 1 : null;
    const worse = { lower: change, higher: -change }[s.better] || 0;
    return { s, a, b, change, worse };
  }).filter((row) => row.a !== null || row.b !== null)
    .sort((x, y) => y.worse - x.worse);
  const body = make("tbody");
  for (const { s, a, b, change, worse } of rows) {
    const row = make("tr"), name = make("th"), link = make("a", s.name);
    name.scope = "row";
    link.href = s.page;
    name.append(link);
    row.append(name, make("td", s.metric), make("td", s.hardware));
    const percent = change === null ? ""
      : `${change < 0 ? "−" : "+"}${(100 * Math.abs(change)).toFixed(1)}%`;
    for (const text of [shown(a, s.unit), shown(b, s.unit), percent]) {
      const cell = make("td", text);
      cell.className = "n";
      row.append(cell);
    }
    if (Math.abs(worse) >= 0.01) row.lastChild.classList.add(worse > 0 ? "worse" : "better");
    body.append(row);
  }
  table.tBodies[0]?.remove();
  table.append(body);
}

// The newest two versions with most series in common: machines may take turns.
function newestPair() {
  const n = versions.versions.length, both = (i, j) => versions.series.filter(
    (s) => s.values[i] !== null && s.values[j] !== null).length;
  let best = [Math.max(0, n - 2), n - 1], most = 0;
  for (let to = n - 1; to > 0; to--) {
    for (let from = to - 1; from >= 0 && from > to - 10; from--) {
      const count = both(from, to);
      if (count > most) { most = count; best = [from, to]; }
    }
  }
  return best;
}

const [older, newer] = newestPair();
const before = choice("from", older), after = choice("to", newer);
const wide = make("div"), table = make("table"), head = table.createTHead().insertRow();
wide.className = "wide";
wide.tabIndex = 0;
wide.setAttribute("role", "region");
wide.setAttribute("aria-label", "values of both versions");
for (const text of ["benchmark", "metric", "hardware", "from", "to", "change"]) {
  const cell = make("th", text);
  cell.scope = "col";
  if (["from", "to", "change"].includes(text)) cell.className = "n";
  head.append(cell);
}
wide.append(table);
place.append(wide);
show();
