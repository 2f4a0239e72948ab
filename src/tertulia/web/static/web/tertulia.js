// What a page does beyond plain forms: the reader's time zone, drafts that outlive a lost connection, sending in place.
(() => {
  "use strict";

  // What is said here stands in the page, in its language.
  const words = document.currentScript.dataset;
  const person = document.body.dataset.person;

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.split("; ").some((one) => one.startsWith("zone="))) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `zone=${encodeURI(zone)}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  // --- drafts: in this browser at once, on the site a moment later ---
  const WAIT = 1500;
  // Others may use this browser: each finds only what they left themselves, and nobody finds it after a month.
  const MONTH = 30 * 24 * 60 * 60 * 1000;
  const keyAt = (place) => `draft ${person} ${place}`;
  // What nobody known wrote is kept for this tab alone.
  const shelf = () => (person === "0" ? sessionStorage : localStorage);
  const key = (form) => keyAt(form.dataset.place);
  const timers = new WeakMap();

  const fieldsOf = (form) => {
    const fields = {};
    for (const [name, value] of new FormData(form)) {
      if (!["csrfmiddlewaretoken", "writer"].includes(name)) fields[name] = fields[name] === undefined ? value : `${fields[name]} ${value}`;
    }
    return fields;
  };

  const remember = (form) => {
    try {
      shelf().setItem(key(form), JSON.stringify({ at: Date.now(), fields: fieldsOf(form) }));
    } catch { /* Full or forbidden: the site keeps it. */ }
  };

  const forget = (place) => {
    try { shelf().removeItem(keyAt(place)); } catch { /* As above. */ }
  };

  const forgetTheOld = () => {
    try {
      for (const name of Object.keys(localStorage).filter((one) => one.startsWith("draft "))) {
        const { at } = JSON.parse(localStorage.getItem(name));
        if (!(Date.now() - at < MONTH)) localStorage.removeItem(name);
      }
    } catch { /* Forbidden, or not ours. */ }
  };

  const say = (form, sentence) => {
    const line = form.querySelector("[data-kept]");
    if (line) line.textContent = sentence;
  };

  const ago = (form) => {
    const at = Number(form.dataset.keptAt);
    if (!at || !form.isConnected) return;
    const seconds = Math.round((Date.now() - at) / 1000);
    const told = new Intl.RelativeTimeFormat(document.documentElement.lang).format(-seconds, "second");
    say(form, seconds < 90 ? words.draftKeptAgo.replace("{ago}", told) : words.draftKept);
    if (seconds < 90) timers.set(form, { ...timers.get(form), tell: setTimeout(() => ago(form), 4000) });
  };

  // Nothing waits to be kept any more.
  const rest = (form) => {
    clearTimeout(timers.get(form)?.wait);
    timers.set(form, { ...timers.get(form), wait: 0 });
  };

  const keep = async (form, leaving = false) => {
    rest(form);
    if (person === "0") return;
    const body = new FormData(form);
    const before = JSON.stringify(fieldsOf(form));
    try {
      const answer = await fetch("/drafts/keep", { method: "POST", body, headers: { Accept: "text/plain" }, keepalive: leaving });
      if (!answer.ok) throw new Error(String(answer.status));
      form.dataset.keptAt = String(Date.now());
      clearTimeout(timers.get(form)?.tell);
      ago(form);
      if (JSON.stringify(fieldsOf(form)) === before) forget(form.dataset.place);
    } catch {
      say(form, words.keptHere);
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-place]");
    if (!form) return;
    remember(form);
    clearTimeout(timers.get(form)?.wait);
    timers.set(form, { ...timers.get(form), wait: setTimeout(() => keep(form), WAIT) });
  });

  // Whoever goes before the moment is over: the site hears of it on the way.
  const leave = () => document.querySelectorAll("form[data-place]").forEach((form) => {
    if (timers.get(form)?.wait) keep(form, true);
  });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });

  // What this browser has and the page does not: offered, never put in by itself.
  const offer = (form) => {
    let stored;
    try { stored = JSON.parse(shelf().getItem(key(form)) ?? "null"); } catch { return; }
    const left = stored?.fields?.text?.trim();
    const here = form.elements.text?.value.trim() ?? "";
    if (!left || left === here || form.querySelector("[data-offer]")) return;
    const line = document.createElement("p");
    line.className = "told";
    line.dataset.offer = "";
    line.append(words.otherWords, " ");
    const use = document.createElement("button");
    use.type = "button";
    use.className = "plain";
    use.textContent = words.bringBack;
    use.addEventListener("click", () => {
      // Both stay: what stands here is put after what is brought back.
      for (const [name, value] of Object.entries(stored.fields)) {
        const field = form.elements[name];
        if (!field || field instanceof RadioNodeList || field.type === "hidden" || field.type === "checkbox") continue;
        const now = field.value;
        field.value = name === "text" && here && !value.includes(here) ? `${value}\n\n${now}` : value;
      }
      form.dispatchEvent(new Event("words:back", { bubbles: true }));
      line.remove();
      form.elements.text.focus();
      form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "plain";
    drop.textContent = words.throwAway;
    drop.addEventListener("click", () => { forget(form.dataset.place); line.remove(); });
    line.append(use, " · ", drop);
    form.prepend(line);
  };

  // --- sending: a copy stays in this browser until the site has the words ---
  const AT_ONCE = 3000;

  // htmx would send the form to its own address whichever button was pressed: of those that say so, it hears nothing.
  document.addEventListener("submit", (event) => {
    if (!event.submitter?.hasAttribute("hx-ignore")) return;
    // What is thrown away is not kept on the way out.
    rest(event.target);
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-place]");
    if (!form) return;
    rest(form);
    remember(form);
    // htmx sends it, and drops a second click itself.
    if (event.defaultPrevented) return;
    if (Date.now() - Number(form.dataset.sentAt) < AT_ONCE) event.preventDefault();
    else form.dataset.sentAt = String(Date.now());
  });

  // Whoever goes takes along what this browser kept of them.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.("form[data-leaves]")) return;
    try {
      const mine = Object.keys(localStorage).filter((name) => name.startsWith(keyAt("")));
      mine.forEach((name) => localStorage.removeItem(name));
    } catch { /* Nothing was kept here. */ }
  });

  // The site says of which place it has the words: sent, or among the drafts.
  const arrived = () => {
    const cookie = document.cookie.split("; ").find((one) => one.startsWith("arrived="));
    if (!cookie) return;
    forget(cookie.slice("arrived=".length));
    document.cookie = "arrived=; path=/; max-age=0; samesite=lax";
  };

  // --- what htmx sends, and what comes back ---
  const complain = (source, sentence) => {
    const form = source?.closest?.("form[data-place]");
    const where = form ?? source?.closest?.(".mine, .reply") ?? document.getElementById("main");
    where?.querySelectorAll("[data-failed]").forEach((one) => one.remove());
    const line = document.createElement("p");
    line.className = "problem";
    line.role = "alert";
    line.dataset.failed = "";
    line.textContent = form ? `${sentence} ${words.stillHere}` : sentence;
    // Beside the button that was pressed; the words themselves stay where they are.
    if (form) form.querySelector("button.go").closest(".row").before(line);
    else where?.append(line);
    if (form) keep(form);
  };

  document.addEventListener("htmx:before:request", (event) => {
    const source = event.detail?.ctx?.sourceElement;
    source?.closest?.("form, .reply")?.querySelectorAll("[data-failed]").forEach((one) => one.remove());
  });

  document.addEventListener("htmx:error", (event) => {
    const ctx = event.detail?.ctx;
    if (ctx && !ctx.response) complain(ctx.sourceElement, words.noConnection);
  });

  // A page that is not ours, or says that something broke, is no part of this one.
  const isRefused = (ctx) => {
    if (ctx.hx?.redirect || ctx.hx?.retarget) return false;
    return ctx.response.status >= 500 || /^\s*<(!doctype|html|head|body)/i.test(ctx.text ?? "");
  };

  document.addEventListener("htmx:after:request", (event) => {
    const ctx = event.detail?.ctx;
    if (!ctx?.response) return;
    if (isRefused(ctx)) {
      event.preventDefault();
      complain(ctx.sourceElement, words.notTaken);
    } else if (ctx.response.status < 400 && !ctx.hx?.redirect) {
      emptied(ctx.sourceElement);
    }
  });

  // The box at the end is empty again when its words stand above it.
  const emptied = (form) => {
    if (!form?.matches?.("form[data-place]")) return;
    forget(form.dataset.place);
    form.dataset.keptAt = "";
    say(form, "");
    const here = new URL(location.href);
    here.searchParams.delete("answer");
    history.replaceState(history.state, "", here);
    if (form.id !== "say") return;
    form.elements.text.value = "";
    form.elements.starter.value = "";
    form.querySelectorAll("[aria-current]").forEach((one) => one.removeAttribute("aria-current"));
    form.querySelectorAll(".problem, .told").forEach((one) => one.remove());
  };

  // Only a box that somebody has just opened takes what they type next.
  const meet = (form) => {
    form.dataset.met = "1";
    offer(form);
  };
  const meetAll = () => document.querySelectorAll("form[data-place]").forEach(meet);

  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail?.ctx?.target === document.body) {
      // Another page stands here now.
      meetAll();
      document.getElementById("main")?.focus();
      scrollTo(0, 0);
      return;
    }
    const fresh = [...document.querySelectorAll("form.compose[id^='answer-']")].filter((form) => !form.dataset.met);
    goOn();
    fresh.forEach((form) => {
      // The box has the same openings, as on a page that opens with it; put away, it makes room for them on the next.
      document.querySelector(`#r${form.id.slice("answer-".length)} > .mine`)?.remove();
      meet(form);
      form.elements.text.focus();
      form.elements.text.setSelectionRange(form.elements.text.value.length, form.elements.text.value.length);
    });
  });

  // Whoever pressed a button that is gone goes on from what came in its place.
  const goOn = () => {
    const fresh = document.querySelector("[data-fresh]");
    fresh?.removeAttribute("data-fresh");
    if (document.activeElement === document.body) fresh?.focus();
  };

  // Whoever was led to a box goes on in it; where it stands in the window is the browser's affair.
  const led = () => {
    const form = document.getElementById(location.hash.slice(1));
    if (form?.matches("form.compose")) form.elements.text?.focus({ preventScroll: true });
  };

  forgetTheOld();
  arrived();
  goOn();
  meetAll();
  // The browser goes to its fragment first, and lets go of what has the focus.
  addEventListener("load", () => requestAnimationFrame(led));
})();
