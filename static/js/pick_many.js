// Ticks many rows at once and says how many are ticked. Without a script the same links load the page with the ticks.
for (const form of document.querySelectorAll("form[data-pick]")) {
  const rows = (root) => [...root.querySelectorAll("input[type=checkbox][data-row]")];
  const told = form.querySelector("[data-picked]");
  if (!told) continue;
  const tell = () => {
    const count = rows(form).filter((box) => box.checked).length;
    told.textContent = count ? `${count} dipilih` : "Belum ada yang dipilih";
  };
  form.addEventListener("change", tell);
  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-pick-all]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const boxes = rows(link.closest("[data-pick-group]") ?? form).filter((box) => box.dataset.row !== "apart");
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
    tell();
  });
  tell();
}
