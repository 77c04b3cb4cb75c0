// Brings the indicator in view into the middle of the reviewer's list; without the script the list begins at its top.
const current = document.querySelector(".rv-list [aria-current]");
if (current) {
  const list = current.closest(".rv-list");
  list.scrollTop = current.offsetTop - list.clientHeight / 2;
}
