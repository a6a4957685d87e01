// The index: which sections may hold a word, and the words of a section.
//
// The older a notice, the less its number; that of a section is its notice's, and in the lowest
// binary digits its place in it. See hooks/notices/outputs/search/.
"use strict";

const FEW = 6; // sections: so few are sooner tested than sorted out with more of the index
const BREATH = 8; // milliseconds: on a slow phone four times as many
const PAIRS_AT_ONCE = 3;
const NAME = 12, BUCKET_NAME = 8; // characters of a digest in a name
const BUCKETS_A_PIECE = 64;
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
    this.size = 2 ** head.sectionBits; // of a notice, in numbers of sections
    this.buckets = new Map();
    this.sections = new Map();
    this.notices = new Map(); // by their numbers: how many sections they have, and in which files
    // The directory of notices: the first number in each piece, and what it is called. That of a
    // site without an index of pairs stands in the head.
    this.firsts = numbers(head.firsts);
    this.pieces = head.buckets ? parts(head.notices, NAME) : [];
    if (!head.buckets) for (const piece of head.notices) this.enter(piece);
  }

  // What may hold a folded word, newest first: `sections`, and of them those that may have it in
  // their title (`titled`); of a single character `notices`. Without an index of pairs that is
  // every section.
  async holders(word) {
    const characters = [...word];
    if (!this.head.buckets) {
      const all = [...this.notices.keys()].flatMap((notice) => this.sectionsOf(notice));
      return { sections: this.newestFirst(all), titled: [] };
    }
    if (characters.length === 1) return { notices: (await this.lists(`${word} `)).everywhere.reverse() };
    const pairs = [...new Set(characters.slice(1).map((second, place) => characters[place] + second))];
    // First those that are three apart: they say most that the others do not.
    const order = [0, 1, 2].flatMap((start) => pairs.filter((_, place) => place % 3 === start));
    let sections, titled;
    for (let place = 0; place < order.length; place += PAIRS_AT_ONCE) {
      const found = await Promise.all(order.slice(place, place + PAIRS_AT_ONCE).map((pair) => this.lists(pair)));
      sections = [...sections ? [sections] : [], ...found.map((each) => each.everywhere)].reduce(common);
      titled = [...titled ? [titled] : [], ...found.map((each) => each.titled)].reduce(common);
      if (sections.length <= FEW) break;
    }
    return { sections: this.newestFirst(sections), titled: this.newestFirst(titled) };
  }

  async lists(key) {
    const number = bucketOf(key, this.head.buckets);
    const bucket = this.buckets.get(number) ?? await this.bucket(number);
    const [everywhere, titled = ""] = (bucket.get(key) ?? "").split(" ");
    return { everywhere: numbers(everywhere), titled: numbers(titled) };
  }

  async bucket(number) {
    const names = parts(this.head.pairs, NAME);
    const piece = await this.files.read(`names/${names[Math.floor(number / BUCKETS_A_PIECE)]}.js`);
    const name = parts(piece, BUCKET_NAME)[number % BUCKETS_A_PIECE];
    const [keys, lists] = await this.files.read(`pairs/${number}.${name}.js`);
    const written = lists.split(",");
    const bucket = new Map(parts([...keys], 2).map((key, place) => [key.join(""), written[place]]));
    this.buckets.set(number, bucket);
    return bucket;
  }

  // Of ascending numbers of sections those of the newest notice first.
  newestFirst(sections) {
    const found = [];
    for (let end = sections.length, start; end > 0; end = start) {
      const first = this.noticeOf(sections[end - 1]) * this.size;
      for (start = end - 1; start > 0 && sections[start - 1] >= first;) start--;
      for (let place = start; place < end; place++) found.push(sections[place]);
    }
    return found;
  }

  noticeOf(section) {
    return Math.floor(section / this.size);
  }

  // Reads of the directory what it says of these notices.
  async know(notices) {
    const missing = notices.filter((notice) => !this.notices.has(notice));
    const names = new Set(missing.map((notice) => this.pieces[lastUpTo(this.firsts, notice)]));
    for (const piece of await Promise.all([...names].map((name) => this.files.read(`names/${name}.js`)))) {
      this.enter(piece);
    }
  }

  // What a piece of the directory says of its notices.
  enter([listed, counts, names]) {
    const files = parts(names, NAME);
    const { sectionsInFile } = this.head;
    numbers(listed).forEach((notice, place) => {
      const count = counts[place];
      const own = files.splice(0, sectionsInFile ? Math.ceil(count / sectionsInFile) : 1);
      this.notices.set(notice, { count, files: own.map((name) => `texts/${name}.js`) });
    });
  }

  // Of a notice that is known.
  sectionsOf(notice) {
    return Array.from({ length: this.notices.get(notice).count }, (_, place) => notice * this.size + place);
  }

  // The file of a section whose notice is known.
  fileOf(section) {
    const { files } = this.notices.get(this.noticeOf(section));
    return files[Math.floor((section % this.size) / (this.head.sectionsInFile || Infinity))];
  }

  // The sections of these numbers, and the numbers of those that could not be read.
  async read(wanted) {
    await this.know(wanted.map((number) => this.noticeOf(number)));
    const files = new Map(wanted.map((number) => [this.fileOf(number), number]));
    await Promise.allSettled([...files].map(([file, number]) => this.readFile(file, number)));
    const sections = wanted.map((number) => this.sections.get(number)).filter(Boolean);
    return { sections, lost: wanted.filter((number) => !this.sections.has(number)) };
  }

  // Reads a file of texts, in which the section of that number stands.
  async readFile(file, inside) {
    const { address, title, sections } = await this.files.read(file);
    const first = inside - (inside % this.size) % (this.head.sectionsInFile || Infinity);
    for (const [place, row] of sections.entries()) {
      await breathe();
      const number = first + place;
      if (!this.sections.has(number)) this.sections.set(number, this.section(number, { address, title }, row));
    }
  }

  section(number, of, [place, title, lines, notes, group, status, measureStatuses]) {
    const body = this.fold(lines.join("\n"));
    return {
      number, notice: this.noticeOf(number), of, place, group, status, measureStatuses,
      title: this.fold(title), body, notes: this.fold(notes.join("\n")),
      openings: openings(lines.map((line) => this.fold(line).text)),
    };
  }
}

// Lets the page answer whoever taps meanwhile, when much is to be worked out.
let rested = 0;
async function breathe() {
  if (performance.now() - rested < BREATH) return;
  await new Promise((resolve) => setTimeout(resolve));
  rested = performance.now();
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

// The numbers of a list as hooks/notices/outputs/search/lists.py writes it.
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

// As hooks/notices/outputs/search/buckets.py says.
function bucketOf(key, buckets) {
  const [first, second] = [...key].map((character) => character.codePointAt(0));
  let mixed = Math.imul(first, 0x9e3779b1) ^ second;
  mixed = Math.imul(mixed ^ mixed >>> 15, 0x85ebca77);
  const whole = 2 ** (32 - Math.clz32(buckets - 1)) - 1;
  const number = (mixed ^ mixed >>> 13) & whole;
  return number < buckets ? number : number & whole >>> 1;
}

// Where in an ascending list the last is that is not above a number.
function lastUpTo(list, number) {
  let low = 0, high = list.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (list[middle] <= number) low = middle; else high = middle - 1;
  }
  return low;
}

// Parts of a list or a text, so long each.
function parts(whole, length) {
  return Array.from({ length: Math.ceil(whole.length / length) }, (_, place) => whole.slice(place * length, (place + 1) * length));
}

function common(some, others) {
  const these = new Set(others);
  return some.filter((each) => these.has(each));
}
