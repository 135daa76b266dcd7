// Shows the question that is being edited; a fragment in the address would move the page around the frame too.
(() => {
  "use strict";
  const code = new URLSearchParams(location.search).get("at");
  const place = code && document.getElementById("q-" + code);
  if (place) scrollTo(0, place.getBoundingClientRect().top + scrollY - 56);
})();
