// Warns before a page with typed but unsaved text is left, and saves where the way leads on to the answer's documents;
// saving itself needs no script.
{
  const differs = (field) =>
    field.type === "radio" || field.type === "checkbox"
      ? field.checked !== field.defaultChecked
      : "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;

  const sayOver = (form) => {
    if (form.querySelector(".over")) return;
    const notice = document.createElement("div");
    const words = document.createElement("p");
    notice.className = "notice notice-warn over";
    notice.setAttribute("role", "alert");
    words.textContent =
      "Sesi Anda sudah berakhir. Isian di halaman ini masih ada: simpan, masuk kembali, lalu simpan sekali lagi.";
    notice.append(words);
    form.prepend(notice);
    notice.scrollIntoView({ block: "nearest" });
  };

  // What was stored before is not what stands in the form any more.
  const sayTyped = () => {
    const saved = document.querySelector("[data-saved]");
    if (!saved || saved.classList.contains("typed")) return;
    saved.classList.add("bad", "typed");
    saved.textContent = saved.dataset.saved;
  };

  for (const form of document.querySelectorAll("[data-unsaved]")) {
    let touched = form.dataset.unsaved === "typed"; // what was refused stands here typed and not saved
    // Fields may stand outside of their form.
    document.addEventListener("input", (event) => {
      if (event.target.form !== form) return;
      touched = true;
      sayTyped();
    });
    form.addEventListener("submit", () => {
      touched = false;
    });
    for (const link of document.querySelectorAll(`[data-saves="${form.id}"]`)) {
      link.addEventListener("click", (event) => {
        if (!touched || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        // Gone again at once: whoever comes back to this page by the browser's history saves as the buttons say.
        const onward = document.createElement("button");
        onward.name = "then";
        onward.value = link.getAttribute("href");
        onward.hidden = true;
        form.append(onward);
        form.requestSubmit(onward);
        onward.remove();
      });
    }
    // A part of the page is answered by the way to the door once the session has ended. Whoever typed stays: saving leads
    // there too, keeps the text, and brings it back.
    document.addEventListener("htmx:beforeOnLoad", (event) => {
      if (!touched || !event.detail.xhr.getResponseHeader("HX-Redirect")) return;
      event.preventDefault();
      sayOver(form);
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
