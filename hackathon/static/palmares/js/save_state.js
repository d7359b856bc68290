// Says on the screen what became of the work. Its words come from the page, in the page's language.

export function saveState(form) {
  const places = form.querySelectorAll("[data-save-state]");
  return (state, { n = 0, time = "", message = "" } = {}) => {
    for (const place of places) {
      const words = { saving: place.dataset.saving, saved: place.dataset.saved, unsent: place.dataset.unsent };
      place.dataset.saveState = state;
      place.textContent = (message || words[state] || place.dataset.refused || "").replace("{n}", n).replace("{time}", time);
    }
  };
}

export const clockTime = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
