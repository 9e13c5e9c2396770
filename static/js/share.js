// Buttons that hand the text of a field to the phone's own sharing. They stay hidden where there is none.
if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) {
    const field = document.getElementById(button.dataset.share);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.share({ title: button.dataset.shareTitle, text: field.value });
      } catch {
        // Whoever closes the sheet has changed their mind; that is no error.
      }
    });
  }
}
