// Size of the text, the mode for older readers, colours: chosen here, and applied to later pages by
// chosen.js before they show. What is being read stays where it is.
const KEY = new URL("reading", SITE).pathname;
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, dt, dd, li, tr, summary";
const USUAL = { size: "medium", scheme: "system" };
const settings = document.querySelector(".settings");

const line = () => document.querySelector(".top").getBoundingClientRect().bottom;
const place = ({ block, part }) => {
  const { top, height } = block.getBoundingClientRect();
  return top + part * height;
};

// The first block that begins in view, if it does so in its upper half, else the one that fills it;
// how much of that is read, and where it is.
const passage = () => {
  const from = line();
  const blocks = [...document.querySelectorAll(`article :is(${BLOCKS})`)]
    .map((block) => ({ block, box: block.getBoundingClientRect() }))
    .filter(({ box }) => box.height && box.bottom > from);
  if (!blocks.length) return null;
  const first = blocks.find(({ box }) => box.top >= from && box.top < innerHeight / 2);
  const { block, box } = first || blocks.filter(({ box }) => box.top < from).pop() || blocks[0];
  const part = Math.max(from - box.top, 0) / box.height;
  return { block, part, y: place({ block, part }), at: scrollY };
};

// Whoever tries one size after the other stays with the same passage.
let read = null;
const keepingPassage = (change) => {
  if (scrollY === 0) read = null;
  else if (!read || read.at !== scrollY) read = passage();
  change();
  if (!read) return;
  const restore = (more) => {
    scrollBy(0, place(read) - Math.max(read.y, line()));
    read.at = scrollY;
    if (more) requestAnimationFrame(() => restore(more - 1));
  };
  restore(FRAMES);
};

const show = () => {
  const { size = USUAL.size, scheme = USUAL.scheme, elder } = root.dataset;
  const chosen = { size, scheme, elder };
  for (const button of settings.querySelectorAll("button")) {
    const [[name, value]] = Object.entries(button.dataset);
    button.setAttribute("aria-pressed", String(chosen[name] === value));
  }
};

settings.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const [[name, value]] = Object.entries(button.dataset);
  const isUsual = value === USUAL[name] || (name === "elder" && "elder" in root.dataset);
  keepingPassage(() => {
    if (isUsual) delete root.dataset[name];
    else root.dataset[name] = value;
  });
  const { size, scheme, elder } = root.dataset;
  try {
    localStorage.setItem(KEY, JSON.stringify({ size, scheme, elder }));
  } catch {} // full or forbidden: it holds for this page only
  show();
});
show();
