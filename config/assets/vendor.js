// Everything that pages load from others: htmx for partial pages, Bootstrap's collapse and dropdown.
import "bootstrap/js/dist/collapse";
import "bootstrap/js/dist/dropdown";
import htmx from "htmx.org";

window.htmx = htmx;
