// Keeps the wall up to date: asks for its content every 15 seconds, which costs nothing while it is the same.
// When the network is cut, what is there stays, and a line says since when; countdown.js goes on counting.

const EVERY = 15_000;
const wall = document.querySelector(".wall");
const content = wall.querySelector(".wall-content");
const cut = wall.querySelector(".wall-cut");
const startedAt = performance.now();
let tag = "";

async function ask() {
  try {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(wall.dataset.part, { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag") ?? "";
      content.innerHTML = await answer.text();
    } else if (answer.status !== 304) {
      throw new Error(answer.status);
    }
    // countdown.js counts from the moment the page was loaded: what the event's clock said then
    const then = new Date(Date.parse(answer.headers.get("X-Event-Now")) - (performance.now() - startedAt)).toISOString();
    for (const time of content.querySelectorAll("time[data-deadline]")) time.dataset.now = then;
    cut.hidden = true;
  } catch {
    if (cut.hidden) {
      const since = cut.querySelector("time");
      since.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      cut.hidden = false;
    }
  }
}

ask();
setInterval(ask, EVERY);
addEventListener("online", ask);
