// Everything that pages load from others: htmx for partial pages.
import htmx from "htmx.org";

window.htmx = htmx;
