// Narrows a list of items to a group, a status and words. The choice stands in the address, so it can
// be linked to. Without this script the form stays hidden and the list is complete.
"use strict";

const filterForm = document.querySelector("[data-filter]");

if (filterForm) {
  const list = document.querySelector("[data-listed]");
  const parts = [...list.querySelectorAll("[data-group]")];
  const lists = [...list.querySelectorAll("ul")];
  const count = filterForm.querySelector("[data-filter-count]");
  const clear = filterForm.querySelector("[type=reset]");
  const { words: typed, group } = filterForm.elements;
  const statuses = [...filterForm.querySelectorAll("[name=status]")];
  const { word, piece } = filterForm.dataset;

  // As the search takes words for the same, as far as no table is needed for it.
  const fold = (text) =>
    text.normalize("NFKC").toLowerCase().replace(/[\p{Z}\p{Cc}\p{Cf}"'“”‘’「」『』`´]/gu, "");

  const names = new Map(parts.map((part) => [part.dataset.group, part.textContent]));
  const rows = [...list.querySelectorAll("[data-item]")].map((node) => {
    const { path, statuses, status, measures } = node.dataset;
    const groups = path.split(" ").filter(Boolean);
    return {
      node,
      groups,
      statuses: statuses.split(" "),
      status,
      measures: new Map(measures.trim().split(" ").map((each) => each.split(":"))),
      text: fold([...groups.map((id) => names.get(id) ?? ""), node.textContent].join(" ")),
    };
  });

  const chosen = () => statuses.find((each) => each.checked)?.value ?? "";
  const asked = () => ({ words: typed.value.split(/\s+/).map(fold).filter(Boolean), group: group?.value ?? "", status: chosen() });
  const fits = (row, { words, group, status }) =>
    (!group || row.groups.includes(group)) &&
    (!status || row.statuses.includes(status)) &&
    words.every((each) => row.text.includes(each));

  // What is shown, in a sentence: that there is nothing is said, and what there is instead.
  const said = (shown, { words, group, status }) => {
    const some = words.length || group;
    if (!status) {
      if (!shown.length) return `没有符合条件的${word}`;
      return some ? `${rows.length}个${word}中的${shown.length}个` : `${rows.length}个${word}`;
    }
    const { name } = statuses.find((each) => each.value === status).dataset;
    const own = shown.filter((row) => row.status === status).length;
    const measures = shown.reduce((sum, row) => sum + Number(row.measures.get(status) ?? 0), 0);
    const where = some ? "这个范围里" : "";
    const others = status !== "unstated" && measures ? `${measures}条${piece}${name}` : "";
    if (!own) return `${where}没有${name}的${word}，${others ? `有${others}，在下面的${shown.length}个${word}里` : `也没有${name}的${piece}`}`;
    return `${where}${own}个${word}${name}${others && `；${others}`}`;
  };

  const apply = () => {
    const now = asked();
    const shown = rows.filter((row) => fits(row, now));
    const there = new Set(shown);
    for (const row of rows) row.node.hidden = !there.has(row);
    const groups = new Set(shown.flatMap((row) => row.groups));
    for (const part of parts) part.hidden = !groups.has(part.dataset.group);
    for (const each of lists) each.hidden = !each.querySelector("li:not([hidden])");
    count.value = said(shown, now);
    clear.hidden = !(now.words.length || now.group || now.status);
    // How many each choice would leave, beside what else is chosen.
    const left = (other) => rows.filter((row) => fits(row, { ...now, ...other })).length;
    for (const each of statuses) {
      each.parentNode.querySelector("[data-count]").textContent = left({ status: each.value });
    }
    for (const each of group?.options ?? []) {
      each.text = `${each.dataset.name ?? "全部"}（${left({ group: each.value })}）`;
    }
  };

  // Every field is set, whatever a browser has kept in it; a name that there is not stands for all.
  const choose = ({ words, group: id, status }) => {
    typed.value = words;
    const of = (fields, value) => fields.find((each) => each.value === value) ?? fields[0];
    if (group) of([...group.options], id).selected = true;
    of(statuses, status).checked = true;
  };

  const remember = () => {
    const given = [...new FormData(filterForm)].filter(([, value]) => value);
    const query = new URLSearchParams(given).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  };

  // Whoever made the address may have written any name into it: only our own fields are asked for.
  // What a field was called before stands in links that people keep.
  const address = new URLSearchParams(location.search);
  choose({
    words: address.get("words") ?? "",
    group: address.get("group") ?? address.get("aspect"),
    status: address.get("status"),
  });
  filterForm.hidden = false;
  const changed = () => { apply(); remember(); };
  for (const event of ["input", "change"]) filterForm.addEventListener(event, changed);
  filterForm.addEventListener("submit", (event) => event.preventDefault());
  // "reset" is told before the fields change back; the list is to change together with them.
  filterForm.addEventListener("reset", (event) => {
    event.preventDefault();
    choose({ words: "" });
    changed();
  });
  apply();
}
