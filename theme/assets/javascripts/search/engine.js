// Finds the sections that hold the words of a query: exactly those, best first.
"use strict";

const FILES_AT_ONCE = 4; // of texts: as many as the first results may wait for
const FILES_OF_TITLES = 12; // so that the best of them comes first
const FILES_FOR_NEAREST = 16;
const LONGEST_NEAR = 24; // characters: the pattern grows with their square

class SearchEngine {
  constructor(index) {
    this.index = index;
    this.kinder = new Kinder(this);
  }

  // Yields {kind, hits, lost, total, partial} as the texts come in. Of kind "all" are sections that hold all
  // words; of kind "notice" those that hold some, while other sections of their notice hold the
  // others; of kind "number" the section that has it. When there are none, and after them when the
  // query may be spelled, come those that are found in kinder ways (kinder.js), each of which says
  // `why`; "some" hold some of the words. `lost` are the numbers of sections that could not be read,
  // `total` is how many hits there are in all, as soon as that is known. Of what is found in a kinder
  // way only the first are looked for, which is `partial` when there may be others.
  async *search(query) {
    if (!query.trim()) return; // and fetch nothing
    await this.index.open();
    const words = wordsOf(query, this.index.fold);
    if (!words.length) return;
    const holders = await Promise.all(words.map((word) => this.index.holders(word)));
    const notices = new Set(); // that have a hit
    const shown = new Set(); // the numbers of sections
    let lost = 0;
    const counted = function* (batch) {
      batch.hits = batch.hits.filter(({ section }) => !shown.has(section.number));
      for (const { section } of batch.hits) {
        notices.add(section.notice);
        shown.add(section.number);
      }
      lost += batch.lost.length;
      yield batch;
    };
    const number = numberIn(query, this.index.fold);
    // Parts of a number say little by themselves.
    const byNumber = number && !words.includes(number) ? async function* (engine) {
      for await (const batch of engine.numbered(number)) yield* counted(batch);
    } : async function* () {};
    if (words.length > 1 || isSpaced(query)) yield* byNumber(this);
    for await (const batch of this.inSection(words, holders)) yield* counted(batch);
    if (words.length > 1) for await (const batch of this.inNotice(words, holders, notices)) yield* counted(batch);
    if (lost) return;
    if (words.length === 1) yield* byNumber(this);
    if (notices.size && !words.every((word) => SPELLED.test(word))) return;
    for await (const batch of this.kinder.search(query, words)) {
      const hits = batch.hits.filter(({ section }) => !shown.has(section.number));
      if (hits.length || !notices.size) yield { ...batch, hits };
    }
  }

  // The sections of a number.
  async *numbered(number) {
    if (!this.index.head.buckets) { // where all is read, a part that does not say its number, too
      const own = (await this.kinder.all()).filter(({ place }) => place === `#${number}`);
      const { hits } = batch("number", own, [number], []);
      yield { kind: "number", hits: hits.map((hit) => ({ ...hit, why: `编号${number}` })), lost: [], total: undefined };
      return;
    }
    for await (const batch of this.inSection([number], [await this.index.holders(number)])) {
      const hits = batch.hits.filter(({ section }) => section.place === `#${number}`);
      yield { ...batch, kind: "number", hits: hits.map((hit) => ({ ...hit, kind: "number", why: `编号${number}` })), total: undefined };
    }
  }

  async *inSection(words, holders) {
    const candidates = this.candidates(holders);
    // What two characters are listed for is sure to hold them.
    const sure = this.index.head.buckets > 0 && words.length === 1 && [...words[0]].length === 2;
    let found = 0, kept = []; // notices as a whole wait for a part of one
    for await (const { part, isLast } of this.titlesFirst(candidates)) {
      const { sections, lost } = await this.index.read(part);
      const hits = sections.filter((section) => words.every((word) => holds(section, word)));
      found += hits.length;
      const known = sure ? candidates.sections.length : !isLast || words.length > 1 ? undefined : found;
      const made = batch("all", hits, words, lost, known);
      kept.push(...made.hits);
      if (kept.every(isWhole) && !isLast) {
        yield { ...made, hits: [] };
        continue;
      }
      yield { ...made, hits: kept.sort((a, b) => isWhole(a) - isWhole(b)) };
      kept = [];
    }
    if (kept.length) yield { ...batch("all", [], words, []), hits: kept };
  }

  // What may hold all that each of `holders` may: sections or, where only single characters are
  // looked for, notices.
  candidates(holders) {
    const listed = holders.filter(({ sections }) => sections);
    const among = holders.filter(({ notices }) => notices).map(({ notices }) => notices);
    if (!listed.length) return { notices: among.reduce(common) };
    const sets = among.map((notices) => new Set(notices));
    const all = listed.map(({ sections }) => sections).reduce(common);
    return {
      sections: all.filter((number) => sets.every((notices) => notices.has(this.index.noticeOf(number)))),
      // Which titles hold a single character is not known beforehand.
      titled: sets.length ? [] : listed.map(({ titled }) => titled).reduce(common),
    };
  }

  // Parts of the candidates, those in titles before the others; of single characters the best of a
  // part is first.
  async *titlesFirst({ sections, titled, notices }) {
    if (notices) {
      yield* this.byNotices(notices);
      return;
    }
    const first = new Set(titled);
    const others = sections.filter((number) => !first.has(number));
    for await (const each of this.byFiles(titled, FILES_OF_TITLES)) {
      yield { ...each, isLast: each.isLast && !others.length };
    }
    yield* this.byFiles(others, FILES_AT_ONCE);
  }

  // `except` are the notices that need not be looked at; it may grow meanwhile.
  async *inNotice(words, holders, except) {
    const held = holders.map(({ sections, notices }) => notices ?? this.noticesOf(sections));
    const any = holders.some(({ notices }) => notices) ? undefined
      : new Set(holders.flatMap(({ sections }) => sections));
    for (const notice of held.reduce(common)) {
      if (except.has(notice)) continue;
      await this.index.know([notice]);
      const wanted = this.index.sectionsOf(notice).filter((number) => any?.has(number) ?? true);
      const { sections, lost } = await this.index.read(wanted);
      const all = words.every((word) => sections.some((section) => holds(section, word)));
      const hits = all ? sections.filter((section) => words.some((word) => holds(section, word))) : [];
      yield batch("notice", hits, words, lost);
    }
  }

  // Sections that hold as many of the words as any of those that were looked at.
  async some(words, holders) {
    const counts = new Map();
    const parts = await Promise.all(holders.map((each) => this.newest(each)));
    for (const { sections } of parts) for (const number of sections) counts.set(number, (counts.get(number) ?? 0) + 1);
    const order = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || this.older(a, b));
    const { sections, lost, partial } = await this.readFirst(order);
    const held = (section) => words.filter((word) => holds(section, word)).length;
    const most = Math.max(0, ...sections.map(held));
    const hits = most ? sections.filter((section) => held(section) === most) : [];
    return { ...batch("some", hits, words, lost), partial: partial || parts.some((each) => each.partial) };
  }

  // The sections of what may hold something; of notices only those of the newest, which is `partial`.
  async newest({ sections, notices }) {
    if (sections) return { sections, partial: false };
    const first = notices.slice(0, FILES_FOR_NEAREST);
    await this.index.know(first);
    const found = first.flatMap((notice) => this.index.sectionsOf(notice));
    return { sections: found, partial: first.length < notices.length };
  }

  // Orders sections: those of newer notices first.
  older(a, b) {
    return this.index.noticeOf(b) - this.index.noticeOf(a) || a - b;
  }

  noticesOf(sections) {
    return [...new Set(sections.map((number) => this.index.noticeOf(number)))];
  }

  async readFirst(order) {
    const { value } = await this.byFiles(order, FILES_FOR_NEAREST).next();
    const { part, isLast } = value ?? { part: [], isLast: true };
    return { ...await this.index.read(part), partial: !isLast };
  }

  // Parts of `order` that stand in a few files each, and whether it is the last. A site without an
  // index is read as a whole.
  async *byFiles(order, most) {
    const limit = this.index.head.buckets ? most : Infinity;
    for (let start = 0, end; start < order.length; start = end) {
      await this.index.know(this.firstNotices(order, start, limit + 1));
      const files = new Set();
      for (end = start; end < order.length; end++) {
        const file = this.index.fileOf(order[end]);
        if (files.size === limit && !files.has(file)) break;
        files.add(file);
      }
      yield { part: order.slice(start, end), isLast: end === order.length };
    }
  }

  // The same for all sections of notices.
  async *byNotices(notices) {
    for (let start = 0; start < notices.length; start += FILES_AT_ONCE) {
      const some = notices.slice(start, start + FILES_AT_ONCE);
      await this.index.know(some);
      const sections = some.flatMap((notice) => this.index.sectionsOf(notice));
      for await (const { part, isLast } of this.byFiles(sections, FILES_AT_ONCE)) {
        yield { part, isLast: isLast && start + FILES_AT_ONCE >= notices.length };
      }
    }
  }

  // So many notices of the sections from `start` on.
  firstNotices(order, start, count) {
    const notices = new Set();
    for (let place = start; place < order.length && notices.size < count; place++) {
      notices.add(this.index.noticeOf(order[place]));
    }
    return [...notices];
  }
}

function batch(kind, sections, needles, lost, total) {
  const hits = sections.map((section) => ({ kind, section, needles, ...worth(section, needles) }));
  // The newer a notice, the greater its number.
  const newer = (a, b) => b.section.notice - a.section.notice || a.section.number - b.section.number;
  hits.sort((a, b) => isWhole(a) - isWhole(b) || b.rank - a.rank || isItem(b) - isItem(a) || b.density - a.density || newer(a, b));
  return { kind, hits, lost, total };
}

function holds({ title, body, notes }, word) {
  return body.text.includes(word) || title.text.includes(word) || notes.text.includes(word);
}

// Whether a hit is a notice as a whole, or its list, and no part of it: such a one comes after those
// parts, but when the query is its title.
function isWhole({ section, rank }) {
  return !section.place.includes("#") && rank < 4;
}

// Whether a hit is an item that has the query in its title: such a one comes before what it stands in.
function isItem({ section, rank }) {
  return rank > 2 && Boolean(section.status);
}

// 5 its number, 4 its whole title, 3 all in its title, 2 where a measure begins, 1 anywhere else.
function worth({ place, title, body, openings }, needles) {
  const spans = findAll(body.text, needles);
  const density = spans.reduce((sum, [start, end]) => sum + end - start, 0) / (body.text.length || 1);
  const words = needles.filter((needle) => typeof needle === "string");
  const whole = words.join("");
  const rank = place === `#${whole}` ? 5
    : title.text === whole ? 4
    : words.length && words.every((word) => title.text.includes(word)) ? 3
    : spans.some(([start]) => openings.has(start)) ? 2
    : 1;
  return { rank, density };
}

function escapePattern(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
