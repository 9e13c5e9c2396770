/* On a phone the filters start closed, so that the list comes first. Without script they are open. */
(() => {
  const filters = document.querySelector(".filters");
  const broad = window.matchMedia("(min-width: 60rem)");
  const fit = () => {
    filters.open = broad.matches;
  };
  if (filters) {
    fit();
    broad.addEventListener("change", fit);
  }
})();
