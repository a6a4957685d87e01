// Where the reader is: the header names the section, the contents mark it, and a way back to the top
// shows while she goes up.
const UPPER = 0.2; // of the window, below the header: whose title stands there, is being read
const FAR = 2; // windows
const header = document.querySelector(".top");
const here = document.querySelector("[data-here]");
const title = document.querySelector("h1");
const toTop = document.querySelector(".to-top");
const contents = document.querySelector(".contents");
const topic = here.textContent;
const sections = [...document.querySelectorAll(".contents li a")]
  .map((link) => ({ link, section: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
  .filter(({ section }) => section);
let current = null;
let last = 0;

// The last of the sections that begins above the line: they follow each other.
const find = (line) => {
  let [low, high] = [0, sections.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sections[middle].section.getBoundingClientRect().top > line) high = middle;
    else low = middle + 1;
  }
  return low ? sections[low - 1] : null;
};

const mark = (found) => {
  if (current) current.link.removeAttribute("aria-current");
  current = found;
  if (!found) return;
  found.link.setAttribute("aria-current", "true");
  contents.querySelector("ol a:not([tabindex='-1'])")?.setAttribute("tabindex", "-1");
  found.link.tabIndex = 0; // the one stop of the Tab key in the contents (notice.js)
  const { top, height } = found.link.getBoundingClientRect();
  const frame = contents.getBoundingClientRect();
  if (top < frame.top || top + height > frame.bottom) contents.scrollTop += top - frame.top - frame.height / 3;
};

// All that is asked of the layout is asked before anything is changed.
const look = () => {
  const { bottom } = header.getBoundingClientRect();
  const [now, tall] = [scrollY, innerHeight];
  const found = find(bottom + UPPER * tall);
  const isOn = Boolean(found) || (title !== null && title.getBoundingClientRect().bottom < bottom);
  here.textContent = found ? found.link.textContent : topic;
  here.hidden = !isOn;
  root.toggleAttribute("data-reads-on", isOn);
  toTop.hidden = now >= last || now < FAR * tall;
  last = now;
  if (found !== current) mark(found);
};

let waits = false;
const later = () => {
  if (waits) return;
  waits = true;
  requestAnimationFrame(() => { waits = false; look(); });
};
addEventListener("scroll", later, { passive: true });
addEventListener("resize", later);
requestAnimationFrame(() => setTimeout(look)); // when it is laid out, and nobody waits

// What was far away is laid out only now: where a link leads to, goes where it belongs.
const settle = (more) => {
  const led = sections.find(({ link }) => link.hash === location.hash);
  if (!led) return;
  led.section.scrollIntoView();
  if (more) requestAnimationFrame(() => settle(more - 1));
};
addEventListener("hashchange", () => settle(FRAMES));
const [visit] = performance.getEntriesByType("navigation");
if (visit && visit.type === "navigate") requestAnimationFrame(() => settle(FRAMES));
