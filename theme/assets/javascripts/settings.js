// What the reader has chosen, applied before anything shows. Material keeps it in the browser under
// the address of the site, and its bundle expects these names.
"use strict";

var __md_scope = new URL("../../../", document.currentScript.src); // from assets/<digest>/javascripts/
var __md_hash = (text) => [...text].reduce((hash, each) => (hash << 5) - hash + each.charCodeAt(0), 0);
var __md_get = (key, storage = localStorage, scope = __md_scope) => JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
var __md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {} // full or forbidden: it holds for this page only
};

// Before anything shows, so that nothing moves when what needs scripts appears.
document.documentElement.classList.replace("no-js", "js");

try {
  Object.assign(document.documentElement.dataset, __md_get("__reading") ?? {});
} catch {} // forbidden

{
  let color = {};
  try {
    color = __md_get("__palette")?.color ?? color;
  } catch {} // forbidden
  if (color.media === "(prefers-color-scheme)") {
    const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const { dataset } = document.querySelector(`input[data-md-color-media="(prefers-color-scheme: ${scheme})"]`);
    color = { media: dataset.mdColorMedia, scheme: dataset.mdColorScheme, primary: dataset.mdColorPrimary, accent: dataset.mdColorAccent };
  }
  for (const [name, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${name}`, value);
}
