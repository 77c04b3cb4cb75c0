// Warns before a page with typed but unsaved text is left; saving itself needs no script.
// In a block: the page that answers an upload is written into the same window, where a name can be given only once.
{
  const differs = (field) =>
    field.type === "radio" || field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;

  for (const form of document.querySelectorAll("[data-unsaved]")) {
    let touched = false;
    // Fields may stand outside of their form.
    document.addEventListener("input", (event) => {
      touched ||= event.target.form === form;
    });
    form.addEventListener("submit", () => {
      touched = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (touched) event.preventDefault();
    });
    // On a slow line people type before the scripts are here: what they typed counts, and is shown its points.
    document.addEventListener("DOMContentLoaded", () => {
      const early = [...form.elements].filter(differs);
      touched ||= early.length > 0;
      early.at(-1)?.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
