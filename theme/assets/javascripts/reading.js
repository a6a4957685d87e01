// The mode for older readers and the size of the text: settings.js applies what was chosen before
// the page shows; here it is chosen.
"use strict";

{
  const root = document.documentElement;
  const elder = document.querySelector("[data-elder]:not(html)");
  const sizes = [...document.querySelectorAll("button[data-size]")];

  const show = () => {
    elder.setAttribute("aria-pressed", String("elder" in root.dataset));
    for (const button of sizes) {
      button.setAttribute("aria-pressed", String(button.dataset.size === (root.dataset.size ?? "medium")));
    }
  };
  const choose = (name, value) => {
    if (value === undefined) delete root.dataset[name];
    else root.dataset[name] = value;
    __md_set("__reading", { ...root.dataset });
    show();
  };

  elder.addEventListener("click", () => choose("elder", "elder" in root.dataset ? undefined : ""));
  for (const button of sizes) button.addEventListener("click", () => choose("size", button.dataset.size));
  show();
}
