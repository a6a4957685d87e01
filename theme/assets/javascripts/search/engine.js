// Finds the sections that hold the words of a query: exactly those, best first.
"use strict";

const FILES_AT_ONCE = 4; // of texts: as many as the first results may wait for
const FILES_FOR_NEAREST = 16;

class SearchEngine { // eslint-disable-line no-unused-vars
  constructor(index) {
    this.index = index;
  }

  // Yields {kind, hits, lost, total} as the texts come in. Of kind "all" are sections that hold all
  // words; of kind "notice" those that hold some, while other sections of their notice hold the
  // others; when there are none of either, "some" hold some of the words and "near" one that
  // differs in a character. `lost` is how many sections could not be read. `total` is how many hits
  // there are in all, as soon as that is known.
  async *search(query) {
    if (!query.trim()) return; // and fetch nothing
    await this.index.open();
    const words = wordsOf(query, this.index.fold);
    if (!words.length) return;
    const holders = await Promise.all(words.map((word) => this.index.holders(word)));
    const notices = new Set(); // that have a hit
    let lost = 0;
    const counted = function* (batch) {
      for (const hit of batch.hits) notices.add(hit.section.notice);
      lost += batch.lost;
      yield batch;
    };
    for await (const batch of this.inSection(words, holders)) yield* counted(batch);
    if (words.length > 1) for await (const batch of this.inNotice(words, holders, notices)) yield* counted(batch);
    if (notices.size || lost) return;
    yield words.length > 1 ? await this.some(words, holders) : await this.near(words[0]);
  }

  async *inSection(words, holders) {
    const all = holders.map((each) => each.sections).reduce(common);
    const titled = new Set(holders.map((each) => each.titled).reduce(common));
    const order = [...titled, ...all.filter((number) => !titled.has(number))];
    // What two characters are listed for is sure to hold them.
    const sure = this.index.head.buckets > 0 && words.length === 1 && [...words[0]].length === 2;
    let left = order.length, found = 0;
    for (const wanted of this.byFiles(order, FILES_AT_ONCE)) {
      const { sections, lost } = await this.index.read(wanted);
      const hits = sections.filter((section) => words.every((word) => holds(section, word)));
      left -= wanted.length;
      found += hits.length;
      yield batch("all", hits, words, lost, sure ? all.length : left || words.length > 1 ? undefined : found);
    }
  }

  // `except` are the notices that need not be looked at; it may grow meanwhile.
  async *inNotice(words, holders, except) {
    const held = holders.map(({ sections }) => [...new Set(sections.map((number) => this.index.noticeOf(number)))]);
    const any = new Set(holders.flatMap(({ sections }) => sections));
    for (const notice of held.reduce(common)) {
      if (except.has(notice)) continue;
      const wanted = this.index.sectionsOf(notice).filter((number) => any.has(number));
      const { sections, lost } = await this.index.read(wanted);
      const all = words.every((word) => sections.some((section) => holds(section, word)));
      const hits = all ? sections.filter((section) => words.some((word) => holds(section, word))) : [];
      yield batch("notice", hits, words, lost);
    }
  }

  // Sections that hold as many of the words as any of those that were looked at.
  async some(words, holders) {
    const counts = new Map();
    for (const { sections } of holders) for (const number of sections) counts.set(number, (counts.get(number) ?? 0) + 1);
    const order = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
    const { sections, lost } = await this.readFirst(order);
    const held = (section) => words.filter((word) => holds(section, word)).length;
    const most = Math.max(0, ...sections.map(held));
    return batch("some", most ? sections.filter((section) => held(section) === most) : [], words, lost);
  }

  // Sections in which one character is another one, or is missing, or one too many.
  async near(word) {
    const characters = [...word];
    if (characters.length < 3) return batch("near", [], [word], 0);
    const cuts = characters.map((_, place) => [characters.slice(0, place), characters.slice(place + 1)]);
    const found = new Set();
    for (const cut of cuts) {
      const parts = cut.map((part) => part.join("")).filter((part) => [...part].length > 1);
      const held = await Promise.all(parts.map((part) => this.index.holders(part)));
      if (held.length) for (const number of held.map((each) => each.sections).reduce(common)) found.add(number);
    }
    const { sections, lost } = await this.readFirst([...found].sort((a, b) => a - b));
    const patterns = characters.map((character, place) => {
      const [before, after] = cuts[place].map((part) => escapePattern(part.join("")));
      return `${before}.?${after}|${before}.${escapePattern(character)}${after}`;
    });
    const pattern = new RegExp(patterns.join("|"), "gsu");
    return batch("near", sections.filter((section) => count(section, pattern) > 0), [pattern], lost);
  }

  readFirst(order) {
    const [first = []] = this.byFiles(order, FILES_FOR_NEAREST);
    return this.index.read(first);
  }

  // Parts of `order` that stand in a few files each. A site without an index is read as a whole.
  *byFiles(order, most) {
    const limit = this.index.head.buckets ? most : Infinity;
    let part = [], files = new Set();
    for (const number of order) {
      const file = this.index.fileOf(number);
      if (files.size === limit && !files.has(file)) {
        yield part;
        part = [];
        files = new Set();
      }
      files.add(file);
      part.push(number);
    }
    if (part.length) yield part;
  }
}

function batch(kind, sections, needles, lost, total) {
  const hits = sections.map((section) => ({ kind, section, needles, ...worth(section, needles) }));
  // The newest has the least number.
  hits.sort((a, b) => b.rank - a.rank || b.density - a.density || a.section.number - b.section.number);
  return { kind, hits, lost, total };
}

function holds({ title, body, notes }, word) {
  return body.text.includes(word) || title.text.includes(word) || notes.text.includes(word);
}

function count({ title, body, notes }, needle) {
  return [title, body, notes].reduce((sum, field) => sum + findAll(field.text, [needle]).length, 0);
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
