// Keys of the board and of lists of work: j and k go from one to the next, x ticks, Enter opens, a accepts, / searches,
// ? tells them all; they can be switched off on the device. Also says how many are ticked. Without this script boxes,
// links and buttons do the same.
(() => {
  const form = document.getElementById("hang-loat");
  const help = document.getElementById("phim-tat");
  if (!form || !help) return;
  const OFF = "phim-tat-tat"; // kept on the device when the keys are switched off
  const works = [...document.querySelectorAll("[data-work]")];
  const said = form.querySelector("[data-ticked]");
  const use = help.querySelector("[data-keys-on]");
  const open = form.querySelector("[data-keys-open]");

  const link = (work) => work.querySelector("a");
  const box = (work) => work.querySelector("input[name=viec]");
  const here = () => works.findIndex((work) => work.contains(document.activeElement));
  const ticked = () => works.filter((work) => box(work).checked);

  function count() {
    const n = ticked().length;
    said.textContent = n ? `(${n})` : "";
  }

  function go(step) {
    const at = here();
    const next = at < 0 ? (step > 0 ? 0 : works.length - 1) : Math.min(works.length - 1, Math.max(0, at + step));
    if (works[next]) link(works[next]).focus();
  }

  function tick() {
    const work = works[here()];
    if (!work) return;
    box(work).checked = !box(work).checked;
    count();
  }

  function accept() {
    const option = [...form.elements.lam.options].find((one) => one.value === "nghiem-thu");
    const work = works[here()];
    if (!option || (!work && !ticked().length)) return;
    if (!ticked().length) box(work).checked = true;
    form.elements.lam.value = option.value;
    form.requestSubmit();
  }

  const search = () => document.querySelector("input[name=q]")?.focus();
  const KEYS = { j: () => go(1), k: () => go(-1), x: tick, a: accept, "/": search, "?": () => help.showModal() };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog[open]");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || (event.repeat && "xa".includes(event.key))) return;
    if (!KEYS[event.key] || localStorage.getItem(OFF)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "viec") count();
    if (event.target === use) use.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1");
  });
  open.addEventListener("click", () => help.showModal());
  use.checked = !localStorage.getItem(OFF);
  open.hidden = false;
  count();
})();
