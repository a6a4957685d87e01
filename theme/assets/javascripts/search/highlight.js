// Marks on a page what was looked for: ?h= in its address. A match may reach over the elements of
// a section, and stand within a longer word.
"use strict";

const AT_ONCE = 8; // milliseconds of work
const SEEN = 0.85; // of the window: a bar may stand below
const FOLDER = new URL("../../../../search/", document.currentScript.src); // from assets/<digest>/javascripts/search/

async function highlight(query) {
  let isMoved = false; // by the reader, who then stays where he is
  for (const name of ["wheel", "touchstart", "keydown"]) addEventListener(name, () => { isMoved = true; }, { once: true, passive: true });
  const index = new SearchIndex(new SearchFiles(FOLDER));
  await index.open();
  const words = wordsOf(query, index.fold);
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const isAhead = (nodes) => Number(Boolean(target && target.contains(nodes[0])));
  const sections = [...textsBySection(document.querySelector("article"))].sort((a, b) => isAhead(b) - isAhead(a));
  let until = 0;
  for (const [place, nodes] of sections.entries()) {
    // Nobody who taps meanwhile waits for the rest of the page.
    if (performance.now() > until) {
      await new Promise((resolve) => setTimeout(resolve));
      until = performance.now() + AT_ONCE;
    }
    const folded = index.fold(nodes.map((node) => node.data).join(""));
    markNodes(nodes, inOriginal(folded, findAll(folded.text, words)));
    const isLastAhead = isAhead(nodes) && !(place + 1 < sections.length && isAhead(sections[place + 1]));
    if (isLastAhead && !isMoved) showMark(target);
  }
}

// Who follows a link to words in a long section sees them; who comes back, what he left.
function showMark(section) {
  const mark = section.querySelector("mark");
  const [visit] = performance.getEntriesByType("navigation");
  if (!mark || visit.type !== "navigate") return;
  const { top, bottom } = mark.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight * SEEN) mark.scrollIntoView({ block: "center" });
}

// The text nodes of each section, without those of the sections in it; what the site says beside
// the text stands for itself.
function textsBySection(root) {
  const sections = new Map();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest("nav, details")) continue;
    const section = node.parentElement.closest("[data-annotation], section, article");
    if (!sections.has(section)) sections.set(section, []);
    sections.get(section).push(node);
  }
  return sections.values();
}

// `spans` are places in the joined text of the nodes.
function markNodes(nodes, spans) {
  let offset = 0;
  for (const node of nodes) {
    const length = node.data.length;
    const own = spans.map(([start, end]) => [Math.max(start - offset, 0), Math.min(end - offset, length)]);
    // From the end, so that places before stay what they are.
    for (const [start, end] of own.filter(([start, end]) => node.data.slice(start, Math.max(end, start)).trim()).reverse()) {
      const found = node.splitText(start);
      found.splitText(end - start);
      const mark = document.createElement("mark");
      found.replaceWith(mark);
      mark.append(found);
    }
    offset += length;
  }
}
