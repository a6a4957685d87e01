// Marks on a page what was looked for: ?h= in its address. A match may reach over the elements of
// a section, and stand within a longer word.
"use strict";

const FOLDER = new URL("../../../../search/", document.currentScript.src); // from assets/<digest>/javascripts/search/

async function highlight(query) {
  const index = new SearchIndex(new SearchFiles(FOLDER));
  await index.open();
  const words = wordsOf(query, index.fold);
  for (const nodes of textsBySection(document.querySelector("article"))) {
    const folded = index.fold(nodes.map((node) => node.data).join(""));
    markNodes(nodes, inOriginal(folded, findAll(folded.text, words)));
  }
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
