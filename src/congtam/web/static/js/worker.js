// Keeps the shell of the site on the device: style, signs, scripts, and the page that says there is no network. Pages
// themselves are never kept. What comes before this line names the shell (see pages/notices/shell.py).
const NAME = `congtam ${self.SHELL.scope} ${self.SHELL.version}`;

self.addEventListener("install", (event) => {
  const plain = [...self.SHELL.files, self.SHELL.offline].map((one) => new Request(one, { credentials: "omit" }));
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(plain)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const ours = (name) => name.startsWith(`congtam ${self.SHELL.scope} `) && name !== NAME;
  const old = caches.keys().then((names) => Promise.all(names.filter(ours).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const form = (request.headers.get("Content-Type") || "").startsWith("application/x-www-form-urlencoded");
  if (request.method !== "GET" && !form) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(self.SHELL.offline)));
  } else if (request.method === "GET" && self.SHELL.files.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request.url).then((kept) => kept || fetch(request)));
  }
});
