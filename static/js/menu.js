// Esc closes the phone's menu and gives the focus back to its button. Without script the button closes it.
const menu = document.querySelector(".site-menu");
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
