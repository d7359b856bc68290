// The frame: closes an open menu on Escape or on a tap elsewhere, and keeps a double tap from sending a form twice.
// Everything works without it.

const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const now = Date.now();
  if (now - (sent.get(event.target) ?? 0) < 3000) event.preventDefault();
  else sent.set(event.target, now);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));
