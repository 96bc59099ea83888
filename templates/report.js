"use strict";
(function () {
  var all = function (selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  };
  var make = function (name, properties) {
    return Object.assign(document.createElement(name), properties);
  };
  var ranks = all("#counts li[data-verdict]").map(function (item) { return item.dataset.verdict; });
  var rows = all("tr.row").map(function (row) {
    var next = row.nextElementSibling;
    var suite = row.closest(".suite").querySelector("h3").textContent;
    return {
      row: row,
      more: next && next.classList.contains("more") ? next : null,
      text: (row.textContent + " " + suite).toLowerCase(),
      verdict: row.classList[1]
    };
  });
  var tables = all("table.rows");
  var folds = all("details.fold");
  if (!rows.length) { return; }

  // Sorting: a button in each heading; rows keep their details below them.
  var key = function (r, index) {
    var cell = r.row.cells[index];
    var value = index ? cell.dataset.v : ranks.indexOf(r.verdict);
    return value === undefined ? cell.textContent.trim().toLowerCase()
      : value === "" ? NaN : Number(value);
  };
  var order = function (a, b) {
    if (typeof a.key === "number") {
      if (isNaN(a.key) || isNaN(b.key)) { return isNaN(a.key) - isNaN(b.key); }
      return (a.key - b.key) * a.sign;
    }
    return (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * a.sign;
  };
  var sort = function (table, heading) {
    var body = table.tBodies[0];
    // A first click puts the worst first, a second one last.
    var was = heading.getAttribute("aria-sort");
    var down = was ? was === "ascending" : heading.dataset.first === "down";
    var index = heading.cellIndex;
    all("th[aria-sort]", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.filter(function (r) { return r.row.parentNode === body; })
      .map(function (r) { return { r: r, key: key(r, index), sign: down ? -1 : 1 }; })
      .sort(order)
      .forEach(function (entry) {
        body.appendChild(entry.r.row);
        if (entry.r.more) { body.appendChild(entry.r.more); }
      });
    all("tr.foot", table).forEach(function (foot) { body.appendChild(foot); });
  };
  tables.forEach(function (table) {
    all("thead th.sorts", table).forEach(function (heading) {
      var button = make("button", { type: "button", textContent: heading.textContent });
      heading.textContent = "";
      heading.appendChild(button);
      button.addEventListener("click", function () { sort(table, heading); });
    });
  });

  // Filtering: words, and a switch for each verdict.
  var tools = document.getElementById("tools");
  var input = document.getElementById("search");
  var found = document.getElementById("found");
  var findings = document.getElementById("findings");
  var chosen = {};
  var wasOpen = folds.map(function (fold) { return fold.open; });
  var filter = function () {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    var verdicts = Object.keys(chosen).filter(function (v) { return chosen[v]; });
    var active = words.length + verdicts.length > 0;
    var count = 0;
    rows.forEach(function (r) {
      var fits = (!verdicts.length || verdicts.indexOf(r.verdict) >= 0) &&
        words.every(function (word) { return r.text.indexOf(word) >= 0; });
      count += fits;
      r.row.hidden = !fits;
      if (r.more) { r.more.hidden = !fits; }
    });
    all("tr.foot").forEach(function (foot) { foot.hidden = active; });
    all(".part, .suite, .results").forEach(function (part) {
      part.hidden = active && !part.querySelector("tr.row:not([hidden])");
    });
    if (findings) { findings.hidden = active; }
    folds.forEach(function (fold, i) { fold.open = active || wasOpen[i]; });
    found.textContent = active ? count + " of " + rows.length + " rows" : "";
  };
  all("#counts li[data-verdict]").forEach(function (item) {
    var verdict = item.dataset.verdict;
    var button = make("button", { type: "button", textContent: item.textContent });
    button.setAttribute("aria-pressed", "false");
    item.textContent = "";
    item.appendChild(button);
    button.addEventListener("click", function () {
      chosen[verdict] = !chosen[verdict];
      button.setAttribute("aria-pressed", String(chosen[verdict]));
      filter();
    });
  });
  var timer;
  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(filter, rows.length > 2000 ? 200 : 0);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && document.activeElement !== input &&
        !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape" && document.activeElement === input) {
      input.value = "";
      filter();
    }
  });
  tools.hidden = false;

  // A link to a row unfolds the row and everything around it.
  var show = function () {
    var row = document.getElementById(location.hash.slice(1));
    var next = row && row.nextElementSibling;
    if (!row || !row.classList.contains("row")) { return; }
    for (var at = row.parentNode; at; at = at.parentNode) {
      if (at.tagName === "DETAILS") { at.open = true; }
    }
    if (next && next.classList.contains("more")) { next.querySelector("details").open = true; }
    row.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", show);
  show();

  // A link and a button in the row with the pointer or the focus.
  var link = make("a", { className: "link", textContent: "#", title: "link to this row" });
  var copy = make("button", { type: "button", className: "copy", textContent: "copy name" });
  var offer = function (event) {
    var row = event.target.closest && event.target.closest("tr.row, tr.more");
    row = row && row.classList.contains("more") ? row.previousElementSibling : row;
    if (row && copy.closest("tr") !== row) {
      link.href = "#" + row.id;
      copy.textContent = "copy name";
      row.querySelector(".name").append(link, copy);
    }
  };
  document.addEventListener("mouseover", offer);
  document.addEventListener("focusin", offer);
  copy.addEventListener("click", function () {
    var label = copy.closest("th").querySelector("bdi");
    getSelection().selectAllChildren(label);
    copy.textContent = document.execCommand("copy") ? "copied" : "selected";
    getSelection().removeAllRanges();
  });
}());
