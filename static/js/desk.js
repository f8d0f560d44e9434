/* Keys of the desk, for those who never want to reach for the mouse. Every page does all it does without this file. */
"use strict";

(() => {
  const OFF = "plainport-keys-off";
  const find = (selector) => document.querySelector(selector);
  const isOff = () => localStorage.getItem(OFF) === "yes";
  const rows = () => Array.from(document.querySelectorAll("[data-row]"));

  const step = (by) => {
    const all = rows();
    const here = all.indexOf(document.activeElement.closest("tr") && document.activeElement.closest("tr").querySelector("[data-row]"));
    const next = all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
    if (next) {
      next.focus();
    }
  };
  const press = (selector) => {
    const target = find(selector);
    if (target) {
      target.click();
    }
  };
  const write = (selector) => {
    const target = find(selector);
    if (target) {
      target.focus();
    }
  };
  const pick = () => {
    const row = document.activeElement.closest("tr");
    const box = row && row.querySelector("input[name='t']");
    if (box) {
      box.click();
    }
  };
  const showKeys = () => {
    const list = find("[data-keys-list]");
    list.open = !list.open;
    list.querySelector("summary").focus();
  };
  const lane = (number) => press(`.filters a:nth-child(${number})`);
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    x: pick,
    r: () => write("#reply-body"),
    n: () => write("#note-body"),
    a: () => press("[data-key='a']"),
    u: () => press("[data-key='u']"),
    "/": () => write("#q"),
    "?": showKeys,
  };

  document.addEventListener("keydown", (event) => {
    const inField = event.target.closest("textarea, select, input:not([type='checkbox'])");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || inField || isOff() || !find("[data-keys-list]")) {
      return;
    }
    const act = actions[event.key] || (/^[1-6]$/.test(event.key) && find("#queue-known") ? () => lane(event.key) : null);
    if (act) {
      event.preventDefault();
      act();
    }
  });

  /* Whoever speaks to their computer can switch the keys off; the browser remembers it. */
  const button = find("[data-keys-switch]");
  const say = () => button.setAttribute("aria-pressed", String(isOff()));
  if (button) {
    button.hidden = false;
    say();
    button.addEventListener("click", () => {
      localStorage.setItem(OFF, isOff() ? "" : "yes");
      say();
    });
  }
})();
