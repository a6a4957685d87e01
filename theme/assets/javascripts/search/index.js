// The index: which sections may hold a word, and the words of a section.
//
// Sections are numbered through, those of the newest notice first. See hooks/notices/search/.
"use strict";

const FEW = 6; // sections: so few are sooner tested than sorted out with more of the index
const PAIRS_AT_ONCE = 3;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const ORDINAL = /^[一二三四五六七八九十]+是/u;

class SearchIndex {
  constructor(files, headName) {
    this.files = files;
    this.headName = headName;
  }

  // Reads what every query needs.
  open() {
    this.opening ??= this.load();
    return this.opening;
  }

  // After a failure: looks the head up anew, since the site may have been published again.
  forget() {
    this.opening = this.headName = undefined;
    this.files.gone = false;
  }

  // Tells whether the site was published again, so that what is looked for has other names now.
  isStale() {
    return this.files.gone;
  }

  async load() {
    const head = await this.files.read(this.headName ?? await this.files.headName());
    this.fold = makeFold(await this.files.read(head.same));
    this.head = head;
    this.firsts = [0]; // the number of each notice's first section, and at last how many there are
    for (const count of head.sections) this.firsts.push(this.firsts[this.firsts.length - 1] + count);
    this.buckets = new Map();
    this.sections = new Map();
  }

  // The sections that may hold a folded word, and those that may have it in their title, both in
  // the order of their numbers. Without an index of pairs that is every section.
  async holders(word) {
    const characters = [...word];
    if (!this.head.buckets) return { sections: range(0, this.firsts[this.firsts.length - 1]), titled: [] };
    if (characters.length === 1) {
      const notices = (await this.lists(`${word} `)).sections;
      return { sections: notices.flatMap((notice) => this.sectionsOf(notice)), titled: [] };
    }
    const pairs = [...new Set(characters.slice(1).map((second, place) => characters[place] + second))];
    // First those that are three apart: they say most that the others do not.
    const order = [0, 1, 2].flatMap((start) => pairs.filter((_, place) => place % 3 === start));
    let sections, titled;
    for (let place = 0; place < order.length; place += PAIRS_AT_ONCE) {
      const found = await Promise.all(order.slice(place, place + PAIRS_AT_ONCE).map((pair) => this.lists(pair)));
      sections = [...sections ? [sections] : [], ...found.map((each) => each.sections)].reduce(common);
      titled = [...titled ? [titled] : [], ...found.map((each) => each.titled)].reduce(common);
      if (sections.length <= FEW) break;
    }
    return { sections, titled };
  }

  async lists(key) {
    const [first, second] = [...key].map((character) => character.codePointAt(0));
    const number = (first * 2999 + (second === 32 ? 0 : second)) % this.head.buckets;
    const bucket = this.buckets.get(number) ?? await this.bucket(number);
    const [sections, titled = ""] = (bucket.get(key) ?? "").split(" ");
    return { sections: numbers(sections), titled: numbers(titled) };
  }

  async bucket(number) {
    const [keys, lists] = await this.files.read(`pairs/${this.head.pairs}/${number}.js`);
    const characters = [...keys];
    const bucket = new Map(lists.split(",").map((list, place) => [characters.slice(2 * place, 2 * place + 2).join(""), list]));
    this.buckets.set(number, bucket);
    return bucket;
  }

  noticeOf(section) {
    let low = 0, high = this.head.sections.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.firsts[middle] <= section) low = middle; else high = middle - 1;
    }
    return low;
  }

  sectionsOf(notice) {
    return range(this.firsts[notice], this.firsts[notice + 1]);
  }

  fileOf(section) {
    const notice = this.noticeOf(section);
    const size = this.head.sectionsInFile || Infinity;
    return `texts/${this.head.texts[notice]}.${Math.floor((section - this.firsts[notice]) / size)}.js`;
  }

  // The sections of these numbers, and the numbers of those that could not be read.
  async read(wanted) {
    const files = [...new Set(wanted.map((number) => this.fileOf(number)))];
    await Promise.allSettled(files.map((file) => this.readFile(file)));
    const sections = wanted.map((number) => this.sections.get(number)).filter(Boolean);
    return { sections, lost: wanted.filter((number) => !this.sections.has(number)) };
  }

  async readFile(file) {
    const { address, title, sections } = await this.files.read(file);
    const [, name, part] = file.match(/^texts\/(\w+)\.(\d+)\.js$/);
    const notice = this.head.texts.indexOf(name);
    const first = this.firsts[notice] + part * this.head.sectionsInFile;
    sections.forEach((row, place) => {
      const number = first + place;
      if (!this.sections.has(number)) this.sections.set(number, this.section(number, notice, { address, title }, row));
    });
  }

  section(number, notice, of, [place, title, lines, notes, group, status, measureStatuses]) {
    const body = this.fold(lines.join("\n"));
    return {
      number, notice, of, place, group, status, measureStatuses,
      title: this.fold(title), body, notes: this.fold(notes.join("\n")),
      openings: openings(lines.map((line) => this.fold(line).text)),
    };
  }
}

// Where in the text of folded lines something begins: a line, and what follows its 一是, 二是.
function openings(lines) {
  const places = new Set();
  let place = 0;
  for (const line of lines) {
    places.add(place).add(place + (line.match(ORDINAL)?.[0].length ?? 0));
    place += line.length;
  }
  return places;
}

// The numbers of a list as hooks/notices/search/pairs.py writes it.
function numbers(list) {
  const found = [];
  let number = -1, value = 0, shift = 0;
  for (const character of list) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) * 2 ** shift;
    shift += 5;
    if (digit < 32) {
      found.push(number += value);
      value = shift = 0;
    }
  }
  return found;
}

function common(some, others) {
  const these = new Set(others);
  return some.filter((each) => these.has(each));
}

function range(start, end) {
  return Array.from({ length: end - start }, (_, place) => start + place);
}
