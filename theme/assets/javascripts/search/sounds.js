// How characters sound: pinyin and initials find what is written, and so do other characters of the
// same sound. hooks/notices/outputs/search/sounds.py says where the readings come from.
"use strict";

const CELLS = 94; // of a row of GB 2312
const FIRST_SIGN = 0x100;
const LONGEST_SOUND = 200; // letters
const LONGEST_SYLLABLE = 6;
const LONGEST_INITIALS = 8; // in an archive: each letter is a group to read
const JOINED = 300; // strings that are made of pairs
const PAUSES = /[。!?,;:]/u;
const LETTERS = /[a-z]/u;
const TONED = /^(?:[a-z]+[1-5]){2,}$/u; // chong1dian4

// So many cells of GB 2312 from its first character on; an empty one counts as one, too.
function charactersOf(count) {
  const bytes = new Uint8Array(2 * count);
  for (let cell = 0; cell < count; cell++) {
    bytes[2 * cell] = 0xb0 + Math.floor(cell / CELLS);
    bytes[2 * cell + 1] = 0xa1 + cell % CELLS;
  }
  return new TextDecoder("gbk").decode(bytes);
}

// Letters as they are compared: without tones and what parts syllables, v for ü.
function lettersOf(folded) {
  const toned = TONED.test(folded) ? folded.replace(/[1-5]/g, "") : folded;
  return toned.replace(/u\u0308/gu, "v").replace(/e\u0302/gu, "e").replace(/[\u0300-\u036f1-5'’·-]/gu, (each) => /[1-5]/u.test(each) ? each : "");
}

// What many do not tell apart: zh and z, an and ang, n and l at the beginning.
function blurred(letters) {
  return letters.replace(/([zcs])h/gu, "$1").replace(/ng/gu, "n");
}

class Sounds {
  // The syllables, each of which has a sign; the usual sign of each character of GB 2312, whose order
  // the browser knows; and those that have other readings: the index's "sounds" file.
  constructor([syllables, usual, others]) {
    this.syllables = syllables.split(" ");
    this.readings = new Map(); // of characters that were asked for: of most nobody asks
    this.signs = new Map();
    const characters = charactersOf(usual.length);
    for (let cell = 0; cell < usual.length; cell++) if (usual[cell] !== " ") this.signs.set(characters[cell], usual[cell]);
    let last;
    for (const sign of others) {
      if (sign.charCodeAt(0) < FIRST_SIGN + this.syllables.length) this.signs.set(last, this.signs.get(last) + sign);
      else last = sign;
    }
  }

  of(character) {
    let readings = this.readings.get(character);
    if (!readings) {
      readings = [...this.signs.get(character) || ""].map((sign) => this.syllables[sign.charCodeAt(0) - FIRST_SIGN]);
      this.readings.set(character, readings);
    }
    return readings;
  }

  // What is spoken of a folded text: signs say nothing, but some are pauses.
  tokens(text) {
    const found = [];
    let at = 0, pause = false;
    for (const character of text) {
      const readings = this.of(character);
      if (readings.length || /[\p{L}\p{N}]/u.test(character)) {
        found.push({ character, readings, at, end: at + character.length, pause });
        pause = false;
      } else {
        pause = pause || PAUSES.test(character);
      }
      at += character.length;
    }
    return found;
  }

  // Where `written` is spoken: places of `tokens`, each [first, after the last]. `way` says how a
  // token may be written: by whole syllables ("full"), the last of which may be begun ("begun"), by
  // first letters ("initials"), or by either ("mixed"); "blurred" tells less apart than "full".
  find(tokens, written, way) {
    const found = [];
    const sought = way === "blurred" ? blurred(written) : written;
    for (let start = 0; start < tokens.length; start++) {
      const end = this.spoken(tokens, start, sought, way);
      if (end > start) {
        found.push([start, end]);
        start = end - 1;
      }
    }
    return found;
  }

  spoken(tokens, start, sought, way) {
    let ways = new Set([0]); // how many letters have been spoken
    for (let place = start; ways.size && place < tokens.length; place++) {
      if (place > start && tokens[place].pause && sought.length < 6) return -1;
      const next = new Set();
      for (const at of ways) for (const to of this.steps(tokens[place], sought, at, way)) {
        if (to === sought.length) return place + 1;
        next.add(to);
      }
      ways = next;
    }
    return -1;
  }

  // How many letters may have been spoken after this token, where `at` were before it.
  steps({ character, readings }, sought, at, way) {
    const found = sought.startsWith(character, at) ? [at + character.length] : [];
    const rest = sought.length - at;
    for (const reading of readings) {
      const syllable = way === "blurred" ? blurred(reading) : reading;
      if (way !== "initials" && sought.startsWith(syllable, at)) found.push(at + syllable.length);
      if (way === "begun" && rest < syllable.length && syllable.startsWith(sought.slice(at))) found.push(sought.length);
      if ((way === "initials" || way === "mixed") && syllable[0] === sought[at]) found.push(at + 1);
      if (way === "initials" && /^[zcs]h/u.test(syllable) && sought.startsWith(syllable.slice(0, 2), at)) found.push(at + 2);
    }
    return found;
  }

  // Whether two characters sound alike.
  alike(one, other, isBlurred = false) {
    if (one === other) return true;
    const said = (character) => this.of(character).map((each) => isBlurred ? blurred(each) : each);
    const others = said(other);
    return said(one).some((each) => others.includes(each));
  }

  // Where `tokens` sound like the characters of a word, and are not the same.
  findAlike(tokens, word, isBlurred) {
    const characters = [...word];
    const found = [];
    for (let start = 0; start + characters.length <= tokens.length; start++) {
      const part = tokens.slice(start, start + characters.length);
      if (part.slice(1).some((token) => token.pause)) continue;
      if (part.every((token, place) => this.alike(token.character, characters[place], isBlurred))) {
        found.push([start, start + characters.length]);
      }
    }
    return found;
  }
}

// What an archive holds of a sound: which characters that begin with which letters follow one another
// anywhere, in groups of which few are read. See hooks/notices/outputs/search/spoken.py.
class Spoken {
  constructor(index, sounds) {
    this.index = index;
    this.sounds = sounds;
  }

  // Strings that letters may spell, the most frequent first.
  async spelled(written, way) {
    if (way === "mixed" || (way === "initials" && written.length > LONGEST_INITIALS)) return [];
    const sought = way === "blurred" ? blurred(written) : written;
    const found = new Map();
    // Goes on from `at` letters, of which the last piece passes `test`; `before` are strings so far.
    const go = async (at, test, before) => {
      for (const end of this.ends(sought, at, way)) {
        const next = this.test(sought.slice(at, end), way, end === sought.length);
        const joined = test ? this.join(before, await this.pairs(test, next)) : null;
        if (joined && !joined.size) continue;
        if (end < sought.length) await go(end, next, joined);
        else if (joined) for (const [text, rank] of joined) found.set(text, rank);
      }
    };
    await go(0, null, null);
    return [...found].sort((a, b) => a[1] - b[1]).map(([text]) => text);
  }

  // Where a piece may end that begins `at` so many letters.
  ends(sought, at, way) {
    if (way === "initials") return [at + 1];
    this.known = this.known || {};
    const known = this.known[way] = this.known[way]
      || new Set(this.sounds.syllables.map((each) => way === "blurred" ? blurred(each) : each));
    const found = [];
    for (let end = Math.min(at + LONGEST_SYLLABLE, sought.length); end > at; end--) {
      const piece = sought.slice(at, end);
      if (known.has(piece) || (way === "begun" && end === sought.length) || this.sounds.of(piece).length) found.push(end);
    }
    return found;
  }

  // Strings that sound like a word.
  alike(word, isBlurred) {
    return this.strings([...word].map((character) => ({
      letters: new Set(this.sounds.of(character).map((reading) => reading[0])),
      passes: (other) => this.sounds.alike(other, character, isBlurred),
    })));
  }

  test(piece, way, isLast) {
    const own = this.sounds.of(piece); // of a character that stands among letters
    if (own.length) return { letters: new Set(own.map((reading) => reading[0])), passes: (other) => other === piece };
    const says = (reading) => way === "initials" ? reading[0] === piece
      : way === "begun" && isLast ? reading.startsWith(piece)
      : (way === "blurred" ? blurred(reading) : reading) === piece;
    return { letters: new Set([piece[0]]), passes: (other) => this.sounds.of(other).some(says) };
  }

  // Strings whose characters pass tests, one after another.
  async strings(tests) {
    let found = null;
    for (let place = 0; place + 1 < tests.length; place++) {
      found = this.join(found, await this.pairs(tests[place], tests[place + 1]));
    }
    return [...found.keys()];
  }

  // Strings with the pairs that go on from them, the most frequent first: the place in its group says
  // how frequent a pair is, and the rarest how frequent a string.
  join(before, pairs) {
    const joined = new Map();
    if (!before) for (const [pair, rank] of pairs) joined.set(pair, rank);
    else for (const [text, rank] of before) for (const [pair, other] of pairs) {
      if (text.endsWith(pair[0])) joined.set(text + pair.slice(1), Math.max(rank, other));
    }
    return new Map([...joined].sort((a, b) => a[1] - b[1]).slice(0, JOINED));
  }

  async pairs(one, other) {
    const found = [];
    for (const first of one.letters) for (const second of other.letters) {
      parts(await this.group(first + second), 2).forEach((pair, rank) => {
        if (one.passes(pair[0]) && other.passes(pair[1])) found.push([pair, rank]);
      });
    }
    return found;
  }

  async group(letters) {
    const [all, names] = await this.index.files.read(this.index.head.spoken);
    const place = parts(all, 2).indexOf(letters);
    return place < 0 ? "" : this.index.files.read(`spoken/${letters}.${parts(names, BUCKET_NAME)[place]}.js`);
  }
}
