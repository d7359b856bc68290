// Files travel in small parts and survive a network that drops: each part says where it begins, and after a silence
// the server says where to go on from. On form[data-upload=URL] with one file input. After a reload the same file,
// chosen again, goes on from where it stopped: its first part is compared with what is there. Without this the form
// sends one file whole.

import { csrfToken } from "./outbox.js";

const FIRST = 128 * 1024; // a slow network sends it in a second or two
const MOST = 1024 * 1024;
const AIM = 700; // milliseconds that a part should take
const WAITS = [500, 1000, 2000, 4000, 8000];

class Refusal extends Error {
  constructor(answer, status) {
    super(answer.message ?? "");
    Object.assign(this, { answer, status });
  }
}

async function ask(url, options = {}) {
  const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json", ...options.headers };
  const answer = await fetch(url, { method: "POST", ...options, headers });
  if (answer.status >= 500 || answer.status === 429) throw new TypeError(`${answer.status}`); // as a lost network
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(said, answer.status);
  return said;
}

// Until the network is back, or a moment has passed.
const quiet = (time) =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      done();
    };
    const timer = setTimeout(end, time);
    window.addEventListener("online", end);
  });

async function send(file, kind, form, row) {
  const { dataset } = form;
  let failures = 0;
  // What the network loses is tried again for as long as it takes; what the server refuses is not.
  const insist = async (what) => {
    for (;;) {
      if (row.isStopped) throw new Refusal({ message: dataset.stopped }, 0);
      try {
        const said = await what();
        failures = 0;
        return said;
      } catch (trouble) {
        if (trouble instanceof Refusal) throw trouble;
        row.say(dataset.paused);
        await quiet(WAITS[Math.min(failures++, WAITS.length - 1)]);
      }
    }
  };
  const begin = (afresh) =>
    insist(() => ask(dataset.upload, { body: new URLSearchParams({ kind, name: file.name, size: file.size, afresh }) }));
  const part = (url, from, to) =>
    insist(() =>
      ask(url, {
        body: file.slice(from, to),
        headers: { "Content-Type": "application/octet-stream", "Upload-Offset": String(from) },
      }),
    );

  let place = await begin("0");
  let { offset } = place;
  if (offset) {
    try {
      await part(place.part, 0, Math.min(offset, FIRST));
    } catch (trouble) {
      if (trouble.answer?.code !== "different_file") throw trouble;
      place = await begin("1");
      offset = place.offset;
    }
  }
  let size = FIRST;
  for (;;) {
    while (offset < file.size) {
      row.show(offset);
      const since = performance.now();
      const to = Math.min(offset + size, file.size);
      try {
        offset = (await part(place.part, offset, to)).offset;
      } catch (trouble) {
        if (trouble.answer?.code !== "gap") throw trouble;
        offset = trouble.answer.offset;
      }
      const took = performance.now() - since;
      size = Math.round(Math.min(MOST, Math.max(FIRST / 4, size * Math.min(2, Math.max(0.5, AIM / took)))));
    }
    row.show(offset);
    row.say(dataset.checking);
    try {
      return await insist(() => ask(place.finish));
    } catch (trouble) {
      if (trouble.answer?.code !== "upload_incomplete") throw trouble;
      offset = trouble.answer.offset;
    }
  }
}

function rowOf(file, form) {
  const { dataset } = form;
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const item = make("li", { className: "row-item" });
  const text = make("div", { className: "row-text stack stack-tight" });
  const words = make("p", { className: "small" });
  const bar = make("progress", { className: "bar", max: file.size, value: 0, ariaLabel: `${dataset.arriving} ${file.name}` });
  const stop = make("button", { type: "button", className: "btn btn-quiet btn-small", textContent: `${dataset.stop} – ${file.name}` });
  text.append(make("strong", { textContent: file.name }), bar, words, stop);
  item.append(text);
  const row = {
    item,
    isStopped: false,
    say(what) {
      if (words.textContent !== what) form.querySelector("[data-upload-says]").textContent = `${file.name} – ${what}`;
      words.textContent = what;
    },
    show(sent) {
      bar.value = sent;
      words.textContent = `${dataset.arriving} ${Math.floor((100 * sent) / file.size)} %`;
    },
    end(what, isWrong) {
      row.say(what);
      bar.hidden = stop.hidden = true;
      item.classList.toggle("file-wrong", isWrong);
    },
  };
  stop.addEventListener("click", () => (row.isStopped = true));
  return row;
}

// The list as the server has it now; what is being typed in it, or still being sent, is left alone.
async function refresh(section) {
  const answer = await fetch(section.dataset.files, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-files]");
  if (!fresh) return;
  const inHand = section.contains(document.activeElement) ? document.activeElement.id : "";
  section.replaceWith(fresh);
  begin(fresh);
  (inHand && document.getElementById(inHand))?.focus();
}

function follow(form, section) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-upload-list]");
  const kind = form.elements.namedItem("kind").value;
  input.multiple = "several" in input.dataset;
  form.querySelector("[data-upload-plain]").hidden = true;
  let queue = Promise.resolve();
  let waiting = 0;
  let wentWrong = false;

  async function one(file) {
    const row = rowOf(file, form);
    list.hidden = false;
    list.append(row.item);
    if (!file.size || file.size > Number(form.dataset.limit)) {
      wentWrong = true;
      row.end(file.size ? form.dataset.large : form.dataset.empty, true);
      return;
    }
    try {
      row.end((await send(file, kind, form, row)).message || form.dataset.done, false);
    } catch (trouble) {
      wentWrong = true;
      const isOut = trouble.status === 401 || (trouble.status === 403 && !trouble.answer?.code);
      row.end(isOut ? form.dataset.signedOut : trouble.message || form.dataset.failed, true);
    }
  }

  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    for (const file of files) {
      waiting += 1;
      section.dataset.busy = Number(section.dataset.busy ?? 0) + 1;
      queue = queue.then(() => one(file)).finally(() => {
        waiting -= 1;
        section.dataset.busy = Number(section.dataset.busy) - 1;
        if (!waiting && !wentWrong && section.dataset.busy === "0") refresh(section);
      });
    }
    wentWrong = false;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

const isBusy = () => [...document.querySelectorAll("[data-files]")].some((each) => Number(each.dataset.busy ?? 0) > 0);
window.addEventListener("beforeunload", (event) => isBusy() && event.preventDefault());

function begin(section) {
  section.querySelectorAll("form[data-upload]").forEach((form) => follow(form, section));
}
document.querySelectorAll("[data-files]").forEach(begin);
