"use strict";
// Only what needs a script: zooming plots, filtering the table.
function zoomable(figure) {
  const svg = figure.querySelector("svg");
  if (!svg) return;
  const whole = svg.viewBox.baseVal;
  const full = [whole.x, whole.y, whole.width, whole.height];
  let at = full.slice();
  function show() { svg.setAttribute("viewBox", at.join(" ")); }
  function zoom(factor, x, y) {
    const width = Math.min(full[2], Math.max(full[2] / 20, at[2] * factor));
    const height = full[3] * width / full[2];
    at = [
      Math.min(full[2] - width, Math.max(0, at[0] + (at[2] - width) * x)),
      Math.min(full[3] - height, Math.max(0, at[1] + (at[3] - height) * y)),
      width, height,
    ];
    show();
  }
  function move(x, y) {
    at[0] = Math.min(full[2] - at[2], Math.max(0, at[0] + x * at[2]));
    at[1] = Math.min(full[3] - at[3], Math.max(0, at[1] + y * at[3]));
    show();
  }
  const tools = document.createElement("div");
  tools.className = "tools";
  const actions = [
    ["zoom in", () => zoom(0.5, 0.5, 0.5)], ["zoom out", () => zoom(2, 0.5, 0.5)],
    ["earlier", () => move(-0.5, 0)], ["later", () => move(0.5, 0)],
    ["all", () => { at = full.slice(); show(); }],
  ];
  for (const [text, act] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", act);
    tools.append(button);
  }
  figure.before(tools);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.25 : 0.8,
      (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }, { passive: false });
}
document.querySelectorAll("figure.history").forEach(zoomable);

const rows = [...document.querySelectorAll("tbody tr")].filter((row) => row.querySelector("th"));
if (rows.length > 10) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "search";
  label.append("filter ", input);
  document.querySelector("h1").after(label);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
}
