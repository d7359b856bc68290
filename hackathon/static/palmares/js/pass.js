/* The QR of a slip brings its code behind the # of the address: into the box, and out of the address and history. */

const box = document.querySelector("[data-pass-code]");
const code = decodeURIComponent(window.location.hash.slice(1)).trim();
if (box && /^[A-Za-z0-9-]{16,19}$/.test(code)) {
  box.value = code;
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
  box.form.querySelector("button")?.focus();
}
