// Shows how far a file has travelled; without this script the form posts the same file by itself.
// In a block: the page that answers an upload is written into the same window, where a name can be given only once.
{
  const MEGABYTE = 1000 * 1000;
  const words = (bytes) => (bytes / MEGABYTE).toLocaleString("id", { maximumFractionDigits: 1 });

  for (const form of document.querySelectorAll("[data-upload]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!isRefused(form)) send(form);
    });
    nameFrom(form);
  }

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

  // Offers the file's name as the title, for as long as nobody typed one.
  function nameFrom(form) {
    const { file, title } = form.elements;
    let offered = "";
    file.addEventListener("change", () => {
      if (!file.files.length || title.value !== offered) return;
      offered = file.files[0].name
        .replace(/\.[^.]+$/, "")
        .replace(/[_-]+/g, " ")
        .slice(0, 200);
      title.value = offered;
    });
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
      say.textContent = `${words(event.loaded)} dari ${words(event.total)} MB · ${wait}`;
      if (share === 1) say.textContent = "Terkirim. Berkas sedang diperiksa …";
    });
    request.addEventListener("load", () => {
      // The answer is shown as it came: fetching it again would lose its message.
      document.open();
      document.write(request.responseText);
      document.close();
      history.replaceState(null, "", request.responseURL);
    });
    request.addEventListener("error", () => {
      button.disabled = false;
      say.textContent = "Jaringan putus. Isian Anda tetap ada; tekan Unggah untuk mencoba lagi.";
    });
    request.open("POST", form.action);
    request.send(new FormData(form));
  }
}
