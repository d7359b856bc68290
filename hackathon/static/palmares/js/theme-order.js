// Choices in order, moved as a whole: dragged by their handles (reorder.js), or up and down by buttons. Each row keeps
// its place and its label; what moves is what is chosen in it. Nothing is sent before the form is. On
// [data-choices] whose rows hold one list each; without it one chooses in each list.

const list = document.querySelector("[data-choices]");
const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
const selectOf = (row) => row.querySelector("select");
const places = list ? rows() : [];

function name(row) {
  const select = selectOf(row);
  const chosen = select.value ? select.selectedOptions[0].textContent.trim() : "";
  row.dataset.name = chosen || row.querySelector("label").textContent.trim();
  const handle = row.querySelector(":scope > .reorder-handle");
  const words = document.querySelector("[data-reorder-says]");
  if (handle) handle.setAttribute("aria-label", (words?.dataset.handle ?? "{name}").replace("{name}", row.dataset.name));
  row.querySelectorAll("[data-step]").forEach((button) => {
    const text = (Number(button.dataset.step) < 0 ? list.dataset.up : list.dataset.down).replace("{name}", row.dataset.name);
    button.setAttribute("aria-label", text);
    button.title = text;
  });
}

// The rows as they stand now become the order of what is chosen; the rows themselves go back to their places.
function settle() {
  const focused = rows().indexOf(document.activeElement?.closest("[data-row]"));
  const values = rows().map((row) => selectOf(row).value);
  list.append(...places);
  places.forEach((row, place) => {
    selectOf(row).value = values[place];
    name(row);
  });
  places[focused]?.querySelector(":scope > .reorder-handle")?.focus();
}

function step(row, by) {
  const there = places[places.indexOf(row) + by];
  const [one, other] = [selectOf(row), selectOf(there)];
  [one.value, other.value] = [other.value, one.value];
  [row, there].forEach(name);
  const buttons = there.querySelectorAll("[data-step]");
  const same = [...buttons].find((button) => Number(button.dataset.step) === by);
  (same?.disabled ? [...buttons].find((button) => !button.disabled) : same)?.focus();
  const words = document.querySelector("[data-reorder-says]");
  if (words) {
    words.textContent = (words.dataset.moved ?? "")
      .replace("{name}", there.dataset.name)
      .replace("{place}", places.indexOf(there) + 1)
      .replace("{total}", places.length);
  }
}

function follow() {
  places.forEach((row, place) => {
    const group = document.createElement("span");
    group.className = "cluster reorder-steps";
    for (const [by, sign, isOff] of [[-1, "↑", place === 0], [1, "↓", place === places.length - 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet";
      button.dataset.step = by;
      button.textContent = sign;
      button.disabled = isOff;
      button.addEventListener("click", () => step(row, by));
      group.append(button);
    }
    row.append(group);
    name(row);
    selectOf(row).addEventListener("change", () => name(row));
  });
  list.addEventListener("reordered", settle);
  document.querySelector("[data-choices-hint]")?.removeAttribute("hidden");
}

if (places.length > 1) follow();
