// Warns before a page with typed but unsaved text is left; saving itself needs no script.
for (const form of document.querySelectorAll("[data-unsaved]")) {
  let touched = false;
  form.addEventListener("input", () => {
    touched = true;
  });
  form.addEventListener("submit", () => {
    touched = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (touched) event.preventDefault();
  });
}
