// Keys of the reviewer's room, named on the page; every one of them presses a control that is there without this script.
// None is a single letter, so that nothing typed by mistake decides anything, and a key held down counts once.
for (const words of document.querySelectorAll("[data-keys]")) words.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.altKey || event.metaKey) return;
  const name = [event.ctrlKey && "Control", event.shiftKey && "Shift", event.key].filter(Boolean).join("+");
  const control = [...document.querySelectorAll("[data-key]")].find(
    (one) => one.dataset.key === name && one.getClientRects().length,
  );
  const held = event.target.closest("a, button, summary, input, select, textarea");
  const elsewhere =
    name === "Control+Enter" ? held && held.form !== control?.form : held?.matches("input, select, textarea");
  if (!control || elsewhere) return;
  event.preventDefault();
  control.click();
});

// A jump to a folded part unfolds it.
for (const link of document.querySelectorAll("[data-unfolds]")) {
  link.addEventListener("click", () => {
    document.getElementById(link.dataset.unfolds).open = true;
  });
}
