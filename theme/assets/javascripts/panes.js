// Panes open over the page: menu, contents, settings, search. What opens one is a link that leads to
// it, so that it works without this script; here it becomes a button.
const POINTS = "a[aria-current], a, button, input";
let opened = null; // the pane, and what opened it

const close = (returns) => {
  if (!opened) return;
  const { pane, opener } = opened;
  opened = null;
  pane.removeAttribute("data-open");
  opener.setAttribute("aria-expanded", "false");
  if (returns) opener.focus({ preventScroll: true });
};

const open = (pane, opener) => {
  close(false);
  pane.setAttribute("data-open", "");
  opener.setAttribute("aria-expanded", "true");
  opened = { pane, opener };
  const point = pane.querySelector("[aria-current]") || pane.querySelector(POINTS);
  point.focus({ preventScroll: true });
  pane.scrollTop = point.offsetTop - pane.clientHeight / 3;
};

for (const opener of document.querySelectorAll("[data-opens]")) {
  const pane = document.getElementById(opener.dataset.opens);
  if (!pane) continue; // it stays a link
  const shows = () => opened !== null && opened.pane === pane;
  opener.setAttribute("role", "button");
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", pane.id);
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    if (shows()) close(true);
    else open(pane, opener);
  });
  opener.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    opener.click();
  });
  if (location.hash === `#${pane.id}`) open(pane, opener);
}

const isWithin = (node) => opened.pane.contains(node) || opened.opener.contains(node);
for (const name of ["click", "focusin"]) {
  addEventListener(name, (event) => {
    if (opened && !isWithin(event.target)) close(false);
  });
}
addEventListener("click", (event) => {
  const link = event.target.closest(".pane a[href^='#']");
  if (!link) return;
  if (link.matches("[data-closes]")) event.preventDefault();
  close(link.matches("[data-closes]"));
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape") close(true);
});
