// Tells the survey that its form was opened and how far it was filled in: no answer, no text, no cookie.
// Without this script the form works just the same; then only pages that are sent are counted.
(() => {
  "use strict";
  const form = document.getElementById("answers");
  if (!form || !navigator.sendBeacon) return;
  const address = form.getAttribute("action").split("?")[0] + "/seen";
  const told = new Set();
  let last = "", sending = false, timer = 0;

  const tell = (event, question = "") => {
    if (told.has(event + question)) return;
    told.add(event + question);
    const { _id, _version } = form.elements;
    navigator.sendBeacon(address, new URLSearchParams({ event, question, _id: _id.value, _version: _version.value }));
  };
  const opened = () => tell("opened");
  const shown = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(opened, 2000);
  };
  const left = () => {
    if (last && !sending) tell("question", last);
  };

  // A page behind the first was reached by sending one, which the server has counted.
  if (!form.elements._back) {
    // A kiosk shows its form to nobody most of the time: there only a touch tells that somebody has come.
    if (!("kiosk" in form.dataset)) {
      shown();
      document.addEventListener("visibilitychange", shown);
    }
    for (const kind of ["pointerdown", "keydown", "touchstart"])
      addEventListener(kind, (event) => event.isTrusted && opened(), { passive: true });
  }
  form.addEventListener("input", (event) => {
    const name = event.target.name || "";
    if (!event.isTrusted || !name || name.startsWith("_")) return;
    [last, sending] = [name, false];
    opened();
    tell("started");
  });
  form.addEventListener("submit", () => (sending = true));
  addEventListener("pageshow", () => (sending = false));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && left());
  addEventListener("pagehide", left);
})();
