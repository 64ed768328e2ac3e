// Shows what a search finds while somebody types; without it the button beside the field does the same.
for (const field of document.querySelectorAll("[data-find]")) {
  const what = field.dataset.find;
  const found = document.querySelector(`[data-found="${what}"]`);
  let waiting, running;
  const ask = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await fetch(`/report/find/${what}`, { method: "POST", body: new FormData(field.form), signal: running.signal });
      if (answer.ok) found.innerHTML = await answer.text();
    } catch { /* no network: the button still works */ }
  };
  field.addEventListener(field.localName === "select" ? "change" : "input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  });
}
