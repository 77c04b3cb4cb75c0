// Goes where the server's answer to a script leads. The way to another place of this very page would only scroll there,
// and what was done would not be seen: the page is loaded anew.
{
  const withoutAnchor = ({ href }) => href.split("#")[0];

  function goTo(target) {
    const there = new URL(target, location.href);
    const onlyScrolls = there.hash && withoutAnchor(there) === withoutAnchor(location);
    location.assign(there);
    if (onlyScrolls) location.reload();
  }

  // On the window, the last to hear of it: whoever typed may have been kept here (unsaved.js).
  window.addEventListener("htmx:beforeOnLoad", (event) => {
    const target = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (!target || event.defaultPrevented) return;
    event.preventDefault();
    goTo(target);
  });

  document.addEventListener("page:leads", ({ detail }) => goTo(detail));
}
