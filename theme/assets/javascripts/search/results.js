// What is shown of a hit: pieces of text, each [text, whether it was looked for].
"use strict";

const BEFORE = 30; // characters of an excerpt before the first match, and thrice as many after it

// What is said above the hits of a kind.
const KINDS = {
  all: "写有所输入的全部字词",
  number: "编号写成站内的样子，找到",
  notice: "没有一节写有全部这些词，以下通报在不同的节里写有",
  some: "没有一处写有全部这些词，以下写有其中一些",
  apart: "没有连在一起的这句话，以下写有其中的各个词",
  taken: "没有找到完全相同的字句，以下换了写法",
  synonym: "没有找到完全相同的字句，以下用了意思相近的词",
  sound: "按拼音或者拼音的首字母找到",
  alike: "没有找到完全相同的字句，以下读音相同或者相近",
  gap: "没有找到完全相同的字句，以下中间隔着几个字",
  near: "没有找到完全相同的字句，以下只差一个字",
  parts: "没有找到完全相同的字句，以下写有其中最长的几段",
};

// With its number, where it has one.
function titleOf({ section, needles }) {
  const [, number] = section.place.match(/^#([0-9]+(?:-[0-9]+)*)$/u) || [];
  const title = pieces(section.title, needles, 0, section.title.original.length);
  return number ? [[`${number} `, false], ...title] : title;
}

// A piece of the section around the first match below its heading; of its heading, or of the facts
// beside it, when there is none. Nothing that only says the title again.
function excerptOf({ section: { of, title, body, notes }, needles }) {
  const found = (field) => inOriginal(field, findAll(field.text, needles)).map(([start]) => start);
  const heading = body.original.indexOf("\n") + 1;
  const places = found(body);
  const below = places.find((place) => place >= heading);
  const beside = found(notes)[0];
  if (below === undefined && !places.length && beside !== undefined) return around(notes, needles, beside);
  const isTitle = heading === 0 && (body.text.includes(title.text) || body.original === of.title);
  if (isTitle || heading === body.original.length) return notes.original ? around(notes, needles, beside ?? 0) : [];
  return around(body, needles, below ?? heading);
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

// Why a hit is there, when it is not all that was typed: what it was taken for, or the words that do
// not stand in its section itself.
function lackOf({ kind, section, needles, why }) {
  if (why) return why;
  const missing = kind === "notice" || kind === "some" ? needles.filter((word) => !holds(section, word)) : [];
  return missing.length ? `本节没有：${missing.join("、")}` : "";
}

// The address of a hit's section, below that of the site; the page marks what was found in it.
function addressOf({ section, needles, why }, query) {
  const sought = why ? needles.join(" ") : query;
  const [path, anchor] = `${section.of.address}${section.place}`.split("#");
  return `${path}?h=${encodeURIComponent(sought)}${anchor ? `#${anchor}` : ""}`;
}
