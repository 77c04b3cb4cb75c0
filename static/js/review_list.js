// Brings into view what a panel of the room hides below its edge: the indicator in the list, what was refused, and
// what a person unfolds.
// Without the script the panels begin at their top.
// In a block: the page that answers an upload is written into the same window, where a name can be given only once.
{
  const current = document.querySelector(".rv-list [aria-current]");
  if (current) {
    const list = current.closest(".rv-list");
    list.scrollTop = current.offsetTop - list.clientHeight / 2;
  }
  document.querySelector(".rv-side [role=alert]")?.scrollIntoView({ block: "center" });
  document.querySelector(".rv-side")?.addEventListener("click", (event) => {
    const part = event.target.closest("summary")?.parentElement;
    if (part) requestAnimationFrame(() => part.open && part.scrollIntoView({ behavior: "smooth" }));
  });
}
