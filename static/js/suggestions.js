// Suggests titles of pages while somebody types. Without it the form works as usual.
"use strict";

const FIELD = document.querySelector("[data-suggestions]");
const WAIT = 200; // milliseconds after a key
const SHORTEST = 3;

let timer;
let asked = "";

async function suggest() {
  const query = FIELD.value.trim();
  if (query.length < SHORTEST || query === asked) return;
  asked = query;
  const answer = await fetch(`${FIELD.dataset.suggestions}?q=${encodeURIComponent(query)}`);
  if (!answer.ok || query !== FIELD.value.trim()) return;
  const { suggestions } = await answer.json();
  FIELD.list.replaceChildren(
    ...suggestions.map((title) => Object.assign(document.createElement("option"), { value: title })),
  );
}

if (FIELD?.list) {
  FIELD.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
}
