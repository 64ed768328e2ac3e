// Counts while somebody tells, and says what looks like a number that will be masked. The page says the same without it.
const box = document.querySelector("[data-story]");
const told = document.getElementById("narrative");
const count = document.getElementById("narrative-count");
const sorts = {
  email: /[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
  phone: /(?:\+?84|(?<!\d)0)(?:[ .-]?\d){9,10}(?!\d)/,
  number: /(?<!\d)\d{9,}(?!\d)/,
};
const look = () => {
  const text = told.value;
  count.textContent = box.dataset.count.replace("%s", [...text].length.toLocaleString(document.documentElement.lang));
  const sort = Object.keys(sorts).find((one) => sorts[one].test(text));
  for (const line of box.querySelectorAll("[data-sort]")) line.hidden = line.dataset.sort !== sort;
};
if (box && told && count) told.addEventListener("input", look);
