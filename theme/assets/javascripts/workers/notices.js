// The search worker behind Material's search box.
//
// Material speaks four messages: it sends SETUP and gets READY, then sends QUERY with the text of the
// box and gets RESULT, any number of them: each takes the place of the one before. late.js makes this
// worker when the box is used; nothing more is fetched until there is a query.
"use strict";

importScripts("../search/fold.js", "../search/files.js", "../search/index.js", "../search/engine.js", "../search/results.js");

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
const PAUSE = 30; // milliseconds in which the next key may come
const ENOUGH = 10; // hits for a box; the search page has all
const NOTICES = 9; // Material shows ten entries at once, the last leads to the search page
const SHOWN = 5; // sections of a notice shown before "more"

let engine;
let latest = 0;

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    // This script stands in <site>/assets/<digest>/javascripts/workers/.
    const files = new SearchFiles(new URL("../../../../search/", self.location));
    engine = new SearchEngine(new SearchIndex(files, data.config?.head));
    postMessage({ type: READY });
  } else if (type === QUERY) {
    const turn = ++latest;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    // An answer that comes after a newer question would show the wrong list.
    const show = (items) => postMessage({ type: RESULT, data: { items } });
    await answer(data.trim(), show, () => turn === latest);
  }
});

async function answer(query, show, current, again = false) {
  const hits = [];
  const lost = new Set();
  let items = [];
  try {
    if (!current()) return;
    for await (const batch of engine.search(query)) {
      if (!current()) return;
      hits.push(...batch.hits);
      for (const number of batch.lost) lost.add(number);
      items = list(query, hits, lost.size > 0);
      if (hits.length) show(items);
      if (hits.length >= ENOUGH) return;
    }
  } catch {
    lost.add("all");
    items = [[message(query, "搜索的数据没有取到", "请检查网络，再输入一次；或者点这里重试。")]];
  }
  const stale = engine.index.isStale();
  if (lost.size) engine.index.forget();
  if (stale && !again && current()) return answer(query, show, current, true);
  if (current()) show(items);
}

// In Material's form: a list per notice, its page first, then its sections, best first.
function list(query, hits, lost) {
  const notices = new Map();
  for (const hit of hits) notices.set(hit.section.notice, [...notices.get(hit.section.notice) ?? [], hit]);
  const [kind] = hits.map((hit) => hit.kind);
  const shown = [...notices.values()].slice(0, NOTICES).map((own) => entries(query, own));
  if (kind === "some") shown.unshift([message(query, "没有一处写有全部这些词", "下面是写有其中一些词的地方。")]);
  if (kind === "near") shown.unshift([message(query, "没有找到完全相同的字句", "下面是只差一个字的地方。")]);
  if (kind === "notice") shown.unshift([message(query, "没有一节写有全部这些词", "下面的通报在不同的节里写有这些词。")]);
  if (lost) shown.unshift([message(query, "有一部分数据没有取到", "结果可能不全。请检查网络，点这里重试。")]);
  if (hits.length) shown.push([message(query, "查看全部结果", "可以按通报、部分和状态筛选。")]);
  return shown;
}

function entries(query, hits) {
  const { of } = hits[0].section;
  const sections = [];
  let page = result(of.address, escape(of.title), "", 0);
  for (const hit of hits) {
    const title = html(titleOf(hit)), text = html([...excerptOf(hit), [` ${lackOf(hit)}`, false]]);
    const address = addressOf(hit, query);
    if (hit.section.place) {
      // Material folds away what scores less than the first, and Enter opens what scores most.
      sections.push(result(address, title, text, sections.length < SHOWN ? 1 : 0.5));
    } else {
      page = result(address, title, text, sections.length ? 0 : 2);
    }
  }
  // Material takes the first address without "#" for the page, and the score of the very first
  // entry as the one to fold below.
  const anchored = sections.filter((entry) => entry.location.includes("#"));
  const others = sections.filter((entry) => !entry.location.includes("#"));
  return [...anchored, page, ...others];
}

function message(query, title, text) {
  return result(`search/?q=${encodeURIComponent(query)}`, title, text, 0);
}

function result(location, title, text, score) {
  return { location, title, text, score, terms: {} };
}

// Material inserts what it gets as HTML: everything is escaped, and only <mark> is markup.
function html(parts) {
  return parts.map(([text, found]) => found ? `<mark data-md-highlight>${escape(text)}</mark>` : escape(text)).join("");
}

function escape(text) {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
