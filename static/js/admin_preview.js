// Shows the preview beside the text while it is written. Without this module the Preview button opens a page.
const form = document.querySelector("#lay-form");
const shown = document.querySelector("#preview");
const PAUSE = 600; // milliseconds without a key before the preview is made anew
let waiting;
let asked = 0;

async function show() {
  clearTimeout(waiting);
  const order = (asked += 1);
  const data = new FormData(form);
  data.set("part", "1");
  try {
    const response = await fetch(form.dataset.preview, { method: "POST", body: data, credentials: "same-origin" });
    if (!response.ok) throw new Error(response.statusText);
    const html = await response.text();
    if (order === asked) shown.innerHTML = html;
  } catch {
    shown.textContent = "The preview could not be made just now. Your text is still in the form.";
  }
}

function warn(event) {
  event.preventDefault();
}

if (form && shown) {
  const text = form.querySelector("textarea[name=body]");
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  form.querySelector("[data-preview-button]").addEventListener("click", (event) => {
    event.preventDefault();
    show();
    shown.scrollIntoView({ block: "nearest" });
  });
  form.addEventListener("input", () => window.addEventListener("beforeunload", warn), { once: true });
  form.addEventListener("submit", () => window.removeEventListener("beforeunload", warn));
}
