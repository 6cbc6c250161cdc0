// Keeps the page of a month up to date: asks whether the points changed, and puts the new part in the place of the old
// one. Only while the page can be seen; the server may ask for longer pauses. Without scripts the page is reloaded.
(() => {
  const part = document.querySelector("[data-live]");
  const said = document.getElementById("da-doi");
  if (!part) return;
  let pause = 1000;
  let timer = 0;

  async function ask() {
    if (document.hidden) return;
    const mark = part.dataset.live.includes("?") ? "&" : "?";
    try {
      const answer = await fetch(`${part.dataset.live}${mark}tu=${part.dataset.version}`, {
        headers: { "X-Requested-With": "fetch" },
        redirect: "error",
      });
      pause = 1000 * Math.min(60, Math.max(1, Number(answer.headers.get("X-Ask-After")) || 1));
      if (answer.status === 200) put(await answer.text(), answer.headers.get("X-Version"));
      else if (answer.status !== 204) pause = 30000;
    } catch {
      pause = 30000;
    }
    timer = setTimeout(ask, pause);
  }

  function put(html, version) {
    const open = new Set([...part.querySelectorAll("details[open][id]")].map((one) => one.id));
    const focused = part.contains(document.activeElement) ? where(document.activeElement) : null;
    part.innerHTML = html;
    part.dataset.version = version;
    for (const one of part.querySelectorAll("details[id]")) one.open = open.has(one.id);
    if (focused) part.querySelector(focused)?.focus({ preventScroll: true });
    const sentence = document.getElementById("cau");
    if (said && sentence) said.textContent = sentence.textContent;
  }

  function where(element) {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const address = element.getAttribute("href");
    if (address) return `a[href="${CSS.escape(address)}"]`;
    const around = element.closest("details[id]");
    return around ? `#${CSS.escape(around.id)} > summary` : null;
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (!document.hidden) ask();
  });
  timer = setTimeout(ask, pause);
})();
