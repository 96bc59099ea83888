"use strict";
(function () {
  var XHTML = "http://www.w3.org/1999/xhtml";
  var list = function (nodes) { return Array.prototype.slice.call(nodes); };
  var LETTER = 6.65;

  var fit = function (frame, x, width) {
    var room = Math.floor((width - 6) / LETTER);
    var name = frame.name;
    frame.rect.setAttribute("x", x.toFixed(1));
    frame.rect.setAttribute("width", Math.max(width, 0.5).toFixed(1));
    frame.label.setAttribute("x", (x + 3).toFixed(1));
    frame.label.textContent = room < 4 ? ""
      : name.length <= room ? name : name.slice(0, room - 1) + "\u2026";
  };

  var make = function (svg) {
    var whole = svg.viewBox.baseVal.width;
    var frames = list(svg.querySelectorAll("g.f")).map(function (g) {
      var rect = g.querySelector("rect");
      return {
        g: g, rect: rect, label: g.querySelector("text"), name: g.dataset.n,
        x: Number(rect.getAttribute("x")), y: Number(rect.getAttribute("y")),
        width: Number(rect.getAttribute("width"))
      };
    });

    // A click zooms into a frame, another one zooms out.
    var zoomed = null;
    var zoom = function (to) {
      zoomed = to === zoomed ? null : to;
      frames.forEach(function (frame) {
        var inside, around;
        if (!zoomed) {
          frame.g.style.display = "";
          fit(frame, frame.x, frame.width);
          return;
        }
        inside = frame.y <= zoomed.y && frame.x > zoomed.x - 0.2 &&
          frame.x + frame.width < zoomed.x + zoomed.width + 0.2;
        around = frame.y > zoomed.y && frame.x < zoomed.x + 0.2 &&
          frame.x + frame.width > zoomed.x + zoomed.width - 0.2;
        frame.g.style.display = inside || around ? "" : "none";
        if (inside) {
          fit(frame, (frame.x - zoomed.x) * whole / zoomed.width,
            frame.width * whole / zoomed.width);
        } else if (around) {
          fit(frame, 0, whole);
        }
      });
    };
    frames.forEach(function (frame) {
      frame.g.addEventListener("click", function () { zoom(frame); });
    });

    var field = document.createElementNS(XHTML, "input");
    field.setAttribute("type", "search");
    field.setAttribute("placeholder", "search functions");
    field.setAttribute("aria-label", "search functions");
    field.addEventListener("input", function () {
      var wanted = field.value.toLowerCase();
      frames.forEach(function (frame) {
        var hit = wanted && frame.name.toLowerCase().indexOf(wanted) >= 0;
        frame.g.classList.toggle("hit", Boolean(hit));
        frame.g.classList.toggle("miss", Boolean(wanted) && !hit);
      });
    });
    field.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { field.value = ""; field.dispatchEvent(new Event("input")); }
    });
    var box = document.createElementNS("http://www.w3.org/2000/svg", "foreignObject");
    [["x", whole - 210], ["y", 0], ["width", 208], ["height", 25]].forEach(function (pair) {
      box.setAttribute(pair[0], pair[1]);
    });
    field.style.cssText = "font: 12px system-ui, sans-serif; width: 200px; box-sizing: border-box; color-scheme: light dark;";
    box.appendChild(field);
    svg.appendChild(box);
  };

  list(document.querySelectorAll("svg.flame")).forEach(make);
})();
