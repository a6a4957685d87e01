// What Material's header leaves out.
"use strict";

const SCRIPTS = new URL(".", document.currentScript.src);
const SITE = new URL("../../../", SCRIPTS); // from assets/<digest>/javascripts/

// Scripts that few pages need, in this order; resolves when the last has run.
function load(...names) {
  return Promise.all(names.map((name) => new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), {
      src: new URL(name, SCRIPTS), async: false, onload: resolve, onerror: reject,
    });
    document.head.append(script);
  })));
}

// A result leads to ?h=<query>, which is marked on the page.
const sought = new URLSearchParams(location.search).get("h");
if (sought) {
  load("search/fold.js", "search/files.js", "search/index.js", "search/highlight.js")
    .then(() => highlight(sought))
    .catch(() => {}); // the text is there all the same
}

// The search box listens to keys, but handwriting, dictation and pasting press none; and the keys
// that compose a word are not the word.
const box = document.querySelector("[data-md-component='search-query']");
const changed = () => box.dispatchEvent(new KeyboardEvent("keyup"));
box?.addEventListener("input", (event) => { if (!event.isComposing) changed(); });
box?.addEventListener("compositionend", changed);
for (const name of ["keydown", "keyup"]) {
  addEventListener(name, (event) => {
    if (event.target !== box) return;
    if (event.isComposing) event.stopImmediatePropagation();
    // Where there is no result to open, because there is none or the index did not arrive, the search
    // page says why.
    else if (name === "keydown" && event.key === "Enter" && !document.querySelector(".md-search-result__list a")) {
      event.stopImmediatePropagation();
      event.preventDefault();
      if (box.value.trim()) box.form.submit();
    }
  }, true);
}
document.querySelector(".md-search")?.setAttribute("aria-label", "搜索");

// On a phone the open box locks the page and, 100 ms after it has closed, puts it back where it
// was. A link into this same page must therefore be followed after that.
const SETTLED = 200;
document.querySelector(".md-search-result")?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#']");
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || elsewhere || link.pathname !== location.pathname || link.search !== location.search) return;
  event.preventDefault();
  const toggle = document.getElementById("__search");
  toggle.checked = false;
  toggle.dispatchEvent(new Event("change"));
  setTimeout(() => {
    location.hash = link.hash;
    document.getElementById(decodeURIComponent(link.hash.slice(1)))?.scrollIntoView();
  }, SETTLED);
});

// The buttons for menu and search are labels, which no key reaches: each gets a real one inside.
for (const [target, name] of [["__drawer", "菜单"], ["__search", "搜索"]]) {
  const label = document.querySelector(`header label.md-header__button[for=${target}]`);
  if (!label) continue;
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.setAttribute("aria-label", name);
  button.append(...label.childNodes);
  label.append(button);
  // Looked up at the click: on the search page the label leads to the box of that page.
  button.addEventListener("click", () => {
    if (label.control.type === "checkbox") label.control.click();
    else label.control.focus();
  });
  if (target !== "__drawer") continue;
  const tell = () => button.setAttribute("aria-expanded", label.control.checked);
  label.control.addEventListener("change", tell);
  tell();
}

// A copy that is opened from a folder: there is no server to find index.html, and no worker may
// run, so Material hides its box. The box then leads to the search page, which needs neither.
if (location.protocol === "file:") {
  const page = (address) => address.replace(/\/(?=[?#]|$)/, "/index.html");
  const search = document.querySelector(".md-search");
  if (search) {
    const copy = search.cloneNode(true); // without what listens to the old one
    copy.hidden = false;
    search.replaceWith(copy);
    copy.querySelector("form").action = page(new URL("search/", SITE).href);
  }
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link?.href.startsWith("file:")) link.href = page(link.href);
  }, true);
}
