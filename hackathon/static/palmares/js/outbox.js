// A small outbox kept on the device: what could not be sent waits in localStorage, in order, and goes again.
// It knows requests and answers; it refuses to know forms, marks or words on the screen.
//
// An entry is {slot, key, url, body, since}. A newer entry for the same slot replaces one still waiting, so that
// only the last tap on a criterion travels; `key` makes the repeat of one entry harmless on the server.

const WAITS = [1000, 2000, 4000, 8000, 15000, 30000];

const account = () => document.documentElement.dataset.account ?? "";

export const freshKey = () =>
  globalThis.crypto?.randomUUID?.() ??
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Read at each request: the cookie changes when somebody signs in again in another tab.
export function csrfToken() {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="));
  return cookie
    ? decodeURIComponent(cookie.slice("csrftoken=".length))
    : (document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
}

export class Outbox {
  // name: what it holds and for which page; the account is added, so that nobody sends another's work.
  // handlers: onState(state, waiting), onSaved(entry, answer), onRefused(entry, answer, status).
  constructor(name, handlers) {
    this.place = `palmares:${account()}:${name}`;
    this.handlers = handlers;
    this.failures = 0;
    this.trouble = "";
    this.isSending = false;
    this.timer = null;
    this.memory = [];
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.send());
    window.addEventListener("beforeunload", (event) => this.entries.length && !this.isKept && event.preventDefault());
  }

  get entries() {
    try {
      const kept = localStorage.getItem(this.place);
      return kept ? JSON.parse(kept) : this.isKept === false ? this.memory : [];
    } catch {
      return this.memory;
    }
  }

  // Where storage is refused (private windows), memory holds the queue and the page warns before it is left.
  set entries(list) {
    this.memory = list;
    try {
      if (list.length) localStorage.setItem(this.place, JSON.stringify(list));
      else localStorage.removeItem(this.place);
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  put(slot, url, body) {
    const entry = { slot, url, body, key: freshKey(), since: Date.now() };
    const inFlight = this.isSending ? this.sendingKey : null;
    this.entries = [...this.entries.filter((other) => other.slot !== slot || other.key === inFlight), entry];
    this.send();
  }

  // Our own save moved the version: what still waits for the same slot was typed on top of it.
  amend(slot, change) {
    this.entries = this.entries.map((entry) => (entry.slot === slot ? { ...entry, body: change(entry.body) } : entry));
  }

  // Waits until nothing is on its way (or the limit passes): for a form about to be sent whole.
  async settle(limit = 3000) {
    const end = Date.now() + limit;
    while (this.isSending && Date.now() < end) await new Promise((wake) => setTimeout(wake, 50));
  }

  drop(key) {
    this.entries = this.entries.filter((entry) => entry.key !== key);
  }

  // One request at a time and in order: two taps on one criterion can never arrive the wrong way round.
  async send() {
    clearTimeout(this.timer);
    if (this.isSending || !this.entries.length) return;
    this.isSending = true;
    let again = true;
    while (again && this.entries.length) {
      const entry = this.entries[0];
      this.sendingKey = entry.key;
      if (!this.failures) this.handlers.onState("saving", this.entries.length);
      again = await this.sendOne(entry);
    }
    this.isSending = false;
    this.sendingKey = null;
  }

  async sendOne(entry) {
    const body = new URLSearchParams(entry.body);
    body.set("key", entry.key);
    let response;
    try {
      response = await fetch(entry.url, {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout?.(20000),
        headers: { "X-CSRFToken": csrfToken(), "Idempotency-Key": entry.key, Accept: "application/json" },
      });
    } catch {
      return this.wait("network");
    }
    const answer = await response.json().catch(() => null);
    if (response.ok && answer) {
      this.failures = 0;
      this.trouble = "";
      this.drop(entry.key);
      this.handlers.onSaved(entry, answer);
      this.handlers.onState(this.entries.length ? "saving" : "saved", this.entries.length, answer.saved_at);
      return true;
    }
    if (response.status >= 400 && response.status < 500 && ![401, 403, 408, 425, 429].includes(response.status) && answer) {
      this.failures = 0;
      this.drop(entry.key);
      this.handlers.onRefused(entry, answer, response.status);
      return true;
    }
    // The page is no longer theirs: a handler that asked to know hears it, others go on waiting
    if (response.status === 404 && this.handlers.stopsWhenGone) {
      this.failures = 0;
      this.drop(entry.key);
      this.handlers.onRefused(entry, answer ?? {}, response.status);
      return true;
    }
    // Signed out, or another account: a redirect that is not followed, or an answer that says so without words
    const isStranger = response.type === "opaqueredirect" || [401, 403].includes(response.status);
    return this.wait(isStranger ? "signed-out" : "server");
  }

  // A redirect (signed out), a full server or no network: the work stays here and is sent again later.
  // `trouble` says which: "network", "signed-out" or "server"; "" once something went through.
  wait(trouble) {
    this.trouble = trouble;
    const pause = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.handlers.onState("unsent", this.entries.length);
    this.timer = setTimeout(() => this.send(), pause * (0.75 + Math.random() / 2));
    return false;
  }
}
