// What readers type and what was printed differ in ways that do not count: width, case, composed
// signs, traditional characters, white space, quotes. hooks/notices/outputs/search/fold.py does the same.
"use strict";

// Takes the characters that are written for others, and those others: the index's "same" file.
function makeFold([from, to]) {
  const others = [...to];
  const same = new Map([...from].map((character, index) => [character, others[index]]));
  const known = new Map();

  const foldCharacter = (character) => {
    let folded = known.get(character);
    if (folded === undefined) {
      folded = "";
      for (const plain of character.normalize("NFKD").toLowerCase()) {
        if (!/[\p{Z}\p{Cc}\p{Cf}"'“”‘’「」『』`´]/u.test(plain)) folded += same.get(plain) ?? plain;
      }
      known.set(character, folded);
    }
    return folded;
  };

  // `at` says for each unit of the folded text where its character stands in the original.
  return (original) => {
    let text = "";
    const at = [];
    let place = 0;
    for (const character of original) {
      const folded = foldCharacter(character);
      for (let unit = 0; unit < folded.length; unit++) at.push(place);
      text += folded;
      place += character.length;
    }
    return { original, text, at };
  };
}

// Where the needles, strings or patterns, stand in a folded text, as [start, end) of the folded
// text, none within another.
function findAll(text, needles) {
  const found = [];
  for (const needle of needles) {
    if (typeof needle === "string") {
      for (let start = text.indexOf(needle); start >= 0; start = text.indexOf(needle, start + needle.length)) {
        found.push([start, start + needle.length]);
      }
    } else {
      for (const match of text.matchAll(needle)) found.push([match.index, match.index + match[0].length]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged = [];
  for (const [start, end] of found) {
    const last = merged[merged.length - 1];
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

// The same places in the original; a character that is found in part is found.
function inOriginal({ original, at }, spans) {
  return spans.map(([start, end]) => {
    const last = at[end - 1];
    return [at[start], last + (original.codePointAt(last) > 0xffff ? 2 : 1)];
  });
}

// The words of a query, folded: spaces part them, but not those within a pair of quotes.
function wordsOf(query, fold) {
  const words = query.match(/(?:"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|\S)+/gu) ?? [];
  return [...new Set(words.map((word) => fold(word).text).filter(Boolean))];
}
