// The search page: all results of a query, with filters. The query and the filters stand in the
// address, so that a search can be linked to.
"use strict";

const PAUSE = 200; // milliseconds in which the next key may come
const PAGE = 20; // results shown before "more"
const KINDS = {
  all: "",
  notice: "以下通报在不同的节里写有这些词",
  some: "没有一处写有全部这些词，以下写有其中一些",
  near: "没有找到完全相同的字句，以下只差一个字",
};

const view = document.querySelector("[data-search]");
const form = view.querySelector("form");
const fields = form.elements;
const FILTERS = ["notice", "aspect", "status"];
const part = (name) => view.querySelector(`[data-search-${name}]`);

const folder = new URL(view.dataset.search, location.href);
const base = new URL("../", folder);
const index = new SearchIndex(new SearchFiles(folder));
const engine = new SearchEngine(index);

let run; // the search that is shown: {query, batches, hits, lost, total, done, failed, wanted}

function start(query) {
  run = { query, batches: engine.search(query), hits: [], lost: 0, done: false, failed: false, wanted: PAGE };
  return proceed(run);
}

// Reads on until as many hits as are wanted pass the filters.
async function proceed(mine) {
  render(mine, true);
  try {
    while (!mine.done && passing(mine).length < mine.wanted) {
      const { value, done } = await mine.batches.next();
      if (mine !== run) return;
      mine.done = done;
      if (done) break;
      mine.hits.push(...value.hits);
      mine.lost += value.lost;
      mine.total ??= value.total;
      render(mine, true);
    }
  } catch {
    if (mine !== run) return;
    mine.failed = mine.done = true;
  }
  render(mine, false);
}

const tests = {
  notice: ({ section }, value) => section.of.address === value,
  aspect: ({ section }, value) => aspectOf(section) === value,
  status: ({ section }, value) => statusesOf(section).includes(value),
};

function passes(hit, names) {
  return names.every((name) => !fields[name].value || tests[name](hit, fields[name].value));
}

function passing(mine) {
  return mine.hits.filter((hit) => passes(hit, FILTERS));
}

// As in the ledger: unstated only when nothing is stated of the item nor of its measures.
function statusesOf({ status, measureStatuses }) {
  const stated = new Set([status, ...measureStatuses].filter((id) => id && id !== "unstated"));
  return stated.size || !status ? [...stated] : [status];
}

// The same words head aspects of different notices.
function aspectOf({ of, aspect }) {
  return aspect && `${of.address} ${aspect}`;
}

function render(mine, busy) {
  const shown = passing(mine);
  part("results").replaceChildren(...items(mine, shown.slice(0, mine.wanted)));
  fillFilters(mine);
  part("titles").hidden = mine.query.trim() !== "";
  part("filters").hidden = !mine.hits.length;
  part("more").hidden = busy || mine.failed || (mine.done && shown.length <= mine.wanted);
  part("fault").hidden = busy || !(mine.failed || mine.lost);
  part("fault-text").textContent = mine.failed ? "搜索的数据没有取到，请检查网络。"
    : `有${mine.lost}处的数据没有取到，下面的结果可能不全，请检查网络。`;
  part("count").value = summary(mine, shown, busy);
}

function summary(mine, shown, busy) {
  if (!mine.query.trim() || mine.failed) return "";
  const [first] = mine.hits;
  if (!first) return busy ? "正在查找……" : mine.lost ? "" : `没有找到“${mine.query.trim()}”。请减少字数，或者换个说法。`;
  const notices = new Set(shown.map((hit) => hit.section.notice)).size;
  const filtered = shown.length < mine.hits.length;
  const complete = (mine.done || mine.hits.length === mine.total) && !mine.lost;
  const count = filtered || complete || mine.total === undefined ? shown.length : mine.total;
  const least = complete || (!filtered && mine.total !== undefined && !mine.lost) ? "" : "至少";
  const where = notices > 1 && complete ? `，在${notices}份通报中` : "";
  return `${busy ? "正在查找，已" : ""}找到${least}${count}处${where}`;
}

function items(mine, hits) {
  let kind = "all";
  return hits.flatMap((hit) => {
    const heading = hit.kind === kind ? [] : [element("li", { className: "found__kind" }, KINDS[kind = hit.kind])];
    return [...heading, item(mine.query, hit)];
  });
}

function item(query, hit) {
  const { of, aspect, status, measureStatuses } = hit.section;
  const label = (id) => index.head.statuses[id];
  const link = element("a", { href: new URL(addressOf(hit, query), base) }, ...marked(titleOf(hit)));
  const measures = measureStatuses.length ? `（措施有：${measureStatuses.map(label).join("、")}）` : "";
  const where = [of.title, aspect, status && `${label(status)}${measures}`, lackOf(hit)];
  return element("li", { className: "found__hit" },
    element("h2", { className: "found__title" }, link),
    element("p", { className: "found__where" }, where.filter(Boolean).join(" · ")),
    element("p", {}, ...marked(excerptOf(hit))));
}

function marked(parts) {
  return parts.map(([text, found]) => found ? element("mark", {}, text) : text);
}

function element(name, properties, ...content) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

// Each filter counts what passes the others.
function fillFilters(mine) {
  const names = {
    notice: ({ section }) => [[section.of.address, section.of.title]],
    aspect: ({ section }) => section.aspect ? [[aspectOf(section), section.aspect]] : [],
    status: ({ section }) => statusesOf(section).map((id) => [id, index.head.statuses[id]]),
  };
  for (const name of FILTERS) {
    const others = FILTERS.filter((other) => other !== name);
    const options = new Map();
    for (const hit of mine.hits) for (const [value, label] of names[name](hit)) {
      const [, count] = options.get(value) ?? [label, 0];
      options.set(value, [label, count + passes(hit, others)]);
    }
    const chosen = fields[name].value;
    if (chosen && !options.has(chosen)) options.set(chosen, [fields[name].selectedOptions[0].textContent, 0]);
    const more = mine.done || mine.hits.length === mine.total ? "" : "+";
    fields[name].replaceChildren(fields[name].options[0], ...[...options].map(([value, [label, count]]) =>
      element("option", { value, selected: value === chosen }, `${label}（${count}${more}）`)));
  }
}

// The address tells query and filters, and is told them.
function remember(method) {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(chosen).toString();
  history[method](null, "", query ? `?${query}` : location.pathname);
}

function recall() {
  const address = new URLSearchParams(location.search);
  fields.q.value = address.get("q") ?? "";
  for (const name of FILTERS) {
    const value = address.get(name);
    fields[name].replaceChildren(fields[name].options[0]);
    if (value) fields[name].append(element("option", { value, selected: true }, value));
  }
  start(fields.q.value);
}

function forgetFilters() {
  for (const name of FILTERS) fields[name].value = "";
}

let pause;
fields.q.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(pause);
  pause = setTimeout(() => { forgetFilters(); remember("replaceState"); start(fields.q.value); }, PAUSE);
});
fields.q.addEventListener("compositionend", () => fields.q.dispatchEvent(new Event("input")));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  remember("pushState");
  start(fields.q.value);
});
for (const name of FILTERS) fields[name].addEventListener("change", () => {
  run.wanted = PAGE;
  remember("replaceState");
  proceed(run);
});
part("more").addEventListener("click", async () => {
  const before = part("results").querySelectorAll("a").length;
  run.wanted += PAGE;
  await proceed(run);
  // The button that had the focus may be gone: the reader goes on with the first new result.
  part("results").querySelectorAll("a")[before]?.focus();
});
part("retry").addEventListener("click", () => start(run.query));
addEventListener("popstate", recall);
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  fields.q.focus();
});

// The page has its own box, so the button in the header leads there.
document.querySelector("label.md-header__button[for=__search]")?.setAttribute("for", fields.q.id);
form.hidden = false;
recall();
// On a phone the results come first.
part("filters").open = matchMedia("(min-width: 60em)").matches || FILTERS.some((name) => fields[name].value);
