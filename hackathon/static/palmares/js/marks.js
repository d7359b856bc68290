// Each tap on a mark is saved at once: one criterion, one request, kept on the device until the server has it.
// On form[data-mark-url] holding fieldsets [data-criterion][data-version] of radios.

import { Outbox } from "./outbox.js";
import { clockTime, saveState } from "./save_state.js";

function follow(form) {
  const url = new URL(form.dataset.markUrl, location.href).pathname;
  const show = saveState(form);
  const cell = (criterion) => form.querySelector(`fieldset[data-criterion="${CSS.escape(criterion)}"]`);
  const radio = (fieldset, value) =>
    [...fieldset.querySelectorAll("input[type=radio]")].find((input) => Number(input.value) === Number(value));
  let isRefused = false;

  const outbox = new Outbox(`marks:${url}`, {
    onState(state, n, time) {
      if (!isRefused || state === "unsent") show(state, { n, time: time ?? clockTime() });
      for (const entry of outbox.entries) cell(entry.slot)?.setAttribute("data-state", state);
    },
    onSaved(entry, answer) {
      isRefused = false;
      const fieldset = cell(entry.slot);
      if (!fieldset) return;
      fieldset.dataset.state = "saved";
      if (answer.version !== undefined) {
        fieldset.dataset.version = answer.version;
        outbox.amend(entry.slot, (body) => ({ ...body, version: answer.version }));
      }
      showDone(answer);
    },
    onRefused(entry, answer, status) {
      isRefused = true;
      const fieldset = cell(entry.slot);
      if (fieldset) {
        fieldset.dataset.state = "refused";
        if (answer.version !== undefined) fieldset.dataset.version = answer.version;
        if ("value" in answer) putBack(fieldset, answer.value);
        // Closed or taken away: every criterion stops, and says why.
        if (status === 403 || answer.code === "closed") {
          form.querySelectorAll("fieldset[data-criterion]").forEach((other) => (other.disabled = true));
        }
      }
      show("refused", { message: answer.message });
    },
  });

  function putBack(fieldset, value) {
    fieldset.querySelectorAll("input[type=radio]").forEach((input) => (input.checked = false));
    const kept = value === null ? null : radio(fieldset, value);
    if (kept) kept.checked = true;
  }

  function showDone({ done, of, text }) {
    if (done === undefined) return;
    form.querySelectorAll("[data-done-bar]").forEach((bar) => {
      bar.value = done;
      if (of) bar.max = of;
    });
    form.querySelectorAll("[data-done-text]").forEach((place) => (place.textContent = text ?? `${done} / ${of}`));
    form.querySelectorAll("[data-needs-all]").forEach((button) => (button.disabled = done < of));
  }

  form.addEventListener("change", (event) => {
    const fieldset = event.target.closest("fieldset[data-criterion]");
    if (!fieldset || event.target.type !== "radio") return;
    isRefused = false;
    fieldset.dataset.state = "saving";
    // The version is the one the juror saw: after a reload too, a mark changed elsewhere is refused, not overwritten.
    const { criterion, version } = fieldset.dataset;
    outbox.put(criterion, url, { criterion, value: event.target.value, version });
  });

  // The page was reloaded with marks still waiting: show them as the juror left them, and send them.
  for (const entry of outbox.entries) {
    const fieldset = cell(entry.slot);
    const waiting = fieldset && !fieldset.disabled && radio(fieldset, entry.body.value);
    if (waiting) waiting.checked = true;
  }
  outbox.send();
}

document.querySelectorAll("form[data-mark-url]").forEach(follow);
