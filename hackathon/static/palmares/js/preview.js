// A preview that follows its form: what changes is asked of the server, which draws it as it prints it.
// Without this the form's own button does the same.

for (const stand of document.querySelectorAll("[data-preview]")) {
  const form = document.getElementById(stand.dataset.previewOf);
  let waiting;
  let asked = 0;
  const draw = async () => {
    const number = ++asked;
    const fields = new FormData(form);
    fields.delete("csrfmiddlewaretoken");
    try {
      const answer = await fetch(`${stand.dataset.preview}?${new URLSearchParams(fields)}`, { credentials: "same-origin" });
      if (answer.ok && number === asked) stand.innerHTML = await answer.text();
    } catch {
      // no network: what is shown stays
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 200);
  });
}
