// Gives the choice of a file an Indonesian button: the browser's own speaks the browser's language.
{
  const NOTHING = "Belum ada berkas yang dipilih.";

  const dress = (input) => {
    const button = document.createElement("label");
    const name = document.createElement("span");
    const row = document.createElement("div");
    button.className = "btn btn-line";
    button.htmlFor = input.id;
    button.textContent = "Pilih berkas";
    name.setAttribute("role", "status");
    row.className = "file-choice";
    row.append(button, name);
    input.classList.add("file-own");
    input.after(row);
    const say = () => {
      name.textContent = [...input.files].map((file) => file.name).join(", ") || NOTHING;
    };
    input.addEventListener("change", say);
    say();
  };

  const dressAll = () => document.querySelectorAll("input[type=file]").forEach(dress);
  document.addEventListener("page:shown", dressAll); // a form that came back refused
  dressAll();
}
