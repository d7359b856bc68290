// A registration form keeps itself while it is filled in: a moment after the last key, and when the page is left.
// On form[data-draft=URL]. Diet and access needs never travel this way. The form works without it.

import { clockTime, saveState } from "./save_state.js";

const SILENCE = 1200;
const NEVER = new Set(["diet", "access", "needs_agreed", "website"]);

function follow(form) {
  const show = saveState(form);
  const newFiles = new Set();
  let timer = null;
  let isChanged = false;
  let isLeaving = false;
  let sending = null;

  function body(withFiles) {
    const data = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (NEVER.has(name)) continue;
      if (typeof value === "string") data.append(name, value);
      else if (withFiles && newFiles.has(name) && value.size) data.append(name, value);
    }
    return data;
  }

  async function save() {
    clearTimeout(timer);
    if (sending) await sending;
    if (!isChanged || isLeaving) return;
    isChanged = false;
    const data = body(true);
    newFiles.clear();
    show("saving");
    sending = fetch(form.dataset.draft, { method: "POST", body: data, headers: { Accept: "application/json" } })
      .then(async (answer) => {
        const { message } = await answer.json().catch(() => ({}));
        if (answer.ok) show("saved", { time: clockTime() });
        else show("refused", { message });
      })
      .catch(() => {
        isChanged = true; // no network: tried again at the next key, or when it is back
        show("unsent", { n: 1 });
      })
      .finally(() => (sending = null));
    await sending;
  }

  function touch({ target }) {
    if (!target.name || NEVER.has(target.name)) return;
    if (target.type === "file") newFiles.add(target.name);
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, SILENCE);
  }

  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isLeaving = true; // the whole form goes: a draft arriving later would only be in the way
  });
  window.addEventListener("pageshow", () => (isLeaving = false));
  window.addEventListener("online", save);
  window.addEventListener("pagehide", () => {
    if (!isChanged || isLeaving) return;
    isChanged = false;
    fetch(form.dataset.draft, { method: "POST", body: body(false), keepalive: true }).catch(() => {});
  });
}

document.querySelectorAll("form[data-draft]").forEach(follow);
