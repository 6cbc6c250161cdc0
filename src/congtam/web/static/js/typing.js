// Counts what is typed into forms marked data-typed="name": how often something was put in or taken out, and the seconds
// between, pauses of more than five seconds left out. The figures go with the form, and nowhere else.
(() => {
  const PAUSE = 5000;
  const counts = new WeakMap();

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.dataset.typed || !event.inputType) return;
    const count = counts.get(form) || { keys: 0, spent: 0, last: -PAUSE };
    const now = performance.now();
    count.keys += 1;
    count.spent += now - count.last < PAUSE ? now - count.last : 1000;
    count.last = now;
    counts.set(form, count);
  });

  document.addEventListener("formdata", (event) => {
    const form = event.target;
    if (!form.dataset.typed) return;
    const count = counts.get(form) || { keys: 0, spent: 0 };
    event.formData.set("typed_form", form.dataset.typed);
    event.formData.set("typed_keys", String(count.keys));
    event.formData.set("typed_seconds", String(Math.ceil(count.spent / 1000)));
  });
})();
