// Filters the ledger by aspect and status. The choice stands in the address, so it can be linked to.
// Without this script the form stays hidden and the table is complete.
"use strict";

const filterForm = document.querySelector("[data-filter]");

if (filterForm) {
  const groups = [...document.querySelectorAll("tbody[data-aspect]")];
  const rows = groups.flatMap((group) => [...group.querySelectorAll("tr[data-item]")]);
  const count = filterForm.querySelector("[data-filter-count]");
  const empty = document.querySelector("[data-filter-empty]");

  const apply = () => {
    const { aspect, status } = filterForm.elements;
    let shown = 0;
    for (const row of rows) {
      const matches =
        (!aspect.value || row.parentElement.dataset.aspect === aspect.value) &&
        (!status.value || row.dataset.statuses.split(" ").includes(status.value));
      row.hidden = !matches;
      shown += matches;
    }
    for (const group of groups) group.hidden = !group.querySelector("tr[data-item]:not([hidden])");
    count.value = shown === rows.length ? `${shown}个问题` : `${rows.length}个问题中的${shown}个`;
    empty.hidden = shown > 0;
  };

  const remember = () => {
    const chosen = [...new FormData(filterForm)].filter(([, value]) => value);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };

  // Whoever made the address may have written any name into it: only our own fields are asked for.
  const asked = new URLSearchParams(location.search);
  for (const field of filterForm.querySelectorAll("select")) {
    const value = asked.get(field.name);
    if ([...field.options].some((option) => option.value === value)) field.value = value;
  }
  filterForm.hidden = false;
  filterForm.addEventListener("change", () => { apply(); remember(); });
  // "reset" is told before the fields change back.
  filterForm.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  apply();
}
