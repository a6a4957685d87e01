// The search worker behind Material's search box: exact substrings of the published sections.
//
// Material speaks four messages: it sends SETUP with search/search_index.json and gets READY, then
// sends QUERY with the text of the box and gets RESULT. The sections are fetched by the first query
// that is not empty, so a visit without a search loads none.
"use strict";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
const EXCERPT = 30; // characters shown before the first match, and thrice as many after it
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
  const words = [...new Set(query.split(/\s+/u).map((word) => fold(word).text).filter(Boolean))];
  if (!words.length) return [];
  try {
    loading ??= load();
    return search(await loading, words);
  } catch (error) {
    loading = undefined; // so that the next key tries again
    return [[result("", "搜索的数据没有取到", "请检查网络，再输入一次。", 0)]];
  }
}

async function load() {
  const response = await fetch(sectionsUrl);
  if (!response.ok) throw new Error(`${response.status} ${sectionsUrl}`);
  const notices = await response.json();
  for (const notice of notices) {
    notice.sections = notice.sections.map(([place, title, text, notes]) => ({
      place, title: fold(title), text: fold(text), notes: fold(notes),
    }));
  }
  return notices;
}

// What readers type and what was printed differ in width, case, quotes and stray spaces; none of it
// counts. `at` gives for each folded character its place in the original.
function fold(original) {
  let text = "";
  const at = [];
  for (let place = 0; place < original.length; place++) {
    let code = original.charCodeAt(place);
    if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
    const character = String.fromCharCode(code).toLowerCase();
    if (character === "\n" || !/[\s"'“”‘’「」]/u.test(character)) {
      text += character;
      at.push(place);
    }
  }
  at.push(original.length);
  return { original, text, at };
}

// In Material's form: a list per notice, its page first, then its sections, best first.
function search(notices, words) {
  const found = [];
  for (const notice of notices) {
    const hits = notice.sections
      .map((section) => ({ section, rank: rank(section, words) }))
      .filter((hit) => hit.rank > 0)
      .sort((a, b) => b.rank - a.rank); // stable: the order of the text among equals
    if (hits.length) found.push({ rank: hits[0].rank, list: list(notice, hits, words) });
  }
  return found.sort((a, b) => b.rank - a.rank).map((each) => each.list);
}

function list(notice, hits, words) {
  const sections = [];
  let page = result(notice.address, escape(notice.title), "", 0);
  for (const { section } of hits) {
    const title = mark(section.title, words, 0, section.title.original.length);
    const text = excerpt(section, words);
    if (section.place) {
      // Material folds away what scores less than the first, and Enter opens what scores most.
      const score = sections.length < SHOWN ? 1 : 0.5;
      sections.push(result(notice.address + section.place, title, text, score));
    } else {
      page = result(notice.address, title, text, sections.length ? 0 : 2);
    }
  }
  // Material takes the first address without "#" for the page, and the score of the very first
  // entry as the one to fold below.
  const anchored = sections.filter((entry) => entry.location.includes("#"));
  const others = sections.filter((entry) => !entry.location.includes("#"));
  return [...anchored, page, ...others];
}

function result(location, title, text, score) {
  return { location, title, text, score, terms: {} };
}

// 5 the number, 4 the whole title, 3 in the title, 2 at the start of a paragraph, 1 anywhere.
function rank({ place, title, text, notes }, words) {
  const all = words.join("");
  if (place === `#${all}`) return 5;
  const holds = (word) => title.text.includes(word) || text.text.includes(word) || notes.text.includes(word);
  if (!words.every(holds)) return 0;
  if (title.text === all) return 4;
  if (words.every((word) => title.text.includes(word))) return 3;
  return words.some((word) => `\n${text.text}`.includes(`\n${word}`)) ? 2 : 1;
}

function excerpt({ text, notes }, words) {
  const source = words.some((word) => text.text.includes(word)) ? text : notes;
  const places = words.map((word) => source.text.indexOf(word)).filter((place) => place >= 0);
  const first = places.length ? source.at[Math.min(...places)] : 0;
  const begin = Math.max(first - EXCERPT, 0);
  const end = Math.min(first + 3 * EXCERPT, source.original.length);
  const more = end < source.original.length ? "…" : "";
  return (begin ? "…" : "") + mark(source, words, begin, end) + more;
}

// Material inserts what it gets as HTML: everything is escaped, and only <mark> is markup.
function mark({ original, text, at }, words, begin, end) {
  const spans = words.flatMap((word) => {
    const starts = [];
    for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, place + word.length)) starts.push(place);
    return starts.map((start) => [at[start], at[start + word.length - 1] + 1]);
  }).sort((a, b) => a[0] - b[0]);
  let html = "";
  let done = begin;
  for (const [start, stop] of spans) {
    if (start < done || stop > end) continue;
    html += `${escape(original.slice(done, start))}<mark data-md-highlight>${escape(original.slice(start, stop))}</mark>`;
    done = stop;
  }
  return html + escape(original.slice(done, end));
}

function escape(text) {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}
