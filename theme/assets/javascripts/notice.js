// What can be done with an item: pass it on, print it alone. And one stop of the Tab key for each row
// of such things, for the map and for the contents: arrows move within. Without this script its number
// links to it.
const SHOWN = 3000; // milliseconds

// The address for ever: that of the published site, whichever copy is open.
const canonical = document.querySelector("link[rel=canonical]")?.href;
const addressOf = (facts) => (canonical ?? location.href.replace(/[?#].*/, "")) + facts.querySelector(".facts__id").hash;

// 《short name of the notice》number and title.
const cited = (facts) => {
  const name = document.querySelector(".notice-head [aria-current]").textContent;
  return `《${name}》${facts.querySelector(".facts__actions").getAttribute("aria-label")}`;
};

// Pages that are not served by HTTPS may not use the clipboard; the old way works there.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused.focus();
  if (!done) throw new Error("not copied");
}

// On a phone by its own sheet; elsewhere, and where that fails, what is passed on is copied.
async function share(button) {
  const facts = button.closest(".facts");
  const [text, url] = [cited(facts), addressOf(facts)];
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    try {
      return await navigator.share({ title: text, text, url });
    } catch (fault) {
      if (fault.name === "AbortError") return; // thought better of it
    }
  }
  button.textContent = await copy(`${text} ${url}`).then(() => "已复制链接", () => "没有复制成功");
  setTimeout(() => { button.textContent = "分享"; }, SHOWN);
}

// Below the item stands where it is found: in place of what leads to the whole page.
async function paperOf(item) {
  const paper = document.querySelector(".paper");
  if (!paper || !canonical) return () => {};
  const own = paper.cloneNode(true);
  const address = addressOf(item.querySelector(".facts"));
  own.querySelector("p").textContent = `网址：${address}`;
  if (!window.qrCode) await load(["qr"]).catch(() => {}); // then without a code
  const code = window.qrCode?.(address);
  if (code) own.querySelector("svg").replaceWith(code);
  else own.querySelector("svg").remove();
  paper.replaceWith(own);
  return () => own.replaceWith(paper);
}

async function printAlone(item) {
  const restore = await paperOf(item);
  const { classList } = document.documentElement;
  const printed = [];
  for (let part = item; !part.matches(".narrative"); part = part.parentElement) printed.push(part);
  const mark = (on) => {
    classList.toggle("printing-one", on);
    for (const part of printed) part.classList.toggle("printed", on);
  };
  mark(true);
  addEventListener("afterprint", () => { mark(false); restore(); }, { once: true });
  print();
}

addEventListener("click", ({ target }) => {
  if (target.matches?.(".facts__share")) share(target);
  if (target.matches?.(".facts__print")) printAlone(target.closest(".item"));
});

const HELD = ".map, .facts__actions, .contents > ol";
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const partsOf = (held) => [...held.querySelectorAll("a, button:not([hidden])")];

// By itself, so that the page answers sooner.
setTimeout(() => {
  for (const held of document.querySelectorAll(HELD)) {
    const parts = partsOf(held);
    const stop = parts.find((part) => part.matches("[aria-current]")) || parts[0];
    for (const part of parts) if (part !== stop) part.tabIndex = -1;
  }
  // What shares an item says where it is, too.
  for (const link of document.querySelectorAll(".facts__id")) link.tabIndex = -1;
});

addEventListener("keydown", (event) => {
  const held = event.target.closest?.(HELD);
  const step = STEPS[event.key];
  if (!held || !step || event.ctrlKey || event.altKey || event.metaKey) return;
  const parts = partsOf(held);
  const next = parts[Math.min(Math.max(parts.indexOf(event.target) + step, 0), parts.length - 1)];
  event.preventDefault();
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
