/* Beside the text that is being written: what the screening finds in it, as soon as the preview has been updated. */
(() => {
  const update = async (preview) => {
    const panel = document.querySelector("[data-writing-findings]");
    if (!panel) return;
    const url = new URL(preview.dataset.wPreviewUrlValue, location.href);
    url.searchParams.set("granskning", "1");
    const answer = await fetch(url);
    if (answer.status === 200) panel.innerHTML = await answer.text();
  };

  /* Leads to a field of the form that is open, in whichever tab it lies, without loading the page again. */
  const lead = (event) => {
    const link = event.target.closest("[data-writing-findings] a[href*='contentpath=']");
    if (!link) return;
    const path = link.hash.split("contentpath=")[1];
    const field = path && document.querySelector(`[data-contentpath="${CSS.escape(path)}"]`);
    if (!field) return;
    event.preventDefault();
    const panel = field.closest("[role=tabpanel]");
    if (panel?.hidden) document.querySelector(`[role=tab][href="#${panel.id}"]`)?.click();
    const show = () => {
      field.scrollIntoView({ block: "center" });
      field.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true]")?.focus();
    };
    setTimeout(show, 50); // once the tab has opened
  };

  document.addEventListener("w-preview:loaded", (event) => update(event.target));
  document.addEventListener("click", lead);
})();
