// Size of the text, the mode for older readers, colours: chosen here, and applied to later pages by
// chosen.js before they show. What is being read stays where it is.
const KEY = new URL("reading", SITE).pathname;
const BLOCKS = "h1, h2, h3, h4, h5, h6, p, dt, dd, li, tr, summary";
const USUAL = { size: "medium", scheme: "system" };
const settings = document.querySelector(".settings");

// The first block that begins in view, if it does so in its upper half, else the one that fills it;
// and how much of that is read.
const passage = () => {
  const from = document.querySelector(".top").getBoundingClientRect().bottom;
  const blocks = [...document.querySelectorAll("article :is(" + BLOCKS + ")")]
    .map((block) => ({ block, box: block.getBoundingClientRect() }))
    .filter(({ box }) => box.height && box.bottom > from);
  const first = blocks.find(({ box }) => box.top >= from && box.top < innerHeight / 2);
  if (first) return { block: first.block, part: 0 };
  const around = blocks.filter(({ box }) => box.top < from).pop() || blocks[0];
  return around && { block: around.block, part: Math.max(from - around.box.top, 0) / around.box.height };
};

const place = ({ block, part }) => {
  const { top, height } = block.getBoundingClientRect();
  return top + part * height;
};

const keepingPassage = (change) => {
  const read = scrollY > 0 && passage();
  if (!read) return change();
  const before = place(read);
  change();
  const restore = () => scrollBy(0, place(read) - before);
  restore();
  requestAnimationFrame(restore); // what the browser has moved meanwhile
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
