// Shows how far a file has travelled; without this script the form posts the same file by itself.
// Listens on the document: a refused form comes back in the place of the one that was sent.
{
  const MEGABYTE = 1000 * 1000;
  const inMegabytes = (bytes) => (bytes / MEGABYTE).toLocaleString("id", { maximumFractionDigits: 1 });
  let offered = "";

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-upload]")) return;
    event.preventDefault();
    if (!isRefused(form)) send(form);
  });

  // Offers the file's name as the title, for as long as nobody typed one.
  document.addEventListener("change", ({ target }) => {
    const form = target.closest("[data-upload]");
    if (!form || target !== form.elements.file) return;
    const { title } = form.elements;
    if (!target.files.length || title.value !== offered) return;
    offered = target.files[0].name
      .replace(/\.[^.]+$/, "")
      .replace(/[_-]+/g, " ")
      .slice(0, 200);
    title.value = offered;
  });

  // What could only be refused is not sent first: on a slow line that costs minutes, and the file would be chosen again.
  function isRefused(form) {
    const { file } = form.elements;
    const empty = [...form.elements].filter((field) => field.required && !field.value);
    for (const field of empty) mark(field, "Isi dahulu; berkas belum dikirim.");
    const tooLarge = file.files.length > 0 && file.files[0].size > Number(file.dataset.most);
    if (tooLarge) mark(file, file.dataset.tooLarge);
    const [first] = tooLarge ? [file] : empty;
    first?.focus();
    return Boolean(first);
  }

  function mark(field, sentence) {
    field.parentElement.querySelector("[data-said]")?.remove();
    const words = document.createElement("p");
    words.className = "invalid-feedback";
    words.dataset.said = "";
    words.setAttribute("role", "alert");
    words.textContent = sentence;
    field.classList.add("is-invalid");
    field.after(words);
    field.addEventListener(
      "input",
      () => {
        words.remove();
        field.classList.remove("is-invalid");
      },
      { once: true },
    );
  }

  function send(form) {
    const info = form.querySelector("[data-upload-info]");
    const say = form.querySelector("[data-upload-words]");
    const button = form.querySelector("button[type=submit]");
    const started = Date.now();
    const request = new XMLHttpRequest();
    info.hidden = false;
    button.disabled = true;
    request.upload.addEventListener("progress", (event) => {
      const share = event.loaded / event.total;
      const left = ((Date.now() - started) / share - (Date.now() - started)) / 60000;
      const wait = left < 1 ? "kurang dari 1 menit lagi" : `kira-kira ${Math.ceil(left)} menit lagi`;
      form.querySelector("[data-upload-bar]").setAttribute("width", Math.round(share * 100));
      say.textContent = `${inMegabytes(event.loaded)} dari ${inMegabytes(event.total)} MB · ${wait}`;
      if (share === 1) say.textContent = "Terkirim. Berkas sedang diperiksa …";
    });
    request.addEventListener("load", () => {
      const target = request.getResponseHeader("HX-Redirect");
      if (target) document.dispatchEvent(new CustomEvent("page:leads", { detail: target }));
      else showInstead(request.response);
    });
    request.addEventListener("error", () => {
      button.disabled = false;
      say.textContent = "Jaringan putus. Isian Anda tetap ada; tekan Unggah untuk mencoba lagi.";
    });
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true"); // asks to be told where to go, instead of being taken there
    request.responseType = "document";
    request.send(new FormData(form));
  }

  // The content of the page as the server answered it takes the place of this one's; scripts that dress fields hear of it.
  function showInstead(answer) {
    document.title = answer.title;
    document.querySelector("main").replaceWith(document.adoptNode(answer.querySelector("main")));
    document.dispatchEvent(new Event("page:shown"));
    window.scrollTo(0, 0);
    document.querySelector("[autofocus], main .is-invalid")?.focus();
  }
}
