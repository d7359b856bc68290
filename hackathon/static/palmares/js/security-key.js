/* A key that was refused, taken away or not known: said on the page instead of in the console. */

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.querySelector("[data-key-error]");
  if (words) words.hidden = false;
});
