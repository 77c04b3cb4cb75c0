// Shows how far a file has travelled; without this script the form posts the same file by itself.
const MEGABYTE = 1000 * 1000;
const words = (bytes) => (bytes / MEGABYTE).toLocaleString("id", { maximumFractionDigits: 1 });

for (const form of document.querySelectorAll("[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = faultOf(form);
    if (fault) tell(form, fault);
    else send(form);
  });
  nameFrom(form);
}

// What could only be refused is not sent first: on a slow line that costs minutes, and the file would be chosen again.
function faultOf(form) {
  const empty = [...form.elements].filter((field) => field.required && !field.value);
  if (empty.length) {
    empty[0].focus();
    return `Belum dikirim. Isi dahulu: ${empty.map((field) => field.labels[0].firstChild.textContent.trim()).join(", ")}.`;
  }
  const { file } = form.elements;
  return file.files[0].size > Number(file.dataset.most) ? `Belum dikirim. ${file.dataset.tooLarge}` : "";
}

function tell(form, sentence) {
  form.querySelector("[data-upload-info]").hidden = false;
  form.querySelector("[data-upload-words]").textContent = sentence;
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
    const left = Math.ceil(((Date.now() - started) / share - (Date.now() - started)) / 60000);
    form.querySelector("[data-upload-bar]").setAttribute("width", Math.round(share * 100));
    say.textContent = `${words(event.loaded)} dari ${words(event.total)} MB · kira-kira ${left} menit lagi`;
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
