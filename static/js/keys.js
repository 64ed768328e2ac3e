// Single keys for whoever works at the desk all day. Each does what a link, box or button of the page does; without
// script, and once they are turned off (WCAG 2.1.4), only those remain. Nothing happens while somebody types.
(() => {
  const bar = document.querySelector("[data-keys]");
  if (!bar) return;
  const list = bar.querySelector("ul"), button = bar.querySelector("button");
  const links = [...document.querySelectorAll(".queue__what a")];
  const box = (link) => link?.closest("tr")?.querySelector('input[name="case"]');
  const withKey = (key) => [...document.querySelectorAll("main kbd")].find((one) => !bar.contains(one) && one.textContent === key)?.closest("a, button");
  const beside = (rel) => document.querySelector(`main a[rel="${rel}"][href*="/staff/cases/"]`);
  let current = null;
  let on = true;
  try { on = localStorage.getItem("keys") !== "off"; } catch { /* not kept: on each time */ }

  const go = (step) => {
    if (!links.length) return beside(step > 0 ? "next" : "prev")?.click();
    const place = links.indexOf(current);
    current = links[place < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(place + step, 0), links.length - 1)];
    current.focus();
  };
  const press = (key) => {
    const picked = document.querySelector('.queue input[name="case"]:checked');
    if (!picked && links.length) {
      if (!box(current)) return;
      box(current).click();
    }
    withKey(key)?.click();
  };
  const does = {
    j: [() => links.length || beside("next"), () => go(1)],
    k: [() => links.length || beside("prev"), () => go(-1)],
    o: [() => links.length, () => current?.click()],
    x: [() => links.some(box), () => box(current)?.click()],
    a: [() => withKey("a"), () => press("a")],
    r: [() => withKey("r"), () => press("r")],
    "/": [() => document.getElementById("q"), () => document.getElementById("q").focus()],
    "?": [() => true, () => list.focus()],
  };
  const show = () => {
    list.hidden = !on;
    button.textContent = on ? button.dataset.off : button.dataset.on;
    document.documentElement.classList.toggle("with-keys", on);
  };

  for (const one of list.children) one.hidden = !does[one.dataset.key][0]();
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest?.(".queue tr")?.querySelector(".queue__what a");
    if (link) current = link;
  });
  document.addEventListener("keydown", (event) => {
    const types = event.target.closest?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
    if (!on || types || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const [there, act] = does[event.key] ?? [];
    if (!there?.()) return;
    event.preventDefault();
    act();
  });
  button.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* holds for this page only */ }
    show();
  });
  bar.hidden = false;
  show();
})();
