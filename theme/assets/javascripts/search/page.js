// The search page: all results of a query, with filters. The query and the filters stand in the
// address, so that a search can be linked to.
"use strict";

const PAUSE = 200; // milliseconds in which the next key may come
const PAGE = 20; // results shown before "more"
const STEPS = 25; // batches read before the reader is asked whether to go on
const FEW_STEPS = 3; // the same for a single character, which half of an archive may have
const NEAR_TITLES = 5;

const view = document.querySelector("[data-search]");
const form = view.querySelector("form");
const fields = form.elements;
const FILTERS = ["notice", "group", "status"];
const FORMER = { group: "aspect" }; // what a filter is called in links that people keep
const part = (name) => view.querySelector(`[data-search-${name}]`);

const folder = new URL(view.dataset.search, location.href);
const base = new URL("../", folder);
const index = new SearchIndex(new SearchFiles(folder));
const engine = new SearchEngine(index);

let run; // the search that is shown
let drawn = []; // the hits in the list

function start(query, again = false, wanted = PAGE) {
  run = {
    again, query, batches: engine.search(query), hits: [], lost: new Set(), total: undefined, partial: false,
    asked: false, done: false, failed: false, wanted,
  };
  return proceed(run);
}

// Reads on until as many hits as are wanted pass the filters, or the reader should say whether to.
async function proceed(mine) {
  render(mine, true);
  try {
    const steps = [...mine.query.trim()].length > 1 ? STEPS : FEW_STEPS;
    for (let step = 0; step < steps && !mine.done && passing(mine).length < mine.wanted; step++) {
      const { value, done } = await mine.batches.next();
      if (mine !== run) return;
      mine.done = done;
      if (done) break;
      mine.hits.push(...value.hits);
      for (const number of value.lost) mine.lost.add(number);
      mine.total ??= value.total;
      mine.partial ||= value.partial === true;
      mine.asked = true;
      render(mine, true);
    }
  } catch {
    if (mine !== run) return;
    mine.failed = mine.done = mine.asked = true;
  }
  if (index.isStale() && !mine.again) {
    index.forget();
    return start(mine.query, true, mine.wanted);
  }
  render(mine, false);
}

const tests = {
  notice: ({ section }, value) => section.of.address === value,
  group: ({ section }, value) => groupOf(section) === value,
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

// The same words head groups of different notices.
function groupOf({ of, group }) {
  return group && `${of.address} ${group}`;
}

function render(mine, busy) {
  const shown = passing(mine);
  draw(mine, shown.slice(0, mine.wanted));
  fillFilters(mine);
  part("titles").hidden = busy ? mine.query.trim() !== "" : mine.asked;
  part("filters").hidden = !mine.hits.length;
  showNothing(mine, !busy && mine.done && mine.asked && !mine.failed && !mine.lost.size && !mine.hits.length);
  part("more").hidden = busy || mine.failed || (isRead(mine) && shown.length <= mine.wanted);
  part("note").hidden = isComplete(mine);
  part("fault").hidden = busy || !(mine.failed || mine.lost.size);
  part("fault-text").textContent = mine.failed ? "搜索的数据没有取到，请检查网络。"
    : "有一部分数据没有取到，下面的结果可能不全，请检查网络。";
  part("count").value = summary(mine, shown, busy);
}

// Where nothing is found: what to try, whom to call, and the titles that have most in common with it.
function showNothing({ query }, nothing) {
  part("nothing").hidden = !nothing;
  if (!nothing) return;
  const signs = [...new Set(index.fold(query).text)].filter((sign) => WORD.test(sign) && !FILLING.test(sign));
  const links = [...part("titles").querySelectorAll("a")].map((link) => {
    const title = index.fold(link.textContent).text;
    return [signs.filter((sign) => title.includes(sign)).length, link];
  });
  const near = links.filter(([shared]) => shared > 1).sort(([a], [b]) => b - a).slice(0, NEAR_TITLES);
  part("near").hidden = !near.length;
  part("near").querySelector("ol").replaceChildren(...near.map(([, link]) => element("li", {}, link.cloneNode(true))));
}

function summary(mine, shown, busy) {
  if (!mine.query.trim() || mine.failed || (mine.done && !mine.asked)) return "";
  const [first] = mine.hits;
  if (!first) return busy ? "正在查找……" : mine.lost.size ? "" : `没有找到“${mine.query.trim()}”`;
  const notices = new Set(shown.map((hit) => hit.section.notice)).size;
  const filtered = shown.length < mine.hits.length;
  const complete = isComplete(mine);
  const count = filtered || complete || mine.total === undefined ? shown.length : mine.total;
  const least = complete || (!filtered && mine.total !== undefined && !mine.lost.size) ? "" : "至少";
  if (first.kind !== "all") return `${KINDS[first.kind]}（${least}${count}处）`;
  const where = notices > 1 && complete ? `，在${notices}份通报中` : "";
  return `${busy ? "正在查找，已" : ""}找到${least}${count}处${where}`;
}

// Whether all texts that may hold hits have been asked for; and whether all have come.
function isRead(mine) {
  return mine.done || mine.hits.length === mine.total;
}

function isComplete(mine) {
  return isRead(mine) && !mine.lost.size && !mine.partial;
}

// Adds what is new, so that the reader keeps the place where he is in the list.
function draw(mine, hits) {
  const goesOn = drawn.length > 0 && drawn.every((hit, place) => hit === hits[place]);
  const added = items(mine, goesOn ? hits.slice(drawn.length) : hits, goesOn ? drawn[drawn.length - 1].kind : hits[0]?.kind);
  if (goesOn) part("results").append(...added); else part("results").replaceChildren(...added);
  drawn = hits;
}

// `kind` is that of the hit before; another one begins with a heading.
function items(mine, hits, kind) {
  return hits.flatMap((hit) => {
    const heading = hit.kind === kind ? [] : [element("li", { className: "found__kind" }, KINDS[kind = hit.kind])];
    return [...heading, item(mine.query, hit)];
  });
}

function item(query, hit) {
  const { of, group, status, measureStatuses } = hit.section;
  const label = (id) => index.head.statuses[id];
  const link = element("a", { href: new URL(addressOf(hit, query), base) },
    element("span", {}, ...marked(titleOf(hit)))); // one piece, which a tall link does not part
  const measures = measureStatuses.length ? `（措施有：${measureStatuses.map(label).join("、")}）` : "";
  const excerpt = excerptOf(hit);
  const isOne = !index.head.buckets && index.notices.size === 1; // then its title says nothing
  const where = [lackOf(hit), isOne ? "" : of.title, group, status && `${label(status)}${measures}`].filter(Boolean);
  return element("li", { className: "found__hit" },
    element("h2", { className: "found__title" }, link),
    ...where.length ? [element("p", { className: "found__where" }, where.join(" · "))] : [],
    ...excerpt.length ? [element("p", {}, ...marked(excerpt))] : []);
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
    group: ({ section }) => section.group ? [[groupOf(section), section.group]] : [],
    status: ({ section }) => statusesOf(section).map((id) => [id, index.head.statuses[id]]),
  };
  for (const name of FILTERS) {
    if (fields[name] === document.activeElement && fields[name].options.length > 1) continue;
    const others = FILTERS.filter((other) => other !== name);
    const options = new Map();
    for (const hit of mine.hits) for (const [value, label] of names[name](hit)) {
      const [, count] = options.get(value) ?? [label, 0];
      options.set(value, [label, count + passes(hit, others)]);
    }
    const chosen = fields[name].value;
    if (chosen && !options.has(chosen)) options.set(chosen, [labelOf(name, chosen), 0]);
    const more = isComplete(mine) ? "" : "+";
    fields[name].replaceChildren(fields[name].options[0], ...[...options].map(([value, [label, count]]) =>
      element("option", { value, selected: value === chosen }, `${label}（${count}${more}）`)));
  }
}

// What a filter that is linked to is called, even when nothing passes it.
function labelOf(name, value) {
  const statuses = index.head?.statuses ?? {};
  return (name === "status" && Object.prototype.hasOwnProperty.call(statuses, value) && statuses[value]) || value.split(" ").slice(-1)[0];
}

// The address tells query and filters, and is told them.
function addressed() {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  return new URLSearchParams(chosen).toString();
}

function remember(method) {
  const query = addressed();
  if (query === new URLSearchParams(location.search).toString()) return;
  history[method](null, "", query ? `?${query}` : location.pathname);
}

// Where a reader was who comes back: how many results were shown, and which place of the page. It
// stands in the history, which is there when nothing may be stored.
function leave() {
  history.replaceState({ wanted: run.wanted, scroll: scrollY, open: part("filters").open }, "");
}

// A query that is being typed has one entry in the history, and becomes the one that is asked.
let typing = false;
function rememberQuery(asked) {
  if (fields.q.value !== run.query) forgetFilters();
  remember(typing ? "replaceState" : "pushState");
  typing = !asked;
}

async function recall(state) {
  const address = new URLSearchParams(location.search);
  typing = false;
  fields.q.value = address.get("q") ?? "";
  for (const name of FILTERS) {
    const value = address.get(name) ?? address.get(FORMER[name]);
    fields[name].replaceChildren(fields[name].options[0]);
    if (value) fields[name].append(element("option", { value, selected: true }, value));
  }
  await start(fields.q.value, false, state?.wanted);
  if (!state) return;
  part("filters").open = state.open;
  scrollTo(0, state.scroll);
}

function forgetFilters() {
  for (const name of FILTERS) fields[name].value = "";
}

let pause;
fields.q.addEventListener("input", (event) => {
  if (event.isComposing) return;
  clearTimeout(pause);
  pause = setTimeout(() => { rememberQuery(false); start(fields.q.value); }, PAUSE);
});
fields.q.addEventListener("compositionend", () => fields.q.dispatchEvent(new Event("input")));
// The Enter that ends a composition is part of the word; Safari says so only by its code.
fields.q.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(pause);
  rememberQuery(true);
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
part("retry").addEventListener("click", () => {
  index.forget();
  fields.q.focus(); // the button goes away
  start(run.query);
});
// A link within the page is no other search.
addEventListener("popstate", ({ state }) => {
  if (new URLSearchParams(location.search).toString() !== addressed()) recall(state);
});
// The browser would look for the place before the results are there.
history.scrollRestoration = "manual";
addEventListener("pagehide", leave);
part("results").addEventListener("click", leave);
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  fields.q.focus();
});

form.hidden = false;
part("absent").hidden = true;
recall(history.state);
view.dataset.ready = ""; // what is shown now may be seen
// On a phone the results come first.
part("filters").open = matchMedia("(min-width: 60em)").matches || FILTERS.some((name) => fields[name].value);
