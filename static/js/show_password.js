// Lets a person read the password while typing it; without this script the button stays hidden.
for (const button of document.querySelectorAll("[data-show-password]")) {
  const field = document.getElementById(button.dataset.showPassword);
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
}
