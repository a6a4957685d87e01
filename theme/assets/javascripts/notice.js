// Lets the address of an item be copied, and an item be printed alone. Without this script its number
// is a link to it all the same.
"use strict";

const SHOWN = 3000; // milliseconds

// The address for ever: that of the published site, whichever copy is open.
const address = () => document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "");

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

for (const button of document.querySelectorAll(".facts__copy")) {
  const label = button.textContent;
  const name = button.getAttribute("aria-label");
  const { hash } = button.closest(".facts").querySelector(".facts__id");
  button.addEventListener("click", async () => {
    button.textContent = await copy(address() + hash).then(() => "已复制", () => "没有复制成功");
    button.removeAttribute("aria-label"); // so that what happened is read out
    setTimeout(() => {
      button.textContent = label;
      button.setAttribute("aria-label", name);
    }, SHOWN);
  });
}

for (const button of document.querySelectorAll(".facts__print")) {
  button.addEventListener("click", () => {
    const { classList } = document.documentElement;
    const printed = [];
    for (let part = button.closest(".item"); !part.matches(".narrative"); part = part.parentElement) printed.push(part);
    const mark = (on) => {
      classList.toggle("printing-one", on);
      for (const part of printed) part.classList.toggle("printed", on);
    };
    mark(true);
    addEventListener("afterprint", () => mark(false), { once: true });
    print();
  });
}
