// A table that is pasted into running text: the editor drops its cells' borders, so that A and B become AB. Each row is
// made a paragraph with the cells kept apart before the editor reads it.
const PAUSE = " | ";

function withoutTables(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const table of [...page.querySelectorAll("table")].reverse()) {
    const rows = [...table.rows].map((row) => {
      const line = page.createElement("p");
      line.textContent = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " ")).join(PAUSE);
      return line;
    });
    table.replaceWith(...rows);
  }
  return page.body.innerHTML;
}

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (!/<table/i.test(html) || !event.target.closest?.(".Draftail-Editor")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const changed = new DataTransfer();
    changed.setData("text/html", withoutTables(html));
    changed.setData("text/plain", event.clipboardData.getData("text/plain"));
    event.target.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: changed, bubbles: true, cancelable: true, composed: true }),
    );
  },
  true,
);
