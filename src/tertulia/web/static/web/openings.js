// Openings in place, what is typed already stays; and answers' boxes, each open once.
(() => {
  "use strict";

  const openingsOf = (form) => [...form.querySelectorAll("[data-opening]")];
  const wornBy = (form) => openingsOf(form).find((one) => form.elements.text.value.startsWith(one.dataset.opening.trim()));
  const wear = (form, link) => {
    form.elements.starter.value = link.value;
    openingsOf(form).forEach((one) => one.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
  };

  // Words that come back (by the browser's own button, or from what it kept) say which opening they began with.
  const wearAgain = (form) => {
    const link = wornBy(form);
    if (link && !form.elements.starter.value) wear(form, link);
  };
  addEventListener("pageshow", () => document.querySelectorAll("form.compose[data-place]").forEach(wearAgain));
  document.addEventListener("words:back", (event) => wearAgain(event.target));

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-opening]");
    const form = link?.closest("form[data-place]");
    if (!form) return;
    event.preventDefault();
    const text = form.elements.text;
    const worn = wornBy(form)?.dataset.opening.trim();
    const rest = worn ? text.value.slice(worn.length).trimStart() : text.value;
    text.value = link.dataset.opening + rest;
    wear(form, link);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  });

  // Another tab, another window, a download: the browser's own affair.
  const goesElsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

  // An answer's box opens once.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[hx-get^='/r/']");
    if (link && goesElsewhere(event)) {
      // htmx asks for nothing then, but it would keep the browser from going.
      event.stopPropagation();
      return;
    }
    const open = link && document.getElementById(`answer-${link.getAttribute("hx-get").split("/")[2]}`);
    // The address says which box is open, so that whoever comes back to it finds the box and the words in it.
    if (link) history.replaceState(history.state, "", link.href);
    if (!open) return;
    event.preventDefault();
    event.stopPropagation();
    open.elements.text.focus();
  }, true);
})();
