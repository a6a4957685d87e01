// What all parts of the frame's script may use, and what few pages need.
const SCRIPTS = new URL(".", document.currentScript.src);
const SITE = new URL("../../../", SCRIPTS); // from assets/<digest>/javascripts/
const root = document.documentElement;
const FRAMES = 4; // in which the browser lays out what comes near (frame.css)

// Scripts that few readers need, each once, by their names and in this order; resolves when the last
// has run.
const loading = {};
const load = (names) => Promise.all(names.map((name) => loading[name] ??= new Promise((resolve, reject) => {
  const script = Object.assign(document.createElement("script"), {
    src: new URL(`${name}.js`, SCRIPTS), async: false, onload: resolve, onerror: reject,
  });
  document.head.append(script);
})));

// A result leads to ?h=<query>, which is marked on the page.
const sought = new URLSearchParams(location.search).get("h");
if (sought) {
  load(["search/fold", "search/files", "search/index", "search/highlight"])
    .then(() => highlight(sought))
    .catch(() => {}); // the text is there all the same
}

// What makes more of the search box than a form (partials/search.html).
const box = document.querySelector("[data-search-box]");
if (box) {
  const names = box.dataset.searchBox.split(" ").filter(Boolean);
  box.addEventListener("focusin", () => load(names).catch(() => {}), { once: true });
}

// A copy that is opened from a folder: there is no server to find index.html.
if (location.protocol === "file:") {
  const page = (address) => address.replace(/\/(?=[?#]|$)/, "/index.html");
  if (box) box.action = page(box.action);
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.href.startsWith("file:")) link.href = page(link.href);
  }, true);
}
