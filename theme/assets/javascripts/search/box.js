// The search box of every page: what is found first is listed below it while somebody types. Enter
// leads to the search page, as it does without this script.
"use strict";

{
  const PAUSE = 150; // milliseconds in which the next key may come
  const SHOWN = 6;
  const site = new URL("../../../../", document.currentScript.src); // from assets/<digest>/javascripts/search/
  const index = new SearchIndex(new SearchFiles(new URL("search/", site)));
  const engine = new SearchEngine(index);
  const form = document.querySelector("[data-search-box]");
  const field = form.elements.q;

  const element = (name, properties, ...content) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content);
    return made;
  };
  const marked = (pieces) => pieces.map(([text, found]) => found ? element("mark", {}, text) : text);
  const said = element("p", { className: "search__said" });
  said.setAttribute("role", "status");
  const list = element("ul", {});
  const all = element("a", { className: "search__all" });
  const found = element("div", { className: "search__found", hidden: true }, said, list, all);
  form.append(found);

  let turn = 0; // an answer that comes after a newer question is none

  async function answer(query, again = false) {
    const mine = ++turn;
    const hits = [];
    let failed = false;
    try {
      for await (const batch of engine.search(query)) {
        if (mine !== turn) return;
        failed = failed || batch.lost.length > 0;
        hits.push(...batch.hits);
        if (hits.length >= SHOWN) break;
      }
    } catch {
      failed = true;
    }
    if (mine !== turn) return;
    const isStale = index.isStale();
    if (failed) index.forget();
    if (isStale && !again) return answer(query, true);
    show(query, hits.slice(0, SHOWN), failed);
  }

  function show(query, hits, failed) {
    const [first] = hits;
    said.textContent = failed ? "搜索的数据没有取到，或者没有取全"
      : first ? KINDS[first.kind] : `没有找到“${query}”`;
    list.replaceChildren(...hits.map((hit) => row(hit, query)));
    all.textContent = failed ? "到搜索页重试" : first ? "全部结果" : "看看可以怎样试";
    all.href = new URL(`search/?q=${encodeURIComponent(query)}`, site);
    found.hidden = false;
  }

  function row(hit, query) {
    const excerpt = marked(excerptOf(hit));
    const why = hit.why ? [element("span", {}, hit.why)] : [];
    return element("li", {}, element("a", { href: new URL(addressOf(hit, query), site) },
      element("b", {}, ...marked(titleOf(hit))), ...why, ...excerpt.length ? [element("span", {}, ...excerpt)] : []));
  }

  function hide() {
    turn += 1;
    found.hidden = true;
  }

  const isComposing = (event) => event.isComposing || event.keyCode === 229;
  let pause;
  const ask = (wait) => {
    clearTimeout(pause);
    const query = field.value.trim();
    if (query) pause = setTimeout(() => answer(query), wait); else hide();
  };
  field.addEventListener("input", (event) => { if (!event.isComposing) ask(PAUSE); });
  field.addEventListener("compositionend", () => ask(PAUSE));
  form.addEventListener("keydown", (event) => {
    // The Enter that ends a composition is part of the word; Safari says so only by its code.
    if (event.key === "Enter" && event.target === field && isComposing(event)) event.preventDefault();
    if (event.key === "Escape" && !found.hidden) {
      event.preventDefault(); // the word stays
      field.focus();
      hide();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || found.hidden || isComposing(event)) return;
    const stops = [field, ...found.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  addEventListener("click", (event) => { if (!form.contains(event.target)) hide(); });
  form.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !form.contains(relatedTarget)) hide(); });
  found.addEventListener("click", (event) => {
    // A result on this page is shown without another one: the box closes by itself only elsewhere.
    const link = event.target.closest("a");
    if (!link || link.pathname !== location.pathname || link.search !== location.search) return;
    hide();
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  });
  if (field.value.trim()) ask(0);
}
