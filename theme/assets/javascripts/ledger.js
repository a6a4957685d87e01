// Filters the ledger by group and status. The choice stands in the address, so it can be linked to.
// Without this script the form stays hidden and the table is complete.
"use strict";

const filterForm = document.querySelector("[data-filter]");

if (filterForm) {
  const groups = [...document.querySelectorAll(".ledger tbody")];
  const rows = groups.flatMap((group) => [...group.querySelectorAll("tr[data-item]")]);
  const count = filterForm.querySelector("[data-filter-count]");
  const empty = document.querySelector("[data-filter-empty]");

  const apply = () => {
    const { group, status } = filterForm.elements;
    let shown = 0;
    for (const row of rows) {
      const matches =
        (!group?.value || row.dataset.path.split(" ").includes(group.value)) &&
        (!status.value || row.dataset.statuses.split(" ").includes(status.value));
      row.hidden = !matches;
      shown += matches;
    }
    for (const part of groups) part.hidden = !part.querySelector("tr[data-item]:not([hidden])");
    const { unit } = count.dataset;
    count.value = shown === rows.length ? `${shown}${unit}` : `${rows.length}${unit}中的${shown}个`;
    empty.hidden = shown > 0;
  };

  const remember = () => {
    const chosen = [...new FormData(filterForm)].filter(([, value]) => value);
    const query = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };

  // Whoever made the address may have written any name into it: only our own fields are asked for.
  // What a field was called before stands in links that people keep.
  const FORMER = { group: "aspect" };
  const asked = new URLSearchParams(location.search);
  for (const field of filterForm.querySelectorAll("select")) {
    const value = asked.get(field.name) ?? asked.get(FORMER[field.name]);
    if ([...field.options].some((option) => option.value === value)) field.value = value;
  }
  filterForm.hidden = false;
  filterForm.addEventListener("change", () => { apply(); remember(); });
  // "reset" is told before the fields change back.
  filterForm.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  apply();
}
