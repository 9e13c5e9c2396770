// Buttons that copy the text of a field. Without JavaScript they stay hidden and the text can be selected.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const done = document.querySelector(`[data-copied="${button.dataset.copy}"]`);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      done.textContent = "Kopierat";
    } catch {
      // The text is selected, so the keyboard's own copy works.
      done.textContent = "Texten är markerad. Kopiera den med Ctrl+C.";
    }
  });
}
