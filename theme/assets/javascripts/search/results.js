// What is shown of a hit: pieces of text, each [text, whether it was looked for].
"use strict";

const BEFORE = 30; // characters of an excerpt before the first match, and thrice as many after it

function titleOf({ section, needles }) {
  return pieces(section.title, needles, 0, section.title.original.length);
}

// A piece of the section around the first match below its heading; of its heading, or of the facts
// beside it, when there is none.
function excerptOf({ section: { body, notes }, needles }) {
  const found = (field) => inOriginal(field, findAll(field.text, needles)).map(([start]) => start);
  const heading = body.original.indexOf("\n") + 1;
  const places = found(body);
  const below = places.find((place) => place >= heading);
  const beside = found(notes)[0];
  if (below === undefined && !places.length && beside !== undefined) return around(notes, needles, beside);
  return around(body, needles, below ?? (heading < body.original.length ? heading : 0));
}

function around(field, needles, place) {
  // Rather from the beginning of its measure, if that is near.
  const line = field.original.lastIndexOf("\n", place - 1) + 1;
  const begin = Math.max(place - BEFORE, place - line <= BEFORE ? line : 0);
  const end = Math.min(place + 3 * BEFORE, field.original.length);
  return [
    ...begin ? [["…", false]] : [],
    ...pieces(field, needles, begin, end),
    ...end < field.original.length ? [["…", false]] : [],
  ];
}

function pieces(field, needles, begin, end) {
  const found = [];
  let done = begin;
  for (const [start, stop] of inOriginal(field, findAll(field.text, needles))) {
    if (stop <= done || start >= end) continue;
    const from = Math.max(start, done), to = Math.min(stop, end);
    found.push([field.original.slice(done, from), false], [field.original.slice(from, to), true]);
    done = to;
  }
  found.push([field.original.slice(done, end), false]);
  return found.filter(([text]) => text);
}

// The words that do not stand in a hit's section itself.
function lackOf({ kind, section, needles }) {
  const missing = kind === "notice" || kind === "some" ? needles.filter((word) => !holds(section, word)) : [];
  return missing.length ? `本节没有：${missing.join("、")}` : "";
}

// The address of a hit's section, below that of the site; the page marks the query in it.
function addressOf({ section }, query) {
  const [path, anchor] = `${section.of.address}${section.place}`.split("#");
  return `${path}?h=${encodeURIComponent(query)}${anchor ? `#${anchor}` : ""}`;
}
