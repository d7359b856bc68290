// Follows a long piece of work: asks a JSON address how far it is, moves the bar, goes on when it is done.
// On [data-progress-url] holding a <progress> and [data-progress-text].

const BUSY = 1000;
const CALM = 5000;

async function follow(place) {
  const bar = place.querySelector("progress");
  const words = place.querySelector("[data-progress-text]");
  for (;;) {
    let pause = document.hidden ? CALM : BUSY;
    try {
      const response = await fetch(place.dataset.progressUrl, { headers: { Accept: "application/json" } });
      if (response.status === 403 || response.status === 404) return;
      const { value, max, text, done, url } = await response.json();
      if (max !== undefined) bar.max = max;
      if (value !== undefined) bar.value = value;
      if (text && words.textContent !== text) words.textContent = text;
      if (done) {
        if (url) location.assign(url);
        return;
      }
    } catch {
      pause = CALM;
    }
    await new Promise((wake) => setTimeout(wake, pause));
  }
}

document.querySelectorAll("[data-progress-url]").forEach(follow);
