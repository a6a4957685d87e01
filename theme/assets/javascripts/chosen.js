// What the reader has chosen (settings.js), applied before anything shows.
"use strict";

{
  const { classList, dataset } = document.documentElement;
  classList.replace("no-js", "js"); // so that nothing moves when what needs scripts appears
  try {
    const key = new URL("../../../reading", document.currentScript.src).pathname; // from assets/<digest>/javascripts/
    const chosen = JSON.parse(localStorage.getItem(key));
    for (const name of ["size", "elder", "scheme"]) if (name in chosen) dataset[name] = chosen[name];
  } catch {} // nothing, or forbidden
}
