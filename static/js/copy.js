// Copy buttons: <button type="button" data-copy="E11.9" hidden>Copy</button>; shown only where copying works.

const said = document.createElement("div");
said.className = "visually-hidden";
said.setAttribute("role", "status");

async function copy(button) {
  const label = button.dataset.label ?? (button.dataset.label = button.textContent);
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
    said.textContent = `${button.dataset.copy} copied`;
  } catch {
    said.textContent = button.textContent = "Not copied";
  }
  setTimeout(() => {
    button.textContent = label;
    said.textContent = "";
  }, 2000);
}

const buttons = document.querySelectorAll("[data-copy]");
if (buttons.length) document.body.append(said);
for (const button of buttons) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => copy(button));
}
