// The board of proposed teams: somebody is dragged, tapped or taken with the keyboard; what each team would change is
// shown while they are in hand, the effect before it is kept; what others do appears within seconds.
// Without it every act is a plain form. It decides nothing: the server counts, and refuses what comes from an old board.

const JSON_ONLY = { Accept: "application/json" };
const SLOP = 6; // pixels before a press becomes a drag
const HOLD = 350; // milliseconds before a finger drags instead of scrolling
const EDGE = 70; // pixels from the edge of the window where it scrolls

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

function follow(board) {
  const words = board.dataset;
  const part = (name) => board.querySelector(`[data-board-${name}]`);
  const said = part("said");
  const news = part("news");
  const panel = part("effect");
  const bar = part("bar");
  let version = Number(words.board);
  let held = null; // { person, name, offers, at } while somebody is in hand
  let asked = null; // the move whose effect is shown
  let isDragging = false;

  const say = (text) => (said.textContent = text);
  const tell = (text) => {
    news.textContent = text;
    news.hidden = !text;
  };
  const chipOf = (person) => board.querySelector(`[data-person="${CSS.escape(person)}"]`);
  const focusOn = (person) => chipOf(person)?.querySelector("a")?.focus();
  const teamsNow = () => [...board.querySelectorAll("[data-team]")];

  // --- What the server shows ---------------------------------------------------------------------------------

  function dress() {
    for (const link of board.querySelectorAll("[data-person] > a:not([role])")) {
      link.setAttribute("role", "button");
      link.setAttribute("aria-pressed", "false");
      link.title = words.keys;
      link.draggable = false;
    }
  }

  // Only what differs is replaced, so that the eye, the focus and the scroll stay where they are.
  async function refresh() {
    const response = await fetch(words.page, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-board]");
    if (!response.ok || !fresh || !fresh.dataset.open) return location.assign(words.page);
    const focused = document.activeElement?.closest("[data-person]")?.dataset.person;
    const name = document.activeElement?.getAttribute("name");
    const team = document.activeElement?.closest("[data-team]")?.dataset.team;
    const parts = (root) => new Map([...root.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
    const [mine, theirs] = [parts(board), parts(fresh)];
    if ([...mine.keys()].join() !== [...theirs.keys()].join()) {
      part("view").replaceWith(document.importNode(fresh.querySelector("[data-board-view]"), true));
    } else {
      for (const [key, one] of theirs) {
        if (key === "move" && mine.get(key).open) continue;
        if (plain(mine.get(key)) === plain(one)) continue;
        const copy = document.importNode(one, true);
        if (copy.dataset.team) copy.classList.add("is-changed");
        mine.get(key).replaceWith(copy);
      }
      board.querySelector("#board-lock").replaceWith(document.importNode(fresh.querySelector("#board-lock"), true));
    }
    version = Number(fresh.dataset.board);
    dress();
    if (focused) focusOn(focused);
    else if (team && name) board.querySelector(`[data-team="${CSS.escape(team)}"] button[name]`)?.focus();
  }
  // As the server wrote it: without what this script adds.
  function plain(node) {
    const copy = node.cloneNode(true);
    copy.classList.remove("is-changed", "is-offer", "is-over", "is-breaking");
    for (const one of copy.querySelectorAll("[data-person] > a")) {
      for (const name of ["role", "aria-pressed", "title", "draggable"]) one.removeAttribute(name);
    }
    for (const one of copy.querySelectorAll("[name=csrfmiddlewaretoken], .board-badge")) one.remove();
    return copy.outerHTML.replace(/ class=""/g, "");
  }

  async function watch() {
    if (document.hidden || held || panel.open) return;
    const seen = version;
    const response = await fetch(`${words.changes}?since=${seen}`, {
      credentials: "same-origin",
      headers: { ...JSON_ONLY, "If-None-Match": `"${seen}-ready"` },
    });
    if (response.status === 304 || !response.ok || held || panel.open || version !== seen) return;
    const answer = await response.json();
    if (answer.version === seen && answer.is_open) return;
    if (answer.is_open) await refresh();
    else part("view").inert = true;
    tell([...answer.said, answer.is_open ? "" : words.gone].filter(Boolean).join(" "));
  }

  // --- In hand -----------------------------------------------------------------------------------------------

  async function take(person) {
    giveUp({ isQuiet: true });
    const chip = chipOf(person);
    const link = chip?.querySelector("a");
    if (!link) return;
    tell("");
    const mine = (held = { person, name: link.textContent.trim(), offers: {}, at: null, ready: null });
    chip.classList.add("is-held");
    link.setAttribute("aria-pressed", "true");
    board.classList.add("has-held");
    part("who").textContent = mine.name;
    part("why").textContent = "";
    bar.hidden = false;
    link.focus({ preventScroll: true });
    say(fill(words.grabbed, mine));
    mine.ready = fetch(`${words.offers}?person=${encodeURIComponent(person)}`, { credentials: "same-origin", headers: JSON_ONLY })
      .then((response) => response.json())
      .then((answer) => held === mine && mark(mine, answer))
      .catch(() => held === mine && (giveUp(), tell(words.failed)));
    return mine.ready;
  }

  function mark(mine, answer) {
    if (!answer.places) return giveUp(), tell(answer.message);
    mine.offers = answer.places;
    part("why").textContent = answer.why;
    const lock = part("lock");
    lock.hidden = !answer.has_team;
    lock.name = answer.is_locked ? "release" : "lock";
    lock.value = mine.person;
    lock.querySelector("span").textContent = answer.is_locked ? words.release : words.lock;
    for (const team of teamsNow()) {
      const offer = answer.places[team.dataset.team];
      if (!offer) continue;
      team.classList.add("is-offer");
      team.classList.toggle("is-breaking", offer.breaks);
      const badge = document.createElement("span");
      badge.className = `board-badge${offer.breaks ? " board-badge-breaks" : offer.short.startsWith("+") ? " board-badge-more" : ""}`;
      badge.textContent = offer.short + (offer.breaks ? " ⚠" : "");
      badge.setAttribute("aria-hidden", "true");
      team.append(badge);
    }
    if (!Object.keys(answer.places).length) say(words.nowhere);
  }

  function giveUp({ isQuiet = false } = {}) {
    if (!held) return;
    const { person, name } = held;
    held = null;
    chipOf(person)?.classList.remove("is-held");
    chipOf(person)?.querySelector("a")?.setAttribute("aria-pressed", "false");
    board.classList.remove("has-held");
    for (const team of teamsNow()) team.classList.remove("is-offer", "is-over", "is-breaking");
    for (const badge of board.querySelectorAll(".board-badge")) badge.remove();
    bar.hidden = true;
    if (isQuiet) return;
    say(fill(words.back, { name }));
    focusOn(person);
  }

  function over(team, { isSpoken = false } = {}) {
    if (!held || held.at === team) return;
    held.at?.classList.remove("is-over");
    held.at = team;
    if (!team) return;
    team.classList.add("is-over");
    if (!isSpoken) return;
    team.scrollIntoView({ block: "nearest" });
    const theme = team.closest("[data-column]").querySelector("h2").textContent.trim();
    say(fill(words.over, { team: team.dataset.name, theme, words: held.offers[team.dataset.team]?.words }));
  }

  const offered = () => teamsNow().filter((team) => held?.offers[team.dataset.team]);

  // Up and down go from team to team, left and right from theme to theme.
  function step(key) {
    const all = offered();
    if (!all.length) return;
    if (!held.at) {
      const from = chipOf(held.person).closest("[data-team]");
      const after = all.find((team) => from.compareDocumentPosition(team) & Node.DOCUMENT_POSITION_FOLLOWING);
      return over(key === "ArrowUp" || key === "ArrowLeft" ? (all[all.indexOf(after) - 1] ?? all.at(-1)) : (after ?? all[0]), { isSpoken: true });
    }
    const by = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
    const column = held.at.closest("[data-column]");
    let at = all.indexOf(held.at);
    do at = (at + by + all.length) % all.length;
    while ((key === "ArrowLeft" || key === "ArrowRight") && all[at].closest("[data-column]") === column && all[at] !== held.at);
    over(all[at], { isSpoken: true });
  }

  // --- The effect, before it is kept ---------------------------------------------------------------------------

  async function show(person, team, notice = "") {
    const question = new URLSearchParams({ person, to: team });
    const response = await fetch(`${words.move}?${question}`, { credentials: "same-origin", headers: { "HX-Request": "true" } });
    if (response.status !== 200 && response.status !== 409) throw new Error(response.status);
    panel.innerHTML = await response.text();
    if (notice) {
      const line = document.createElement("p");
      line.className = "notice notice-late";
      line.setAttribute("role", "alert");
      line.textContent = notice;
      panel.prepend(line);
    }
    asked = { person, team };
    if (!panel.open) panel.showModal();
    panel.querySelector("[autofocus]")?.focus();
  }

  async function drop(team) {
    if (!held || !team) return giveUp();
    await held.ready;
    if (!held) return;
    if (!held.offers[team.dataset.team]) return giveUp();
    const { person } = held;
    giveUp({ isQuiet: true });
    try {
      await show(person, team.dataset.team);
    } catch {
      tell(words.failed);
      focusOn(person);
    }
  }

  async function send(form, submitter) {
    const body = new URLSearchParams(new FormData(form, submitter));
    const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: JSON_ONLY });
    if (!(response.headers.get("Content-Type") ?? "").includes("json")) throw new Error(response.status);
    return { isDone: response.ok, ...(await response.json()) };
  }

  async function keep(form) {
    const { person, team } = asked;
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    try {
      const answer = await send(form);
      await refresh();
      if (!answer.isDone) return await show(person, team, answer.is_stale ? `${answer.message} ${words.again}` : answer.message);
      panel.close();
      say(answer.said);
      focusOn(person);
    } catch {
      for (const button of form.querySelectorAll("button")) button.disabled = false;
      tell(words.failed);
      let line = panel.querySelector(".notice-bad");
      if (!line) panel.prepend((line = Object.assign(document.createElement("p"), { className: "notice notice-bad" })));
      line.setAttribute("role", "alert");
      line.textContent = words.failed;
    }
  }

  async function act(form, submitter) {
    const person = held?.person;
    giveUp({ isQuiet: true });
    try {
      const answer = await send(form, submitter);
      await refresh();
      say(answer.said ?? "");
      tell(answer.isDone ? "" : answer.message);
      if (person) focusOn(person);
    } catch {
      tell(words.failed);
    }
  }

  board.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-board-keep]") && panel.contains(form)) {
      event.preventDefault();
      keep(form);
    } else if (form.matches("[data-board-act]")) {
      event.preventDefault();
      act(form, event.submitter);
    }
  });
  panel.addEventListener("close", () => asked && focusOn(asked.person));

  // --- Keyboard, mouse, finger -----------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    if (panel.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    const chip = event.target.closest?.("[data-person]");
    if (!held) {
      if ((key !== " " && key !== "Enter") || !chip || !event.target.matches("a")) return;
      take(chip.dataset.person);
    } else if (key === "Escape") giveUp();
    else if (bar.contains(event.target)) return;
    else if (key.startsWith("Arrow")) {
      const mine = held;
      mine.ready.then(() => held === mine && step(key));
    } else if (key === " " || key === "Enter") {
      const mine = held; // after the arrows that were pressed before it, however fast
      mine.ready.then(() => held === mine && drop(mine.at));
    } else if (key === "Tab") (part("lock").hidden ? part("bar").querySelector("[data-board-cancel]") : part("lock")).focus();
    else return;
    event.preventDefault();
  });

  let isSwallowed = false; // the click that ends a drag
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-person]:has(> a)");
    if (event.target.closest("[data-board-cancel]")) {
      event.preventDefault();
      if (panel.open) panel.close();
      else giveUp();
      return;
    }
    if (panel.open || event.target.closest("button, summary, select, input, label") || bar.contains(event.target)) return;
    if (isSwallowed) event.preventDefault();
    else if (held && event.target.closest("[data-team].is-offer")) {
      event.preventDefault();
      drop(event.target.closest("[data-team]"));
    } else if (chip && board.contains(chip) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (held?.person === chip.dataset.person) giveUp();
      else if (event.detail !== 0 || !held) take(chip.dataset.person);
    } else if (held) giveUp();
    isSwallowed = false;
  });

  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("pointerdown", (press) => {
    const chip = press.target.closest("[data-person]:has(> a)");
    if (!chip || press.button !== 0 || panel.open) return;
    const { person } = chip.dataset;
    const isFinger = press.pointerType === "touch";
    let ghost = null;
    let last = press;
    let scrolling = 0;
    const begin = () => {
      isDragging = true;
      take(person);
      ghost = Object.assign(document.createElement("div"), { className: "board-ghost", textContent: held.name });
      board.append(ghost);
      document.documentElement.classList.add("is-dragging");
      follow(last);
      scrolling = setInterval(() => {
        const way = last.clientY < EDGE ? -1 : last.clientY > innerHeight - EDGE ? 1 : 0;
        if (way) scrollBy(0, way * 14), follow(last);
      }, 16);
    };
    const follow = ({ clientX, clientY }) => {
      ghost.style.setProperty("left", `${clientX + 10}px`);
      ghost.style.setProperty("top", `${clientY + 8}px`);
      over(document.elementFromPoint(clientX, clientY)?.closest("[data-team].is-offer") ?? null);
    };
    const timer = isFinger ? setTimeout(begin, HOLD) : 0;
    const move = (event) => {
      last = event;
      const far = Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) > SLOP;
      if (isDragging) follow(event);
      else if (far && isFinger) end(event);
      else if (far) begin();
    };
    const still = (event) => isDragging && event.preventDefault();
    const end = (event) => {
      clearTimeout(timer);
      clearInterval(scrolling);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
      window.removeEventListener("touchmove", still);
      if (!isDragging) return;
      isDragging = false;
      ghost.remove();
      document.documentElement.classList.remove("is-dragging");
      isSwallowed = true;
      setTimeout(() => (isSwallowed = false));
      if (event.type === "pointerup") {
        const under = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-team]");
        const isHome = under?.contains(chipOf(person));
        if (under && !isHome) drop(under);
        else giveUp();
      } else giveUp();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
    window.addEventListener("touchmove", still, { passive: false });
  });
  board.addEventListener("contextmenu", (event) => isDragging && event.preventDefault());

  board.classList.add("is-live");
  dress();
  setInterval(() => watch().catch(() => {}), Number(words.every));
}

document.querySelectorAll("[data-board]").forEach(follow);
