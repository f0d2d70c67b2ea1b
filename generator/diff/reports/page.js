"use strict";
// Without this script the page shows everything; with it, what is asked for. An address may ask,
// too: changes.html#levels=major,minor&search=orders
(() => {
  const filters = document.getElementById("filters");
  const query = document.getElementById("query");
  const boxes = [...filters.querySelectorAll("input[type=checkbox]")];
  const groups = [...document.querySelectorAll("section.operation")].map((section) => ({
    section,
    entry: document.querySelector(`nav a[href="#${section.id}"]`).parentElement,
    changes: [...section.querySelectorAll("article")].map((article) => ({
      article,
      level: article.className,
      text: `${section.querySelector("h2").textContent} ${article.textContent}`.toLowerCase(),
    })),
  }));
  const all = groups.reduce((sum, group) => sum + group.changes.length, 0);

  function apply() {
    const levels = boxes.filter((box) => box.checked).map((box) => box.value);
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { section, entry, changes } of groups) {
      const before = shown;
      for (const { article, level, text } of changes) {
        const matches = levels.includes(level) && words.every((word) => text.includes(word));
        article.hidden = !matches;
        shown += matches;
      }
      section.hidden = entry.hidden = shown === before;
    }
    document.getElementById("empty").hidden = shown > 0;
    document.getElementById("status").textContent = `${shown} of ${all} changes shown`;
  }

  function obey() {
    const asked = new URLSearchParams(location.hash.slice(1));
    if (asked.has("levels")) {
      const levels = asked.get("levels").split(",");
      for (const box of boxes) box.checked = levels.includes(box.value);
    }
    if (asked.has("search")) query.value = asked.get("search");
    apply();
  }

  filters.hidden = false;
  filters.addEventListener("input", apply);
  addEventListener("hashchange", obey);
  obey();
})();
