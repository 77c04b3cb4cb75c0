// Lets a person read the password while typing it; without this script there is no button, or it stays hidden.
const lead = (field, button) => {
  const hide = () => {
    field.type = "password";
    button.setAttribute("aria-pressed", "false");
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    if (field.type === "text") return hide();
    field.type = "text";
    button.setAttribute("aria-pressed", "true");
  });
  field.form.addEventListener("submit", hide);
};

for (const button of document.querySelectorAll("[data-show-password]")) {
  lead(document.getElementById(button.dataset.showPassword), button);
}

for (const field of document.querySelectorAll("form[data-passwords] input[type=password]")) {
  const [box, button, rest] = ["div", "button", "span"].map((name) => document.createElement(name));
  box.className = "pw";
  button.className = "btn btn-line";
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  rest.className = "sr";
  rest.textContent = " kata sandi";
  button.append("Lihat", rest);
  field.replaceWith(box);
  box.append(field, button);
  lead(field, button);
}
