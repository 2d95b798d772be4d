// Filter as you type: <input name="q" data-filter="id-of-the-list">. Enter still asks the server, which knows every
// page of a long list; where the server has filtered already, typing waits for Enter.

function filter(input, list, said) {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const lines = [...list.children];
  for (const line of lines) {
    const text = line.textContent.toLowerCase();
    line.hidden = !words.every((word) => text.includes(word));
  }
  const shown = lines.filter((line) => !line.hidden).length;
  said.textContent = words.length ? `${shown} of ${lines.length} shown` : "";
}

for (const input of document.querySelectorAll("input[data-filter]")) {
  const list = document.getElementById(input.dataset.filter);
  if (!list || input.defaultValue) continue;
  const said = document.createElement("span");
  said.className = "soft";
  said.setAttribute("role", "status");
  input.after(said);
  input.addEventListener("input", () => filter(input, list, said));
}
