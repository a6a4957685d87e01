// What a query is taken for when nothing holds it as it is: each way gives strings that do stand in
// the texts, so that what is shown, marked and linked to is found exactly.
"use strict";

const CLOSE = 12; // characters that may stand between two parts of a word
const STRINGS = 12; // of one way: more say nothing
const IN_TITLE = 20; // times as likely
const FILLING = /[的了和与及在是等]/u; // no word of some length has them
const EMPTY = /^(?:没有|什么|怎么|怎样|如何|可以|一直|现在|目前|时候|我们|你们|为什么|多少|哪里|已经)$/u;
const WORD = /[\p{L}\p{N}]/u;
const LONGEST_PARTED = 60; // characters
const CHECKED = 60; // strings that may stand in an archive
const PARTS = /[?!。,、;:…~]+/u;
const QUOTED = /"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』/u;
// Whatever a kind of notice calls what it counts, in at most four characters, may stand around it.
const NUMBER = /^(?:第|\p{Script=Han}{2,4})?([0-9]{1,3}(?:[-.。·・、,_/‐‑‒–—―−~～至到の]+[0-9]{1,3}){1,5})(?:[号项条款]|\p{Script=Han}{2,4})?$/u;
const SPELLED = /^[a-z\u0300-\u036f'’·-]+[1-5]?$/u; // one or more syllables in letters
const NUMBERS = /^[0-9]{1,2}(?:\s+[0-9]{1,2}){1,5}$/u;
const WAYS = ["full", "begun", "initials", "mixed", "blurred"];

// The number of a section that a query is, in whatever way it is written; "" where it is none.
function numberIn(query, fold) {
  const plain = query.normalize("NFKC").trim();
  if (isSpaced(query)) return plain.split(/\s+/u).map(Number).join("-");
  const [, number] = fold(query).text.match(NUMBER) || [];
  return number ? number.split(/[^0-9]+/u).map(Number).join("-") : "";
}

// Whether a query is numbers with nothing but spaces between.
function isSpaced(query) {
  return NUMBERS.test(query.normalize("NFKC").trim());
}

class Kinder {
  constructor(engine) {
    this.engine = engine;
    this.index = engine.index;
  }

  // Yields batches as the engine does; `words` are those of the query that stand nowhere together.
  async *search(query, words) {
    if (QUOTED.test(query)) return; // who writes quotes wants just that
    if (words.length > 1 && words.every((word) => SPELLED.test(word))) {
      const joined = await this.bySound(this.index.fold(query).text);
      if (joined) return void (yield await this.found(joined));
    }
    const parted = [...new Set(words.flatMap((word) => word.split(PARTS).filter(Boolean)))];
    if (!parted.length) return;
    if (parted.join() !== words.join()) {
      const whole = await this.together(parted);
      if (whole) return void (yield whole);
    }
    if (parted.length === 1) {
      const taken = await this.taken(parted[0]);
      if (taken) yield await this.found(taken);
      return;
    }
    yield* this.severally(parted);
  }

  // Of several words those that stand nowhere are taken for others.
  async *severally(words) {
    const taken = await Promise.all(words.map(async (word) => await this.stands(word) ? null : this.taken(word)));
    if (taken.some(Boolean)) {
      const others = words.map((word, place) => taken[place] ? taken[place].strings[0] : word);
      const why = taken.filter(Boolean).map((each) => each.why(each.strings.slice(0, 1))).join("；");
      const whole = await this.together(others);
      if (whole) return void (yield { ...whole, kind: "taken", hits: whole.hits.map((hit) => ({ ...hit, kind: "taken", why })) });
      const some = await this.engine.some(others, await this.holders(others));
      if (some.hits.length) return void (yield some);
    }
    yield await this.engine.some(words, await this.holders(words));
  }

  holders(words) {
    return Promise.all(words.map((word) => this.index.holders(word)));
  }

  // The sections that hold all words, or null.
  async together(words) {
    const holders = await this.holders(words);
    for await (const found of this.engine.inSection(words, holders)) if (found.hits.length) return { ...found, kind: "apart", hits: found.hits.map((hit) => ({ ...hit, kind: "apart" })), partial: true };
    return null;
  }

  // What stands in the texts that a word may mean: {kind, strings, why}, the best strings first; null
  // where there is nothing.
  async taken(word) {
    const tries = LETTERS.test(word)
      ? [() => this.bySynonym(word), () => this.bySound(word), () => this.byOneOff(word)]
      : [() => this.bySynonym(word), ...this.misspelled(word)];
    for (const attempt of tries) {
      const found = await attempt();
      if (found && found.strings.length) return found;
    }
    return this.byParts(word);
  }

  // Where all characters stand, though not together, that says more than a like sound; of three not.
  misspelled(word) {
    const byGap = () => this.byGap(word), alike = () => this.byHomophone(word, false);
    const closely = [...word].length > 3 ? [byGap, alike] : [alike, byGap];
    return [...closely, () => this.byOneOff(word), () => this.byHomophone(word, true)];
  }

  // The sections that hold one of the strings, those of the best first.
  async found({ kind, strings, why, weights }) {
    const numbers = [];
    for (const text of strings) numbers.push(...await this.holding(text));
    const { sections, lost, partial } = await this.engine.readFirst([...new Set(numbers)]);
    const held = (section) => strings.filter((text) => holds(section, text));
    const worthOf = (own) => weights ? own.reduce((sum, text) => sum + weights.get(text), 0) : -strings.indexOf(own[0]);
    const own = new Map(sections.map((section) => [section, held(section)]).filter(([, texts]) => texts.length));
    const most = Math.max(...[...own.values()].map(worthOf));
    const enough = weights ? most / 3 : -Infinity;
    const made = [...own].map(([section, needles]) => ({ hit: batch(kind, [section], needles, []).hits[0], value: worthOf(needles) }));
    const hits = made.filter(({ value }) => value >= enough)
      .sort((a, b) => isWhole(a.hit) - isWhole(b.hit) || b.value - a.value || b.hit.rank - a.hit.rank || isItem(b.hit) - isItem(a.hit) || b.hit.density - a.hit.density || a.hit.section.number - b.hit.section.number)
      .map(({ hit }) => ({ ...hit, why: why(hit.needles) }));
    return { kind, hits, lost, partial, total: undefined };
  }

  // Numbers of sections that may hold a text, newest first; on a small site those that do.
  async holding(text) {
    if (this.index.head.buckets) {
      const { sections, notices } = await this.index.holders(text);
      return sections || (await this.engine.newest({ notices })).sections;
    }
    return (await this.all()).filter((section) => holds(section, text)).map((section) => section.number);
  }

  async stands(text) {
    if (!text) return false;
    return (await this.holding(text)).length > 0;
  }

  // All sections of a small site.
  async all() {
    const { sections } = await this.index.holders("");
    const { sections: read, lost } = await this.index.read(sections);
    if (lost.length) throw new Error("lost");
    return read;
  }

  // --- by synonym: an editor says which words mean the same (data/synonyms.yml)
  async synonyms() {
    const { synonyms } = this.index.head;
    if (!synonyms) return [];
    this.groups = this.groups || (await this.index.files.read(synonyms)).map((group) => group.map((each) => this.index.fold(each).text));
    return this.groups;
  }

  async bySynonym(word) {
    const strings = [];
    for (const group of await this.synonyms()) for (const member of group) {
      if (!word.includes(member)) continue;
      for (const other of group) {
        const variant = word.split(member).join(other);
        if (variant !== word && !strings.includes(variant) && await this.stands(variant)) strings.push(variant);
      }
    }
    return { kind: "synonym", strings, why: (found) => `“${word}”的意思与“${found.join("”“")}”相近` };
  }

  // --- by sound
  async sounds() {
    this.readings = this.readings || new Sounds(await this.index.files.read(this.index.head.sounds));
    return this.readings;
  }

  async bySound(word) {
    const written = lettersOf(word);
    if (written.length < 2 || written.length > LONGEST_SOUND) return null;
    const sounds = await this.sounds();
    for (const way of WAYS) {
      const strings = await this.spoken((tokens) => sounds.find(tokens, written, way), (spoken) => spoken.spelled(written, way));
      if (strings.length) return { kind: "sound", strings, why: (found) => `按拼音：${found.join("、")}` };
    }
    return null;
  }

  async byHomophone(word, isBlurred) {
    if ([...word].length < (isBlurred ? 3 : 2) || word.length > LONGEST_NEAR) return null;
    const sounds = await this.sounds();
    const strings = await this.spoken((tokens) => sounds.findAlike(tokens, word, isBlurred), (spoken) => spoken.alike(word, isBlurred));
    return { kind: "alike", strings, why: (found) => `与“${word}”读音相${isBlurred ? "近" : "同"}：${found.join("、")}` };
  }

  // The strings that `find` finds among what is spoken; first those that are most likely words of
  // their own, and of these the ones in titles and the frequent.
  // In an archive `join` makes them of what follows one another there.
  async spoken(find, join) {
    const sounds = await this.sounds();
    if (this.index.head.buckets) return this.standing(await join(new Spoken(this.index, sounds)));
    const sections = await this.all();
    const bonds = this.bonds = this.bonds || await Bonds.of(sections.map(({ body }) => body.text));
    const worth = new Map();
    for (const { title, body } of sections) for (const field of [title, body]) {
      await breathe();
      field.tokens = field.tokens || sounds.tokens(field.text);
      for (const [first, after] of find(field.tokens)) {
        const start = field.tokens[first].at, end = field.tokens[after - 1].end;
        const text = field.text.slice(start, end);
        const share = bonds.looseness(field.text, start, end) * (field === title ? IN_TITLE : 1);
        worth.set(text, (worth.get(text) || 0) + share);
      }
    }
    return [...worth.keys()].sort((a, b) => worth.get(b) - worth.get(a)).slice(0, STRINGS);
  }

  // The first strings that do stand in an archive.
  async standing(strings) {
    const found = [];
    for (const text of strings.slice(0, CHECKED)) {
      if (found.length === STRINGS / 2) break;
      if (await this.stands(text)) found.push(text);
    }
    return found;
  }

  // --- by gap: a part of the word, a few characters, and the rest of it
  async byGap(word) {
    const characters = [...word];
    if (characters.length < 3 || characters.length > LONGEST_NEAR) return null;
    const least = characters.length > 3 ? 2 : 1;
    const cuts = [];
    for (let place = least; place <= characters.length - least; place++) {
      cuts.push([characters.slice(0, place).join(""), characters.slice(place).join("")]);
    }
    const pattern = new RegExp(cuts.map((parts) => `${parts.map(escapePattern).join(`[^。,;]{1,${CLOSE}}?`)}`).join("|"), "gsu");
    const strings = await this.matching(cuts, pattern);
    strings.sort((a, b) => a.length - b.length);
    if (!strings.length) return null;
    const isNear = [...strings[0]].length === characters.length + 1;
    return { kind: isNear ? "near" : "gap", strings, why: (found) => `${isNear ? "差一个字" : "中间隔着几个字"}：${found.join("、")}` };
  }

  // --- by one character that is another, missing, one too many, or in the place of the next
  async byOneOff(word) {
    const characters = [...word];
    if (characters.length < 3 || characters.length > LONGEST_NEAR) return null;
    const cuts = characters.map((_, place) => [characters.slice(0, place), characters.slice(place + 1)]);
    // A single character says little, but all there is about three.
    const least = characters.length > 3 ? 1 : 0;
    const parts = cuts.map((cut) => cut.filter((part) => part.length > least).map((part) => part.join("")));
    const patterns = characters.map((character, place) => {
      const [before, after] = cuts[place].map((part) => escapePattern(part.join("")));
      const [next, ...rest] = cuts[place][1];
      const swapped = next ? `|${before}${escapePattern(next + character + rest.join(""))}` : "";
      return `${before}[^。,;]?${after}|${before}[^。,;]${escapePattern(character)}${after}${swapped}`;
    });
    const strings = await this.matching(parts, new RegExp(patterns.join("|"), "gsu"));
    const complete = (text) => text.length > word.length ? 0 : 1; // with all that was typed
    strings.sort((a, b) => complete(a) - complete(b));
    return { kind: "near", strings, why: (found) => `差一个字：${found.join("、")}` };
  }

  // The strings that a pattern matches in the first sections that may hold both parts of one of `cuts`.
  async matching(cuts, pattern) {
    const found = new Set();
    for (const parts of cuts) {
      const held = await this.holders(parts);
      for (const number of (await this.engine.newest(this.engine.candidates(held))).sections) found.add(number);
    }
    const order = [...found].sort((a, b) => this.engine.older(a, b));
    const { sections } = await this.engine.readFirst(order);
    const strings = new Set();
    for (const name of ["title", "body", "notes"]) for (const section of sections) {
      await breathe();
      for (const [text] of section[name].text.matchAll(pattern)) strings.add(text);
    }
    return [...strings].slice(0, STRINGS);
  }

  // --- by the longest parts that stand somewhere; rarer and longer ones are worth more
  async byParts(word) {
    const characters = [...word].slice(0, LONGEST_PARTED);
    const weights = new Map();
    const groups = await this.synonyms();
    let reached = 0;
    for (let start = 0; start < characters.length - 1; start++) {
      const rest = characters.slice(start).join("");
      for (const group of groups) for (const member of group) if (rest.startsWith(member)) {
        for (const other of group) await this.weigh(other, weights);
      }
      await breathe();
      let part = "";
      for (let end = start + 2; end <= characters.length; end++) {
        const longer = characters.slice(start, end).join("");
        if (!await this.stands(longer)) break;
        part = longer;
        if (end > reached) reached = end; else part = "";
      }
      if (part && !(part.length === 2 && FILLING.test(part)) && !EMPTY.test(part)) await this.weigh(part, weights);
    }
    const strings = [...weights.keys()].sort((a, b) => weights.get(b) - weights.get(a));
    if (!strings.length) return null;
    return { kind: "parts", strings, weights, why: (found) => `含有：${found.slice(0, 5).join("、")}` };
  }

  async weigh(text, weights) {
    const count = (await this.holding(text)).length;
    if (count) weights.set(text, [...text].length ** 2 * Math.log(1 + this.many() / count));
  }

  many() {
    return 50 * Math.max(this.index.notices.size, 1);
  }
}

// How firmly characters hang together: what is cut out of a word is hardly what somebody means.
class Bonds {
  constructor() {
    this.counts = new Map();
  }

  static async of(texts) {
    const bonds = new Bonds();
    for (const text of texts) {
      await breathe();
      for (let at = 0; at < text.length; at++) {
        bonds.add(text[at]);
        if (at) bonds.add(text.slice(at - 1, at + 1));
      }
    }
    return bonds;
  }

  add(key) {
    this.counts.set(key, (this.counts.get(key) || 0) + 1);
  }

  // From about 0, where a part of a text is torn out of others, to 1.
  looseness(text, start, end) {
    const before = this.firmness(text.slice(start - 1, start), text[start], text[start]);
    const after = this.firmness(text[end - 1], text.slice(end, end + 1), text[end - 1]);
    const filled = FILLING.test(text.slice(start, end)) ? 0.2 : 1;
    return (0.01 + (1 - before) * (1 - after)) * filled;
  }

  firmness(one, other, of) {
    if (!WORD.test(one) || !WORD.test(other)) return 0;
    return (this.counts.get(one + other) || 0) / (this.counts.get(of) || 1);
  }
}
