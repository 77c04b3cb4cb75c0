// Says a picked day in Indonesian: the browser's own field shows it in the order of the browser's language.
{
  const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

  const dress = (input) => {
    const words = document.createElement("p");
    words.className = "form-text day-words";
    words.setAttribute("role", "status");
    input.after(words);
    const say = () => {
      const [date, hour] = input.value.split("T");
      const shown = date ? new Date(`${date}T00:00`).toLocaleDateString("id", day).replace(",", "") : "";
      words.textContent = hour ? `${shown} pukul ${hour.replace(":", ".")}` : shown;
    };
    input.addEventListener("input", say);
    say();
  };

  const dressAll = () => document.querySelectorAll("input[type=date], input[type=datetime-local]").forEach(dress);
  document.addEventListener("page:shown", dressAll); // a form that came back refused
  dressAll();
}
