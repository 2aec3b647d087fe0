// Several people chosen in a list: counts them, and takes all of the page at once; without it there are just boxes.
"use strict";

const choosing = document.querySelector("[data-choosing]");
const boxes = choosing ? [...choosing.querySelectorAll("input[name=person]")] : [];

function tally() {
  const count = choosing.querySelector("[data-count]");
  const chosen = boxes.filter((box) => box.checked).length;
  const all = choosing.querySelector("[data-all] input");
  const { none, one, many } = count.dataset;
  count.textContent = [none, one][chosen] || many.replace("{n}", chosen);
  all.checked = chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

function takeAll({ target }) {
  boxes.forEach((box) => { box.checked = target.checked; });
  tally();
}

if (choosing) {
  const all = choosing.querySelector("[data-all]");
  all.hidden = false;
  all.querySelector("input").addEventListener("change", takeAll);
  boxes.forEach((box) => box.addEventListener("change", tally));
  window.addEventListener("pageshow", tally); // a page that comes back keeps its boxes
  tally();
}
