// The welcome desk: finds without loading the page again, scans with the camera where the browser can read codes,
// and keeps what cannot be sent on the device. Without it every form of the page works by itself.
//
// It refuses to decide anything: the server says who comes in; a scan kept here carries the hour at which it was made.

import { Camera, hasCamera } from "./camera.js";
import { csrfToken, freshKey, Outbox } from "./outbox.js";

const CODE = /^[A-Za-z0-9_-]{22}$/;

// What a badge or an address holds; the server reads it the same way (desk_search.code_in).
function codeIn(text) {
  let found = text.trim();
  if (found.includes("://")) {
    try {
      const url = new URL(found);
      found = url.searchParams.get("q") || url.pathname.replace(/\/+$/, "").split("/").pop();
    } catch {
      return "";
    }
  }
  found = found.replace(/\s+/g, "");
  return CODE.test(found) ? found : "";
}

function follow(desk) {
  const words = desk.dataset;
  const part = (name) => desk.querySelector(`[data-desk-${name}]`);
  const box = part("find").querySelector("input[name=q]");
  const skew = Date.parse(words.now) - Date.now(); // the event's clock, not the device's
  const eventTime = () => new Date(Date.now() + skew);
  const clockOf = (moment) =>
    new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  let asked = 0;
  let current = location.pathname + location.search;

  function say(text, kind = "") {
    part("said").dataset.kind = kind;
    part("said").textContent = text;
  }

  // --- What the server shows ---------------------------------------------------------------------------------

  // Replaces the view by the one at `url`. Throws when there is no network; only the latest question is shown.
  async function show(url, { isQuiet = false } = {}) {
    const turn = ++asked;
    const response = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (turn !== asked) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const view = page.querySelector("[data-desk-view]");
    if (!response.ok || !view) return location.assign(url); // signed out, or the server is in trouble: say so whole
    if (turn !== asked) return;
    part("view").replaceWith(document.importNode(view, true));
    if (isQuiet) return;
    current = url;
    history.replaceState(null, "", url);
    box.value = "";
    (part("focus") ?? box).focus();
  }

  async function find(text) {
    if (!text) return;
    say("");
    try {
      await show(`${words.page}?${new URLSearchParams({ q: text })}`);
    } catch {
      const code = codeIn(text);
      if (!code) return say(words.nameOffline, "late");
      box.value = "";
      const what = `${words.badge.replace("{code}", code.slice(0, 6))} – ${words.checkIn}`;
      send(words.scan, { q: code, act: "check_in" }, what);
    }
  }

  // --- What is sent, now or later ----------------------------------------------------------------------------

  const outbox = new Outbox(`desk:${words.page}`, {
    onState(state, waiting) {
      // A scan that goes at once shows nothing; what had to wait stays on the screen until the last one is gone
      list(state === "unsent" || !part("queue").hidden ? waiting : 0);
      if (state === "unsent" && outbox.latest) say(words.kept.replace("{what}", outbox.latest), "late");
      if (state === "unsent") outbox.latest = "";
      const why = { "signed-out": words.signedOut, server: words.server }[outbox.trouble] ?? "";
      part("trouble").textContent = outbox.isKept === false ? `${words.notKept} ${why}`.trim() : why;
    },
    onSaved(entry, answer) {
      outbox.latest = "";
      say(answer.message, answer.is_repeat ? "late" : "ok");
      const isFresh = Date.now() - entry.since < 10000;
      if (!outbox.entries.length) refresh(isFresh ? answer.url : current, !isFresh);
    },
    onRefused(entry, answer) {
      outbox.latest = "";
      const isFresh = Date.now() - entry.since < 10000;
      say(answer.message, "bad");
      if (!isFresh) refuse(entry, answer);
      if (!outbox.entries.length) refresh(isFresh && answer.url ? answer.url : current, !isFresh);
    },
  });
  outbox.latest = "";

  const refresh = (url, isQuiet) => show(url, { isQuiet }).catch(() => {});

  function send(url, body, what) {
    const names = ({ q, registration, act }) => JSON.stringify([q, registration, act]);
    const isKept = outbox.entries.some((entry) => entry.url === url && names(entry.body) === names(body));
    if (isKept) return say(words.again, "late");
    outbox.latest = what;
    // Each act has a slot of its own: none replaces another, and they go in the order in which they were made
    outbox.put(freshKey(), url, { ...body, at: eventTime().toISOString(), what });
    if (!navigator.onLine) list(outbox.entries.length);
  }

  function list(waiting) {
    part("queue").hidden = !waiting;
    part("unsent").textContent = part("unsent").dataset.words.replace("{n}", waiting);
    part("waiting").replaceChildren(...(waiting ? outbox.entries : []).map((entry) => line(entry)));
  }

  function line({ body }, message = "") {
    const item = document.createElement("li");
    item.textContent = [clockOf(Date.parse(body.at) - skew), body.what, message].filter(Boolean).join(" · ");
    return item;
  }

  // Whoever was let in without the network and should not have been: it stays on the screen until it is left.
  function refuse(entry, answer) {
    part("refusals").hidden = false;
    part("refused").append(line(entry, answer.message));
  }

  desk.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-desk-find]")) {
      event.preventDefault();
      box.blur();
      find(box.value.trim());
    } else if (form.matches("[data-desk-act]")) {
      event.preventDefault();
      const { csrfmiddlewaretoken, ...body } = Object.fromEntries(new FormData(form));
      send(new URL(form.action).pathname, body, form.dataset.what);
    }
  });

  desk.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-desk-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    say("");
    show(link.getAttribute("href")).catch(() => say(words.nameOffline, "late"));
  });

  // A code reader types as a keyboard does: its first letter opens the box, wherever the focus is.
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, button, a, summary");
    if (isTyping || event.key.length !== 1 || event.key === " " || event.ctrlKey || event.metaKey || event.altKey) return;
    box.value = "";
    box.focus();
  });

  function count({ bars = [], ...counts }) {
    for (const [name, number] of Object.entries(counts)) {
      const place = desk.querySelector(`[data-desk-count="${name}"]`);
      if (place) place.textContent = number ?? "";
    }
    const left = part("left");
    if (left) left.hidden = counts.minutes_left == null;
    desk.querySelectorAll("[data-desk-bar]").forEach((bar, at) => {
      if (!bars[at]) return;
      bar.setAttribute("y", bars[at].y);
      bar.setAttribute("height", bars[at].height);
    });
  }

  // --- The counts ---------------------------------------------------------------------------------------------

  setInterval(async () => {
    if (document.visibilityState !== "visible" || !navigator.onLine) return;
    try {
      const response = await fetch(words.counts, { credentials: "same-origin", headers: { Accept: "application/json" } });
      const counts = response.ok ? await response.json() : {};
      count(counts);
    } catch {
      // the next round says more
    }
  }, 20000);

  // --- The camera -----------------------------------------------------------------------------------------------

  const film = part("film");
  const showFilm = (isShown) => {
    film.hidden = !isShown;
    part("camera").hidden = isShown;
  };
  const camera = new Camera(film.querySelector("video"), {
    read: (picture) =>
      fetch(words.read, {
        method: "POST",
        body: picture,
        credentials: "same-origin",
        signal: AbortSignal.timeout?.(8000),
        headers: { "X-CSRFToken": csrfToken(), "Content-Type": picture.type, Accept: "application/json" },
      }),
    onCode(text) {
      showFilm(false);
      find(text);
    },
    onTrouble(trouble) {
      showFilm(false);
      say({ offline: words.cameraOffline, refused: words.signedOut }[trouble] ?? words.noCamera, "late");
      box.focus();
    },
  });
  const stop = () => {
    camera.stop();
    showFilm(false);
  };

  if (hasCamera()) {
    part("camera").hidden = false;
    part("camera").addEventListener("click", () => {
      say("");
      showFilm(true);
      desk.querySelector("[data-desk-camera-stop]").focus();
      camera.start();
    });
    desk.querySelector("[data-desk-camera-stop]").addEventListener("click", () => {
      stop();
      part("camera").focus();
    });
    window.addEventListener("pagehide", stop);
  }

  // Scans kept by an earlier visit go now.
  list(outbox.entries.length);
  outbox.send();
}

// A registration at the desk is not kept on the device, since only the server knows whether a place is left.
function watch(form) {
  form.addEventListener("submit", (event) => {
    const notice = document.querySelector("[data-desk-offline]");
    notice.hidden = navigator.onLine;
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation(); // nothing was sent: shell.js must not take the next try for a double tap
  });
}

document.querySelectorAll("[data-desk]").forEach(follow);
document.querySelectorAll("[data-desk-walk-in]").forEach(watch);
