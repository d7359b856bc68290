// A list put in order by hand: dragged by its handle, or held with the space bar and moved with the arrows; the whole
// order goes to one address. On [data-reorder=URL] whose children carry data-row and data-name; the words come from
// [data-reorder-says]; without an address the list is told by the event "reordered". Without this script, the up and down buttons of each row do the same.

const words = document.querySelector("[data-reorder-says]");

function say(what, values = {}) {
  if (!words) return;
  let text = words.dataset[what] ?? "";
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, value);
  words.textContent = text;
}

function follow(list) {
  const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
  const order = () => rows().map((row) => row.dataset.row).join(" ");
  const about = (row) => ({ name: row.dataset.name, place: rows().indexOf(row) + 1, total: rows().length });
  const csrf = list.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  let kept = order();
  let held = null; // the row in hand, by keyboard or by pointer
  let before = []; // the rows as they stood when it was taken
  let isDragging = false;

  function take(row) {
    held = row;
    before = rows();
    row.classList.add("is-held");
    handleOf(row).setAttribute("aria-pressed", "true");
  }
  function letGo() {
    held.classList.remove("is-held");
    handleOf(held).setAttribute("aria-pressed", "false");
    held = null;
  }
  function giveUp() {
    const row = held;
    list.append(...before);
    letGo();
    handleOf(row).focus();
    say("back", about(row));
  }
  function drop() {
    const row = held;
    letGo();
    say("dropped", about(row));
    ends();
    save();
  }
  function step(row, by) {
    const all = rows();
    const there = all[all.indexOf(row) + by];
    if (!there) return;
    if (by < 0) there.before(row);
    else there.after(row);
    handleOf(row).focus();
    say("moved", about(row));
  }

  // The buttons of the first and last rows have nowhere to go.
  function ends() {
    const all = rows();
    all.forEach((row, place) => {
      for (const [way, isOff] of [["up", place === 0], ["down", place === all.length - 1]]) {
        const button = row.querySelector(`[name=direction][value=${way}]`)?.form.querySelector("button");
        if (button) button.disabled = isOff;
      }
    });
  }

  let sending = Promise.resolve();
  function save() {
    const wanted = order();
    if (wanted === kept) return;
    if (!list.dataset.reorder) return list.dispatchEvent(new CustomEvent("reordered"));
    kept = wanted;
    const body = new URLSearchParams(wanted.split(" ").map((pk) => ["order", pk]));
    body.append("csrfmiddlewaretoken", csrf);
    const fails = (message) => words && (words.textContent = message || words.dataset.failed);
    sending = sending.then(() =>
      fetch(list.dataset.reorder, { method: "POST", body, headers: { Accept: "application/json" } })
        .then(async (answer) => answer.ok || fails((await answer.json().catch(() => ({}))).message))
        .catch(() => fails("")),
    );
  }

  const handleOf = (row) => row.querySelector(":scope > .reorder-handle");

  function onKey(event, row) {
    const { key } = event;
    if (key === " " || key === "Enter") {
      if (held) drop();
      else {
        take(row);
        say("grabbed", about(row));
      }
    } else if (held === row && (key === "ArrowUp" || key === "ArrowDown")) step(row, key === "ArrowUp" ? -1 : 1);
    else if (held === row && key === "Escape") giveUp();
    else return;
    event.preventDefault();
  }

  function onPointer(event, row) {
    if (event.button !== 0) return;
    const handle = handleOf(row);
    event.preventDefault();
    handle.focus();
    if (held) letGo();
    take(row);
    isDragging = true;
    const move = ({ clientY }) => {
      const others = rows().filter((other) => other !== row);
      const next = others.find((other) => {
        const box = other.getBoundingClientRect();
        return clientY < box.top + box.height / 2;
      });
      if (next ? next.previousElementSibling === row : others.at(-1)?.nextElementSibling === row) return;
      if (next) next.before(row);
      else others.at(-1)?.after(row);
    };
    const stop = (ended) => {
      isDragging = false;
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", stop);
      window.removeEventListener("pointercancel", stop);
      if (held !== row) return;
      if (ended.type === "pointercancel") giveUp();
      else drop();
    };
    // On the window: a handle that moves in the document would lose the pointer it captured.
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", stop);
    window.addEventListener("pointercancel", stop);
  }

  if (rows().length < 2) return;
  for (const row of rows()) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "btn btn-quiet reorder-handle";
    handle.textContent = "⠿";
    handle.setAttribute("aria-pressed", "false");
    handle.setAttribute("aria-label", (words?.dataset.handle ?? "{name}").replace("{name}", row.dataset.name));
    handle.addEventListener("keydown", (event) => onKey(event, row));
    handle.addEventListener("pointerdown", (event) => onPointer(event, row));
    // Moved in the document, a button loses the focus; that is no reason to give up.
    handle.addEventListener("blur", () => setTimeout(() => held === row && !isDragging && document.activeElement !== handle && drop()));
    row.prepend(handle);
  }
}

document.querySelectorAll("[data-reorder]").forEach(follow);
