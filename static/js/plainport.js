/* Small comforts. Every page does all it does without this file. */
"use strict";

(() => {
  const find = (selector, within = document) => within.querySelector(selector);

  /* After a refused form was swapped in, the reader stands at the summary of what is missing. */
  document.addEventListener("htmx:afterSettle", (event) => {
    const summary = find("#errors", event.target);
    if (summary) {
      summary.focus();
    }
  });

  /* The server can't be reached: say what is kept, once. */
  const sayNoAnswer = () => {
    const words = find("#no-answer");
    if (words && !find("[data-no-answer]")) {
      find("main").prepend(words.content.cloneNode(true));
    }
  };
  const unsayNoAnswer = () => document.querySelectorAll("[data-no-answer]").forEach((each) => each.remove());
  document.addEventListener("htmx:sendError", sayNoAnswer);
  document.addEventListener("htmx:timeout", sayNoAnswer);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) {
      sayNoAnswer();
    }
  });
  document.addEventListener("htmx:afterOnLoad", unsayNoAnswer);

  /* A list that is fetched anew by itself rests while somebody stands in it. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    const list = event.detail.elt;
    if (list.hasAttribute("data-rests") && list.contains(document.activeElement)) {
      event.preventDefault();
    }
  });

  /* The pressed button says that it is working. */
  const saySending = (form, button) => {
    if (button) {
      button.setAttribute("aria-busy", "true");
    }
    const box = find("[data-upload]", form);
    if (box && find("input", box).files.length) {
      find("[data-upload-says]", box).textContent = box.dataset.sending;
    }
  };
  const rest = () => document.querySelectorAll(".btn[aria-busy]").forEach((each) => each.removeAttribute("aria-busy"));
  document.addEventListener("submit", (event) => saySending(event.target, event.submitter));
  document.addEventListener("htmx:afterRequest", rest);
  window.addEventListener("pageshow", rest);

  /* Files: how much is sent, and screenshots straight from the clipboard. */
  document.addEventListener("htmx:xhr:progress", (event) => {
    const box = find("[data-upload]", event.target);
    if (!box || !event.detail.lengthComputable || !find("input", box).files.length) {
      return;
    }
    let bar = find("progress", box);
    if (!bar) {
      bar = document.createElement("progress");
      bar.setAttribute("aria-label", box.dataset.sending);
      box.append(bar);
    }
    bar.max = event.detail.total;
    bar.value = event.detail.loaded;
  });
  document.addEventListener("paste", (event) => {
    const box = find("[data-upload]");
    const pictures = Array.from(event.clipboardData.files).filter((file) => file.type.startsWith("image/"));
    if (!box || !pictures.length) {
      return;
    }
    const input = find("input", box);
    const chosen = new DataTransfer();
    const kept = input.multiple ? Array.from(input.files) : [];
    kept.concat(pictures).forEach((file) => chosen.items.add(file));
    input.files = chosen.files;
    find("[data-upload-says]", box).textContent = box.dataset.pasted;
    event.preventDefault();
  });
})();
