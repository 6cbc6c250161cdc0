// Forms marked data-draft="name" keep their text on this device while somebody types. What was sent and got no answer is
// sent again by itself when the network is back; the server does each token once, and says which it did (cookie "sent").
// Kept for the own account only, gone at sign-out. Also puts the site's worker in place, which keeps the shell.
(() => {
  const { account, scope, worker, login, logout, answers } = document.currentScript.dataset;
  const ALL = `congtam ${scope} `;
  const MINE = `${ALL}${account} `;
  const AGAIN = 30000; // milliseconds between two tries while something waits
  const FRESH = 3000; // so long the browser itself may be at it
  const OLDEST = 30 * 24 * 3600 * 1000; // tokens are kept as long
  const LONGEST = 60000; // for one answer
  const say = document.documentElement.lang === "en"
    ? {
        kept: "Your draft on this device was put back.",
        drop: "Drop it",
        waits: "There is no network. This is kept on the device and will be sent when the network is back.",
        sent: "Sent now, after the network came back:",
        refused: "The server did not take what was kept. Open the page and look at it again:",
        left: "What was not sent yet will be lost. Sign out all the same?",
      }
    : {
        kept: "Đã khôi phục bản nháp giữ trên máy này.",
        drop: "Bỏ bản nháp",
        waits: "Không có mạng. Nội dung đã giữ trên máy này và sẽ tự gửi khi có mạng.",
        sent: "Đã gửi khi có mạng trở lại:",
        refused: "Máy chủ không nhận nội dung đã giữ. Hãy mở lại trang để xem:",
        left: "Nội dung chưa gửi được sẽ mất. Vẫn đăng xuất?",
      };
  const busy = new Set();
  const waiting = new WeakMap();

  const keys = (start) => Object.keys(localStorage).filter((key) => key.startsWith(start));
  const get = (key) => JSON.parse(localStorage.getItem(key));
  const drop = (key) => localStorage.removeItem(key);
  function put(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false; // no room: the form is sent as ever
    }
  }

  // -- drafts

  const draftOf = (name, page) => `${MINE}draft ${page} ${name}`;
  const own = (form) => draftOf(form.dataset.draft, location.pathname);
  const written = (form) =>
    [...form.elements].filter((one) => one.name && !["hidden", "password", "file", "submit", "button"].includes(one.type));
  const checks = (one) => one.type === "checkbox" || one.type === "radio";

  function changed(one) {
    if (checks(one)) return one.checked !== one.defaultChecked;
    if (one.options) return [...one.options].some((option) => option.selected !== option.defaultSelected) && one.value !== first(one);
    return one.value !== one.defaultValue;
  }

  const first = (select) => ([...select.options].find((one) => one.defaultSelected) || select.options[0] || {}).value;

  function values(form) {
    const found = [];
    for (const one of written(form)) {
      if (checks(one)) { if (one.checked) found.push([one.name, one.value]); }
      else if (one.multiple) for (const option of one.selectedOptions) found.push([one.name, option.value]);
      else found.push([one.name, one.value]);
    }
    return found;
  }

  function keep(form) {
    if (written(form).some(changed)) put(own(form), values(form));
    else drop(own(form));
  }

  function restore(form) {
    const pairs = get(own(form));
    if (!pairs || form.dataset.restored) return;
    form.dataset.restored = "1";
    const left = [...pairs];
    const take = (name, value) => {
      const at = left.findIndex((pair) => pair[0] === name && (value === undefined || pair[1] === value));
      return at < 0 ? undefined : left.splice(at, 1)[0][1];
    };
    for (const one of written(form)) {
      if (checks(one)) one.checked = take(one.name, one.value) !== undefined;
      else if (one.multiple) for (const option of one.options) option.selected = take(one.name, option.value) !== undefined;
      else one.value = take(one.name) ?? one.value;
    }
    if (!written(form).some(changed)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = say.drop;
    const line = note(form, say.kept, button);
    button.addEventListener("click", () => {
      form.reset();
      drop(own(form));
      line.remove();
    });
  }

  function note(where, text, more) {
    const line = document.createElement("p");
    line.className = "message message-info";
    line.setAttribute("role", "status");
    line.append(text, " ", more || "");
    where.prepend(line);
    return line;
  }

  // -- sending

  function formData(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    return data;
  }

  async function post(entry) {
    const body = new URLSearchParams(entry.body);
    const fresh = document.querySelector("[name=csrfmiddlewaretoken]");
    if (fresh) body.set("csrfmiddlewaretoken", fresh.value);
    return fetch(entry.address, { method: "POST", body, signal: AbortSignal.timeout(LONGEST) });
  }

  const atSignIn = (answer) => new URL(answer.url).pathname === login;
  const taken = (answer) => answer.redirected && answer.ok && !atSignIn(answer); // what is done leads to another page

  // What is about to be sent is written down; the browser sends it, unless it knows that there is no network.
  function send(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    const action = (button && button.getAttribute("formaction")) || form.getAttribute("action") || "";
    clearTimeout(waiting.get(form));
    const written = put(`${MINE}send ${data.get("token")}`, {
      address: new URL(action, location).href,
      body: new URLSearchParams(data).toString(),
      page: location.pathname + location.search,
      title: document.title,
      draft: own(form),
      written: values(form),
      at: navigator.onLine ? Date.now() : 0, // when the browser was given it
      kept: Date.now(),
    });
    if (navigator.onLine || !written) return false;
    drop(own(form));
    note(form, say.waits);
    for (const one of form.querySelectorAll("button:not([type=button]), input[type=submit]")) one.disabled = true;
    later(AGAIN);
    return true;
  }

  // What the server answered is no longer waiting: done when the cookie says so, refused when this page is the answer.
  function settle() {
    const done = (document.cookie.match(/(?:^|; )sent=([\w-]+)/) || [])[1];
    const entry = done && get(`${MINE}send ${done}`);
    if (entry) drop(entry.draft);
    if (done) document.cookie = `sent=; Max-Age=0; Path=${scope}`;
    for (const token of [done, answers]) if (token) drop(`${MINE}send ${token}`);
  }

  function sendWhole(form) {
    clearTimeout(waiting.get(form)); // a file is not kept on the device: the browser sends it as ever
    drop(own(form));
  }

  let timer = 0;
  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(flush, pause);
  }

  async function flush() {
    for (const key of keys(`${MINE}send `)) {
      const entry = get(key);
      if (!entry || busy.has(key)) continue;
      if (Date.now() - entry.kept > OLDEST) drop(key);
      else if (Date.now() - entry.at < FRESH) later(FRESH);
      else if (!(await sendAgain(key, entry))) return later(AGAIN);
    }
  }

  // Whether the line holds; what was answered is dropped, what was refused becomes a draft again.
  async function sendAgain(key, entry) {
    busy.add(key);
    try {
      const answer = await post(entry);
      if (atSignIn(answer) || answer.status === 429 || answer.status >= 500) return false;
      drop(key);
      const page = document.createElement("a");
      page.href = entry.page;
      page.textContent = entry.title;
      if (!taken(answer)) put(entry.draft, entry.written);
      note(document.querySelector("main"), taken(answer) ? say.sent : say.refused, page);
      return true;
    } catch {
      return false;
    } finally {
      busy.delete(key);
    }
  }

  // -- signing out

  async function leave(form) {
    for (const key of keys(ALL)) drop(key);
    const gone = async () => {
      for (const name of await caches.keys()) if (name.startsWith(ALL)) await caches.delete(name);
      const found = await navigator.serviceWorker.getRegistration(scope);
      if (found) await found.unregister();
    };
    const enough = new Promise((done) => setTimeout(done, 1000));
    if ("serviceWorker" in navigator) await Promise.race([gone().catch(() => {}), enough]);
    form.submit();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (new URL(form.getAttribute("action") || "", location).pathname === logout) {
      event.preventDefault();
      if (!keys(`${MINE}send `).length || confirm(say.left)) leave(form);
      return;
    }
    if (!form.dataset.draft || !form.elements.token) return;
    if ([...form.elements].some((one) => one.type === "file" && one.files.length)) return sendWhole(form);
    if (send(form, event.submitter)) event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.dataset.draft) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => keep(form), 300));
  });

  for (const key of keys(ALL)) if (!key.startsWith(MINE)) drop(key);
  settle();
  for (const form of document.querySelectorAll("form[data-draft]")) restore(form);
  addEventListener("online", flush);
  addEventListener("pageshow", (event) => event.persisted && flush());
  flush();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope }).catch(() => {});
})();
