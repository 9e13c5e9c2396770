// Reads the page of a mail-out again until all is sent, but not under somebody who is using its filter.
const { refresh } = document.querySelector("[data-refresh]").dataset;
const filter = document.querySelector(".lm-filter");
let isFiltering = false;
filter.addEventListener("input", () => {
  isFiltering = true;
});
setInterval(() => {
  if (!isFiltering && !filter.contains(document.activeElement)) window.location.reload();
}, refresh * 1000);
