// The rating form by keyboard: Enter goes to the next person's mark, or to the reason where the mark needs one. What was
// written down is no draft any more. Without this script Tab and the button do the same.
(() => {
  const form = document.querySelector("[data-marks]");
  if (!form) return;
  const marks = [...form.querySelectorAll("[data-mark], .outcomes input:first-of-type")];
  const last = form.querySelector("[data-last]");

  const reasonOf = (field) => field.closest("fieldset").querySelector("[data-reason]");
  const number = (text) => Number(text.trim().replace(",", "."));
  const needs = (field) =>
    field.value.trim() &&
    (field.dataset.why || "").split(" ").some((one) => {
      const [low, high] = one.split(":").map(Number);
      return one && number(field.value) >= low && number(field.value) <= high;
    });

  function next(field) {
    const row = field.closest("fieldset");
    const at = marks.findIndex((one) => one.closest("fieldset") === row);
    (marks.slice(at + 1).find((one) => one.closest("fieldset") !== row) || last).focus();
  }

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || field === last || event.ctrlKey) return;
    event.preventDefault();
    const reason = reasonOf(field);
    if (field.matches("[data-mark]") && needs(field) && !reason.value.trim()) reason.focus();
    else next(field);
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    for (const one of event.target.querySelectorAll("input")) {
      if (one.type === "checkbox" || one.type === "radio") one.defaultChecked = one.checked;
      else one.defaultValue = one.value;
    }
    form.elements.token.dispatchEvent(new Event("input", { bubbles: true })); // drafts.js looks again
  });
})();
