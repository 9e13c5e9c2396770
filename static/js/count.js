// A button that says how many boxes are ticked. Without JavaScript it says how many were ticked at first.
for (const button of document.querySelectorAll("[data-count]")) {
  const boxes = button.form.querySelectorAll(`input[name="${button.dataset.count}"]`);
  const tell = () => {
    button.querySelector("span").textContent = [...boxes].filter((box) => box.checked).length;
  };
  button.form.addEventListener("change", tell);
  tell();
}
