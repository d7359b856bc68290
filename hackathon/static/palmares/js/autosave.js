// A draft saves itself: the fields that changed travel after a second of silence, and wait on the device while
// there is no network. On form[data-autosave]; the button of the form still works, with or without this.

import { Outbox } from "./outbox.js";
import { clockTime, saveState } from "./save_state.js";

const SILENCE = 1000;
const SLOT = "draft";

function follow(form) {
  const url = new URL(form.dataset.autosave || form.action, location.href).pathname;
  const show = saveState(form);
  const version = () => form.elements.namedItem("version");
  const changed = new Set();
  let timer = null;
  let isStopped = false;

  const typed = (entry) => entry.body.filter(([name]) => name !== "version" && name !== "autosave");
  const names = (entry) => new Set(typed(entry).map(([name]) => name));
  const values = (wanted) => {
    const data = new FormData(form);
    const pairs = [];
    for (const name of wanted) {
      const all = data.getAll(name).filter((value) => typeof value === "string");
      // An unticked box sends nothing by itself; an empty value says that it was emptied.
      if (all.length) all.forEach((value) => pairs.push([name, value]));
      else pairs.push([name, ""]);
    }
    return pairs;
  };

  const outbox = new Outbox(`draft:${url}`, {
    stopsWhenGone: true,
    onState: (state, n, time) => !isStopped && show(state, { n, time: time ?? clockTime() }),
    onSaved(entry, answer) {
      if (version() && answer.version !== undefined) {
        version().value = answer.version;
        outbox.amend(SLOT, (body) => body.map(([name, value]) => [name, name === "version" ? answer.version : value]));
      }
      const saved = names(entry);
      saved.forEach(clearError);
      setKept(kept().filter(([name]) => !saved.has(name)));
    },
    onRefused(entry, answer, status) {
      if (status === 400 || status === 422) {
        for (const [name, texts] of Object.entries(answer.errors ?? {})) showError(name, texts);
      } else isStopped = true; // Somebody else saved, or the deadline passed: nothing more is sent.
      keep(typed(entry));
      const gone = form.querySelector("[data-save-state]")?.dataset.gone;
      show("refused", { message: answer.message ?? (status === 404 ? gone : "") });
    },
  });

  // What the server refused outlives the page: shown beside its field at the next visit, never put back unasked.
  const keptPlace = `${outbox.place}:kept`;
  function kept() {
    try {
      return JSON.parse(localStorage.getItem(keptPlace) ?? "[]");
    } catch {
      return [];
    }
  }
  function keep(pairs) {
    const names = new Set(pairs.map(([name]) => name));
    setKept([...kept().filter(([name]) => !names.has(name)), ...pairs]);
  }
  function setKept(pairs) {
    try {
      if (pairs.length) localStorage.setItem(keptPlace, JSON.stringify(pairs));
      else localStorage.removeItem(keptPlace);
    } catch {
      // Storage is refused: the text is still in the field.
    }
  }
  function showKept() {
    const data = new FormData(form);
    const lost = kept().filter(([name, value]) => value && field(name) && !data.getAll(name).includes(value));
    setKept(lost);
    const words = form.querySelector("[data-save-state]")?.dataset.kept;
    for (const [name, value] of lost) {
      const details = document.createElement("details");
      details.className = "kept";
      const summary = Object.assign(document.createElement("summary"), { textContent: words });
      details.append(summary, Object.assign(document.createElement("p"), { textContent: value }));
      (field(name).closest(".field") ?? field(name)).append(details);
    }
  }

  const field = (name) => [...form.elements].find((element) => element.name === name && element.type !== "hidden");

  function showError(name, texts) {
    const control = field(name);
    if (!control) return;
    clearError(name);
    const list = document.createElement("ul");
    list.className = "errorlist";
    list.id = `${control.id}_error`;
    list.dataset.autosaveError = name;
    list.append(...[].concat(texts).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    control.before(list);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), list.id].filter(Boolean).join(" "));
    control.closest(".field")?.classList.add("field-bad");
  }

  function clearError(name) {
    const list = form.querySelector(`[data-autosave-error="${CSS.escape(name)}"]`);
    const control = field(name);
    if (!list || !control) return;
    const others = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== list.id);
    if (others.length) control.setAttribute("aria-describedby", others.join(" "));
    else control.removeAttribute("aria-describedby");
    control.removeAttribute("aria-invalid");
    control.closest(".field")?.classList.remove("field-bad");
    list.remove();
  }

  // What still waits is joined to what just changed: one entry, no field forgotten.
  function save() {
    clearTimeout(timer);
    if (!changed.size || isStopped) return;
    const waiting = outbox.entries.find((entry) => entry.slot === SLOT && entry.key !== outbox.sendingKey);
    // A draft waiting since an earlier visit keeps the version it was typed on, so that nobody's text is overwritten.
    const base = waiting?.body.find(([name]) => name === "version")?.[1] ?? version()?.value;
    if (waiting) names(waiting).forEach((name) => changed.add(name));
    const pairs = [...values(changed), ["autosave", "1"]];
    if (base !== undefined) pairs.push(["version", base]);
    changed.clear();
    outbox.put(SLOT, url, pairs);
  }

  function touch(event) {
    const { name, type } = event.target;
    if (!name || type === "file" || type === "hidden" || type === "password") return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(save, SILENCE);
  }

  function putBack(pairs) {
    const names = new Set(pairs.map(([name]) => name));
    for (const name of names) {
      const wanted = pairs.filter(([other]) => other === name).map(([, value]) => value);
      for (const control of [...form.elements].filter((element) => element.name === name)) {
        if (control.type === "checkbox" || control.type === "radio") control.checked = wanted.includes(control.value);
        else if (control.type === "select-multiple") {
          for (const option of control.options) option.selected = wanted.includes(option.value);
        } else if (control.type !== "file") control.value = wanted[0];
      }
    }
  }

  form.addEventListener("input", touch);
  form.addEventListener("change", (event) => {
    if (/^(checkbox|radio|select)/.test(event.target.type)) touch(event);
    save();
  });
  // The whole form goes: whatever is on its way arrives first, or the form would meet its own newer version.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    keep(outbox.entries.flatMap(typed));
    if (outbox.isSending) {
      event.preventDefault();
      await outbox.settle();
      outbox.isSending = false;
      form.requestSubmit(event.submitter);
    }
    outbox.entries = [];
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  window.addEventListener("pagehide", save);

  for (const entry of outbox.entries) putBack(typed(entry));
  showKept();
  outbox.send();
}

document.querySelectorAll("form[data-autosave]").forEach(follow);
