// The search worker behind Material's search box: exact substrings of the published sections.
//
// Material speaks four messages: it sends SETUP with search/search_index.json and gets READY, then
// sends QUERY with the text of the box and gets RESULT. The sections are fetched by the first query
// that is not empty, so a visit without a search loads none.
"use strict";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
const EXCERPT = 30; // characters shown on either side of the first match
const SHOWN = 5; // sections of a notice shown before "more"

let sectionsUrl;
let loading;
let latest = 0;

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) {
    // This script stands in <site>/assets/javascripts/workers/.
    sectionsUrl = new URL(`../../../search/${data.config.sections}`, self.location);
    postMessage({ type: READY });
  } else if (type === QUERY) {
    const turn = ++latest;
    const items = await answer(data);
    // An answer that comes after a newer question would show the wrong list.
    if (turn === latest) postMessage({ type: RESULT, data: { items } });
  }
});

async function answer(query) {
  const words = [...new Set(fold(query).split(/\s+/u).filter(Boolean))];
  if (!words.length) return [];
  try {
    loading ??= load();
    return search(await loading, words);
  } catch (error) {
    loading = undefined; // so that the next key tries again
    return [[{ location: "", title: "搜索的数据没有取到", text: "请检查网络，再输入一次。", score: 0, terms: {} }]];
  }
}

async function load() {
  const response = await fetch(sectionsUrl);
  if (!response.ok) throw new Error(`${response.status} ${sectionsUrl}`);
  const notices = await response.json();
  for (const notice of notices) {
    notice.sections = notice.sections.map(([anchor, title, text]) => ({
      anchor, title, text, foldedTitle: fold(title), foldedText: fold(text),
    }));
  }
  return notices;
}

// Full-width to half-width and upper to lower case, one character for one, so that places in the
// folded text are places in the text.
function fold(text) {
  return text.replace(/[\u3000\uff01-\uff5eA-Z]/gu, (character) => {
    const code = character.charCodeAt(0);
    if (code === 0x3000) return " ";
    return String.fromCharCode(code > 0xff00 ? code - 0xfee0 : code).toLowerCase();
  });
}

// In Material's form: a list per notice, its page among its sections, best first.
function search(notices, words) {
  const found = [];
  for (const notice of notices) {
    const hits = notice.sections
      .map((section) => ({ section, rank: rank(section, words) }))
      .filter((hit) => hit.rank > 0)
      .sort((a, b) => b.rank - a.rank); // stable: the order of the text among equals
    if (hits.length) found.push({ rank: hits[0].rank, entries: entries(notice, hits, words) });
  }
  return found.sort((a, b) => b.rank - a.rank).map((each) => each.entries);
}

function entries(notice, hits, words) {
  const page = { location: notice.address, title: escape(notice.title), text: "", score: 1, terms: {} };
  const list = [];
  for (const { section } of hits) {
    const text = excerpt(section, words);
    if (!section.anchor) page.text = text; // the preamble: it belongs to the page as a whole
    else list.push({
      location: `${notice.address}#${section.anchor}`,
      title: mark(section.title, words),
      text,
      score: list.length < SHOWN ? 1 : 0, // Material folds away what scores less than the first
      terms: {},
    });
  }
  return [...list, page];
}

// 4 the whole title, 3 in the title, 2 at the start of a measure or paragraph, 1 anywhere, 0 nowhere.
function rank({ foldedTitle, foldedText }, words) {
  const holds = words.every((word) => foldedTitle.includes(word) || foldedText.includes(word));
  if (!holds) return 0;
  if (foldedTitle === words.join(" ")) return 4;
  if (words.every((word) => foldedTitle.includes(word))) return 3;
  return words.some((word) => foldedText.startsWith(word) || foldedText.includes(`\n${word}`)) ? 2 : 1;
}

function excerpt({ text, foldedText }, words) {
  const places = words.map((word) => foldedText.indexOf(word)).filter((place) => place >= 0);
  const first = places.length ? Math.min(...places) : 0;
  const begin = Math.max(first - EXCERPT, 0);
  const end = Math.min(first + 3 * EXCERPT, text.length);
  return (begin ? "…" : "") + mark(text.slice(begin, end), words) + (end < text.length ? "…" : "");
}

// Material inserts what it gets as HTML: everything is escaped, and only <mark> is markup.
function mark(text, words) {
  const folded = fold(text);
  const spans = words.flatMap((word) => {
    const starts = [];
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) starts.push(at);
    return starts.map((start) => [start, start + word.length]);
  }).sort((a, b) => a[0] - b[0]);
  let html = "";
  let done = 0;
  for (const [start, end] of spans) {
    if (start < done) continue;
    html += `${escape(text.slice(done, start))}<mark data-md-highlight>${escape(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escape(text.slice(done));
}

function escape(text) {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
