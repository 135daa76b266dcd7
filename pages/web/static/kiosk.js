// At a kiosk: a form that nobody has touched for 90 seconds is emptied for the next person, after a question
// of 20 seconds. What the browser has put by for its Back button is not shown again.
(() => {
  "use strict";
  const ASK_AFTER = 7e4, EMPTY_AFTER = 9e4;
  const { home, idle, stay } = document.body.dataset;
  const leave = () => location.replace(home);
  const question = document.createElement("div"), words = document.createElement("p");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: stay });
  question.className = "idle";
  question.hidden = true;
  question.setAttribute("role", "alertdialog");
  question.setAttribute("aria-labelledby", "idle-words");
  words.id = "idle-words";
  words.textContent = idle;
  question.append(words, button);
  document.body.append(question);
  let asking = 0, leaving = 0;
  const touched = () => {
    question.hidden = true;
    clearTimeout(asking);
    clearTimeout(leaving);
    asking = setTimeout(() => { question.hidden = false; button.focus(); }, ASK_AFTER);
    leaving = setTimeout(leave, EMPTY_AFTER);
  };
  button.addEventListener("click", touched);
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(kind, touched, { passive: true });
  }
  addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
  touched();
})();
