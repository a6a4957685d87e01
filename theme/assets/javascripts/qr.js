// An address as a QR code (ISO/IEC 18004: bytes, versions 1 to 9, correction of level M). Fetched when
// one item is printed: the code of the whole page is made with the page.
"use strict";

const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22]; // codewords of a block, by version
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5];
const QUIET = 4; // modules that stay empty around it
const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];
const bit = (number, place) => (number >>> place) & 1;

// How many codewords a version has: what is left of its modules beside the patterns.
function room(version) {
  const aligned = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const patterns = aligned ? (25 * aligned - 10) * aligned - 55 : 0;
  return Math.floor(((16 * version + 128) * version + 64 - patterns - (version > 6 ? 36 : 0)) / 8);
}

// In the field of 256 elements modulo 0x11D.
function multiply(a, b) {
  let product = 0;
  for (let place = 7; place >= 0; place--) product = (product << 1) ^ (bit(product, 7) * 0x11d) ^ (bit(b, place) * a);
  return product;
}

function divisorOf(degree) {
  const divisor = [...Array(degree - 1).fill(0), 1];
  for (let root = 1, done = 0; done < degree; done++, root = multiply(root, 2)) {
    for (let at = 0; at < degree; at++) divisor[at] = multiply(divisor[at], root) ^ (divisor[at + 1] ?? 0);
  }
  return divisor;
}

function correctionOf(data, divisor) {
  let rest = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ rest[0];
    rest = divisor.map((each, at) => (rest[at + 1] ?? 0) ^ multiply(each, factor));
  }
  return rest;
}

// Mode, length, bytes and end in half bytes; then what fills the room.
function dataOf(bytes, length) {
  const halves = [4, ...[bytes.length, ...bytes].flatMap((byte) => [byte >>> 4, byte & 15]), 0];
  const data = [];
  for (let at = 0; at < halves.length; at += 2) data.push((halves[at] << 4) | halves[at + 1]);
  for (let at = 0; data.length < length; at++) data.push(at % 2 ? 0x11 : 0xec);
  return data;
}

// Data and correction of all blocks, a codeword of each in turn; the last blocks may be longer.
function codewords(bytes, version) {
  const [blocks, own] = [BLOCKS[version - 1], CORRECTION[version - 1]];
  const total = room(version);
  const data = dataOf(bytes, total - blocks * own);
  const least = Math.floor(total / blocks) - own;
  const parts = [];
  for (let at = 0, from = 0; at < blocks; at++) {
    const to = from + least + (at >= blocks - (total % blocks) ? 1 : 0);
    parts.push(data.slice(from, to));
    from = to;
  }
  const divisor = divisorOf(own);
  const turns = (lists) => lists[lists.length - 1].flatMap((_, at) => lists.flatMap((list) => list.slice(at, at + 1)));
  return [...turns(parts), ...turns(parts.map((part) => correctionOf(part, divisor)))];
}

function alignedAt(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((size - 13) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => size - 7 - at * step)];
}

// What every code of a version has; what is left undefined is for the data.
function patterns(version) {
  const size = 17 + 4 * version;
  const rows = Array.from({ length: size }, () => Array(size));
  const square = (x, y, reach, light) => {
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        if (rows[y + dy] && x + dx >= 0 && x + dx < size) rows[y + dy][x + dx] = !light.includes(Math.max(Math.abs(dx), Math.abs(dy)));
      }
    }
  };
  for (let at = 0; at < size; at++) rows[6][at] = rows[at][6] = at % 2 === 0;
  const places = alignedAt(version, size);
  for (const x of places) {
    for (const y of places) {
      if ((x > 6 && y > 6) || (x > 6 && x < size - 7) || (y > 6 && y < size - 7)) square(x, y, 2, [1]);
    }
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, [2, 4]);
  let check = version;
  for (let at = 0; at < 12; at++) check = (check << 1) ^ (bit(check, 11) * 0x1f25);
  for (let at = 0; at < 18 && version > 6; at++) {
    const [a, b] = [size - 11 + (at % 3), Math.floor(at / 3)];
    rows[a][b] = rows[b][a] = Boolean(bit((version << 12) | check, at));
  }
  tell(rows, 0);
  return rows;
}

// Which level and mask it has, twice.
function tell(rows, mask) {
  const size = rows.length;
  let check = mask;
  for (let at = 0; at < 10; at++) check = (check << 1) ^ (bit(check, 9) * 0x537);
  for (let at = 0; at < 15; at++) {
    const dark = Boolean(bit(((mask << 10) | check) ^ 0x5412, at));
    rows[at < 6 ? at : at < 8 ? at + 1 : 8][at < 8 ? 8 : at === 8 ? 7 : 14 - at] = dark;
    if (at < 8) rows[8][size - 1 - at] = dark;
    else rows[size - 15 + at][8] = dark;
  }
  rows[size - 8][8] = true;
}

// Data goes up and down in columns of two, from the right, past the line at 6.
function* places(size) {
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let at = 0; at < size; at++) {
      for (const x of [right, right - 1]) yield [x, up ? size - 1 - at : at];
    }
  }
}

function filled(fixed, words, mask) {
  const rows = fixed.map((row) => [...row]);
  let at = 0;
  for (const [x, y] of places(rows.length)) {
    if (fixed[y][x] !== undefined) continue;
    rows[y][x] = Boolean(bit(words[at >>> 3] ?? 0, 7 - (at & 7)) ^ (MASKS[mask](x, y) === 0));
    at++;
  }
  tell(rows, mask);
  return rows;
}

// How many squares of four modules are of one colour: the fewer, the easier it is read.
const blots = (rows) => rows.slice(1).reduce((sum, row, y) => sum + row.slice(1)
  .filter((dark, x) => dark === row[x] && dark === rows[y][x] && dark === rows[y][x + 1]).length, 0);

// The modules of a code in rows, true for a dark one; undefined where there is too much to say.
function qrModules(address) {
  const bytes = new TextEncoder().encode(address);
  const version = BLOCKS.findIndex((blocks, at) => room(at + 1) - blocks * CORRECTION[at] >= bytes.length + 2) + 1;
  if (!version) return undefined;
  const [fixed, words] = [patterns(version), codewords(bytes, version)];
  const codes = MASKS.map((_, mask) => filled(fixed, words, mask));
  return codes.reduce((best, code) => (blots(code) < blots(best) ? code : best));
}

// The code as an element, as hooks/notices/outputs/pages/qr.py makes that of a page.
window.qrCode = (address) => {
  const rows = qrModules(address);
  if (!rows) return undefined;
  const size = rows.length + 2 * QUIET;
  const element = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const d = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}.5h1` : ""))).join("");
  const drawn = element("svg", { viewBox: `0 0 ${size} ${size}`, class: "qr" });
  drawn.append(element("path", { stroke: "#000", d }));
  return drawn;
};
