// Keeps « time left » moving on the server's clock: the page carries the server's now, the device only counts.
// On time[data-deadline][data-now]; the same steps as the template's time_left.

const startedAt = performance.now();
const two = (number) => String(number).padStart(2, "0");

function text(seconds, lang) {
  if (seconds >= 48 * 3600) {
    const days = Math.floor(seconds / 86400);
    return new Intl.NumberFormat(lang, { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
  }
  if (seconds >= 600) {
    const minutes = Math.floor(seconds / 60);
    return `${Math.floor(minutes / 60)}\u00a0h\u00a0${two(minutes % 60)}`;
  }
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

function tick() {
  const gone = performance.now() - startedAt;
  for (const place of document.querySelectorAll("time[data-deadline][data-now]")) {
    const left = Math.floor((Date.parse(place.dataset.deadline) - Date.parse(place.dataset.now) - gone) / 1000);
    const words = left > 0 ? text(left, document.documentElement.lang) : place.dataset.past;
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("is-near", left > 0 && left < 600);
  }
}

tick();
setInterval(tick, 1000);
