// Copies the text of a field: on button[data-copy=ID of the field], shown only where the browser can.

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  const label = button.querySelector("span") ?? button;
  const words = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(field.value);
      label.textContent = button.dataset.copied;
      setTimeout(() => (label.textContent = words), 2000);
    } catch {
      field.select(); // refused: the text is ready to be copied by hand
    }
  });
}
