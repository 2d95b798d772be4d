// Keys: / goes to the search box, j and k move a mark in a list, Enter opens what is marked, c copies the code,
// ? lists the keys. Single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.

const KEYS = {
  "/": ["Go to the search box", goToSearch],
  j: ["Move the mark down a list", () => moveMark(1)],
  k: ["Move the mark up", () => moveMark(-1)],
  c: ["Copy the code", () => document.querySelector("[data-copy]:not([hidden])")?.click()],
  "?": ["List the keys", showKeys],
};
const LINES = "[data-marks] > *, #results > li, ul.lines > li";
const SWITCH = "keys-off";

function areOff() {
  try {
    return localStorage.getItem(SWITCH) === "yes";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function switchOff(off) {
  try {
    localStorage.setItem(SWITCH, off ? "yes" : "no");
  } catch {
    // a browser that keeps nothing: the switch holds for nobody, the keys stay on
  }
  showHint();
}

function goToSearch() {
  const box = document.querySelector("form[role=search] input[name=q]");
  box?.focus();
  box?.select();
}

// The mark is the focus itself, so that Enter opens and a screen reader says where one is.
function moveMark(step) {
  const lines = [...document.querySelectorAll(LINES)].filter((line) => line.offsetParent && line.querySelector("a"));
  const at = lines.findIndex((line) => line.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : -1) : at + step;
  const link = lines[next]?.querySelector("a");
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
}

function row(key, what) {
  const line = document.createElement("li");
  const cap = document.createElement("kbd");
  cap.textContent = key;
  line.append(cap, ` ${what}`);
  return line;
}

function switchBox() {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !areOff();
  box.addEventListener("change", () => switchOff(!box.checked));
  label.append(box, " Single keys are on");
  return label;
}

function showKeys() {
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  const heading = document.createElement("h2");
  heading.id = "keys-heading";
  heading.textContent = "Keys";
  dialog.setAttribute("aria-labelledby", heading.id);
  const list = document.createElement("ul");
  list.className = "plain";
  list.append(...Object.entries(KEYS).map(([key, [what]]) => row(key, what)), row("Enter", "Open what is marked"));
  const close = document.createElement("button");
  close.className = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(heading, list, switchBox(), close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function isTyping(element) {
  return element.isContentEditable || element.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function showHint() {
  for (const hint of document.querySelectorAll(".search kbd")) hint.hidden = areOff();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || areOff()) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const known = KEYS[event.key];
  if (!known) return;
  event.preventDefault();
  known[1]();
});

showHint();
for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", showKeys);
}
