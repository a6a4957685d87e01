// What Material's header leaves out.
"use strict";

// The search box listens to keys, but handwriting, dictation and pasting press none.
const box = document.querySelector("[data-md-component='search-query']");
box?.addEventListener("input", () => box.dispatchEvent(new KeyboardEvent("keyup")));
document.querySelector(".md-search")?.setAttribute("aria-label", "搜索");

// On a phone the open box locks the page and, 100 ms after it has closed, puts it back where it
// was. A link into this same page must therefore be followed after that.
const SETTLED = 200;
document.querySelector(".md-search-result")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#']");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || elsewhere || link.pathname !== location.pathname) return;
  event.preventDefault();
  const toggle = document.getElementById("__search");
  toggle.checked = false;
  toggle.dispatchEvent(new Event("change"));
  setTimeout(() => {
    location.hash = link.hash;
    document.getElementById(decodeURIComponent(link.hash.slice(1)))?.scrollIntoView();
  }, SETTLED);
});

// The buttons for menu and search are labels, which no key reaches.
for (const [target, name] of [["__drawer", "菜单"], ["__search", "搜索"]]) {
  const label = document.querySelector(`header label.md-header__button[for=${target}]`);
  if (!label) continue;
  label.tabIndex = 0;
  label.setAttribute("role", "button");
  label.setAttribute("aria-label", name);
  label.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    label.click();
  });
}
