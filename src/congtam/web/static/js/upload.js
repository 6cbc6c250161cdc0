// Sends a chosen file piece by piece, and goes on where it stopped when the connection broke or the page was closed.
// Without this script the form sends the file whole.
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form || !window.fetch || !Blob.prototype.slice) return;
  const said = form.querySelector("[data-said]");
  const line = form.querySelector("[data-progress]");
  const bar = line.querySelector("progress");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const button = form.querySelector("button");
  const piece = Number(form.dataset.piece);

  const kept = (file) => `tai-len:${form.elements.source.value}:${file.name}:${file.size}:${file.lastModified}`;

  async function ask(address, options) {
    const answer = await fetch(address, { ...options, headers: { "X-CSRFToken": token, ...(options.headers || {}) } });
    const told = await answer.json();
    return { ok: answer.ok, status: answer.status, ...told };
  }

  async function begun(file) {
    const before = localStorage.getItem(kept(file));
    if (before) {
      const found = await ask(before, { method: "GET" }).catch(() => null);
      if (found && found.ok && found.received < found.size) {
        said.textContent = form.dataset.sayOn;
        return found;
      }
      localStorage.removeItem(kept(file));
    }
    const body = new FormData();
    body.set("source", form.elements.source.value);
    body.set("name", file.name);
    body.set("size", String(file.size));
    const made = await ask(form.dataset.upload, { method: "POST", body });
    if (made.ok) localStorage.setItem(kept(file), made.piece);
    return made;
  }

  async function send(file) {
    let at = await begun(file);
    if (!at.ok) return at.problem;
    line.hidden = false;
    bar.max = at.size;
    while (at.received < at.size) {
      bar.value = at.received;
      const data = file.slice(at.received, at.received + piece);
      const headers = { "Content-Type": "application/octet-stream" };
      const next = await ask(`${at.piece}?tu=${at.received}`, { method: "PATCH", body: data, headers });
      if (!next.ok && !(next.status === 409 && next.received > at.received)) return next.problem;
      at = { ...at, ...next };
      said.textContent = `${form.dataset.saySending} ${Math.floor((100 * at.received) / at.size)} %`;
    }
    localStorage.removeItem(kept(file));
    location.assign(at.page);
    return "";
  }

  form.addEventListener("submit", async (event) => {
    const file = form.elements.file.files[0];
    if (!file || !file.size) return;
    event.preventDefault();
    button.disabled = true;
    let problem;
    try {
      problem = await send(file);
    } catch {
      problem = form.dataset.sayCut;
    }
    if (problem) said.textContent = problem;
    button.disabled = false;
  });
})();
