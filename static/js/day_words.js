// Says a picked day in Indonesian: the browser's own field shows it in the order of the browser's language.
// In a block: the page that answers an upload is written into the same window, where a name can be given only once.
{
  const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

  for (const input of document.querySelectorAll("input[type=date], input[type=datetime-local]")) {
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
  }
}
