// More comfort for the light form, which works without. Keeps what is typed on this device until it is sent (a
// day at most, never what tells who somebody is), looks whether the server is there before sending, counts
// characters, takes digits on scales, unticks boxes that exclude each other.
// Sends nothing by itself.
(() => {
  "use strict";
  const DAY = 864e5, PREFIX = "pactboard:", REACH_WITHIN = 8e3;
  const script = document.currentScript.src;
  const form = document.getElementById("answers");

  // One note a form: in this tab, and beyond it should the tab be closed.
  const storage = (name) => {
    try {
      const found = window[name];
      found.setItem(PREFIX, "");
      found.removeItem(PREFIX);
      return found;
    } catch { return null; } // switched off, full, or a frame that may not
  };
  const tab = storage("sessionStorage"), device = storage("localStorage");
  const stores = [tab, device].filter(Boolean);
  const read = (store, key) => {
    try {
      const note = JSON.parse(store.getItem(PREFIX + key));
      return Date.now() - note.at < DAY ? note : null;
    } catch { return null; }
  };
  const drop = (key) => stores.forEach((store) => store.removeItem(PREFIX + key));
  for (const store of stores) {
    for (const name of Object.keys(store).filter((each) => each.startsWith(PREFIX))) {
      if (!read(store, name.slice(PREFIX.length))) store.removeItem(name);
    }
  }
  const sent = document.querySelector("[data-sent]");
  if (sent) sent.dataset.sent.split(" ").forEach(drop);
  if (!form) return;

  const say = JSON.parse(form.dataset.words);
  const key = form.dataset.keep, secret = new Set(form.dataset.private.split(" "));
  const id = form.elements._id, version = form.elements._version.value;
  const AHEAD = "_kept_"; // answers of pages further on, from before somebody went back
  const kept = (name) => name && !(name.startsWith("_") && !name.startsWith(AHEAD)) && !secret.has(name.replace(AHEAD, ""));
  let isKept = false;
  for (const line of key && stores.length ? document.querySelectorAll(".scripted") : []) line.hidden = false;
  const note = () => {
    if (!key) return;
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (kept(name) && typeof value === "string") (values[name] ||= []).push(value);
    }
    try {
      stores.forEach((store) => store.setItem(PREFIX + key, JSON.stringify({ id: id.value, version, at: Date.now(), values })));
      isKept = stores.length > 0;
    } catch { isKept = false; }
  };
  const put = (found, here) => {
    id.value = found.id; // the same response, should the first sending have arrived after all
    for (const [name, given] of Object.entries(found.values)) {
      const fields = [...form.elements].filter((field) => field.name === name);
      if (!kept(name) || (here && !fields.some((field) => field.type !== "hidden"))) continue;
      if (!fields.length) {
        given.forEach((value) => form.prepend(
          Object.assign(document.createElement("input"), { type: "hidden", name: AHEAD + name.replace(AHEAD, ""), value })));
      }
      fields.forEach((field, place) => {
        if (/^(radio|checkbox)$/.test(field.type)) field.checked = given.includes(field.value);
        else field.value = given[place] ?? "";
      });
    }
    areas.forEach(count);
    note();
  };

  // A line of ours above the questions, with buttons.
  const board = form.querySelector(".board");
  const tell = (role, words, ...buttons) => {
    const card = document.createElement("div"), text = document.createElement("p"), row = document.createElement("div");
    card.className = "card told" + (role === "alert" ? " bad" : "");
    card.setAttribute("role", role);
    text.textContent = words;
    row.className = "choices";
    for (const [label, act] of buttons) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
      button.addEventListener("click", () => { card.remove(); act(); });
      row.append(button);
    }
    card.append(text, row);
    board.replaceChildren(card);
  };

  // Long texts say how much room is left.
  const areas = [...form.querySelectorAll("textarea[maxlength]")];
  const count = (area) => {
    const line = document.getElementById(area.id + "-count"), left = area.maxLength - area.value.length;
    line.textContent = area.value ? say.left.replace("{count}", left) : "";
    line.setAttribute("aria-live", left <= 20 ? "polite" : "off");
  };
  for (const area of areas) {
    const line = Object.assign(document.createElement("p"), { className: "help count", id: area.id + "-count" });
    area.after(line);
    area.setAttribute("aria-describedby", [area.getAttribute("aria-describedby"), line.id].filter(Boolean).join(" "));
    count(area);
  }

  // Digits choose on a scale: 7 is 7, and 1 then 0 is 10.
  let digits = "", typedAt = 0;
  form.addEventListener("keydown", (event) => {
    const here = event.target;
    if (!here.matches(".scale input") || !/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const find = (value) => [...form.elements].find((field) => field.name === here.name && field.value === value);
    const both = event.timeStamp - typedAt < 800 ? digits + event.key : event.key;
    const chosen = find(both) || find(event.key);
    typedAt = event.timeStamp;
    digits = chosen ? chosen.value : event.key;
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
    chosen.click();
  });

  // A box that excludes the others unticks them, and they untick it.
  const together = (event) => {
    const box = event.target, name = box.name.replace(/_other$/, "");
    if (event.type === "input" ? box.type !== "text" || !box.value : box.type !== "checkbox" || !box.checked) return;
    for (const field of form.elements) {
      const own = box.type === "checkbox" ? field.name === box.name : field.name === name;
      if (own && field !== box && (field.hasAttribute("data-alone") || box.hasAttribute("data-alone"))) field.checked = false;
    }
  };
  form.addEventListener("change", together);
  form.addEventListener("input", together);

  // A file that is too large is not sent in vain.
  for (const field of form.querySelectorAll("[data-most]")) {
    const line = Object.assign(document.createElement("p"), { className: "problem", hidden: true });
    line.setAttribute("role", "alert");
    field.before(line);
    field.addEventListener("change", () => {
      line.hidden = !(field.files[0]?.size > field.dataset.most);
      line.textContent = line.hidden ? "" : say.large;
      if (!line.hidden) field.value = "";
    });
  }

  // Sending: once, said while it goes on, and only when the server is there.
  let sending = false, ready = false, pressed = null, label = "", timer = 0;
  const idle = () => {
    clearTimeout(timer);
    sending = ready = false;
    if (!pressed) return;
    pressed.removeAttribute("aria-disabled");
    pressed.textContent = label;
  };
  const reach = () => fetch(script, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(REACH_WITHIN) });
  form.addEventListener("submit", async (event) => {
    if (ready) { ready = false; return; }
    event.preventDefault();
    if (sending) return;
    const by = event.submitter;
    sending = true;
    note();
    pressed = !by || by.matches(".unseen") ? form.querySelector(".send") : by;
    label = pressed.textContent;
    pressed.setAttribute("aria-disabled", "true");
    pressed.textContent = say.sending;
    const retry = [say.again, () => form.requestSubmit(by)];
    try {
      await reach();
    } catch {
      idle();
      tell("alert", say.offline, retry);
      board.querySelector("button").focus();
      addEventListener("online", () => { if (board.firstChild) tell("status", say.online, retry); }, { once: true });
      return;
    }
    ready = true;
    timer = setTimeout(idle, form.querySelector("[data-most]") ? 6e5 : 3e4); // a file takes its time
    form.requestSubmit(by);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) idle(); });

  // Leaving is warned of only where a text would be lost: what is kept needs no question.
  const losing = (event) => { if (!sending) event.preventDefault(); };
  form.addEventListener("input", (event) => {
    if (areas.includes(event.target)) count(event.target);
    note();
    const lost = !form.hasAttribute("data-kiosk") && [...form.querySelectorAll("textarea, input.box")]
      .some((field) => field.value !== field.defaultValue && (!isKept || secret.has(field.name)));
    (lost ? addEventListener : removeEventListener)("beforeunload", losing);
  });
  form.addEventListener("change", note);

  // At first: what was typed in this tab comes back, what was typed in another is offered.
  const fits = (found) => found && found.version === version && Object.keys(found.values).length ? found : null;
  const mine = key && fits(read(tab, key)), other = key && fits(read(device, key));
  const way = (performance.getEntriesByType("navigation")[0] || {}).type;
  if (!form.hasAttribute("data-fresh")) {
    if (mine && mine.id === id.value) put(mine, true);
    else note();
  } else if (mine && /^(reload|back_forward)$/.test(way)) {
    put(mine);
    tell("status", say.restored, [say.anew, () => { drop(key); location.replace(location.href); }]);
  } else if (other) {
    const time = new Date(other.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    tell("status", say.kept.replace("{time}", time), [say.restore, () => put(other)], [say.discard, () => drop(key)]);
  }
  // In a frame of another site autofocus is not heeded.
  const wrong = form.querySelector(".complaints");
  if (wrong && document.activeElement === document.body) wrong.focus();
})();
