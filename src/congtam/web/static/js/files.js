// Says at once that a chosen file is larger than the site takes (data-largest, bytes), before any of it is sent.
// Without this script the site says so.
(() => {
  document.addEventListener("submit", (event) => {
    for (const field of event.target.querySelectorAll("input[type=file][data-largest]")) {
      field.parentElement.querySelector("[data-too-large]")?.remove();
      const file = field.files[0];
      if (!file || file.size <= Number(field.dataset.largest)) continue;
      event.preventDefault();
      event.stopImmediatePropagation();
      const said = document.createElement("p");
      said.className = "message message-error";
      said.setAttribute("role", "alert");
      said.dataset.tooLarge = "";
      said.textContent = field.dataset.say;
      field.before(said);
      field.focus();
    }
  }, true);
})();
