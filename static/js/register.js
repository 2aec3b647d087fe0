// The register saves each row at once and says so on the row; without this script the form is sent as a whole.
"use strict";

const register = document.getElementById("register");
const words = register.dataset;
const WAIT = 600; // so that arrow keys may pass over a mark without saving it
const WAIT_ABSENT = 3000; // an absence that was announced is told in two taps, and must not be followed up in between
const UNSAVED = ["failed", "wrong", "conflict", "incomplete"];
const PARTIAL = ["late", "left_early"];
const rows = new Map();
const rest = register.querySelector("[data-rest]"); // the button that sets those without a mark to present

const fill = (text, facts) => text.replace(/%\((\w+)\)s/g, (_, name) => facts[name]);
const part = (row, selector) => row.box.querySelector(selector);
const input = (row, name) => part(row, `[name="${name}_${row.id}"]`);
const chosen = (row) => part(row, ".marks input:checked")?.value || "";
const needsMinutes = (row) => PARTIAL.includes(chosen(row)) && !input(row, "minutes").value.trim();
const mayBeAnnounced = (row) => chosen(row) === "absent" && !input(row, "announced").checked;
const pending = () => [...rows.values()].some((row) => row.state !== "saved" && row.state !== "none");
const retryable = () => [...rows.values()].filter((row) => row.state === "failed");

function say(row, state, text) {
  row.state = state;
  part(row, ".register-state").dataset.state = state;
  part(row, "[data-state-text]").textContent = text;
  row.box.toggleAttribute("data-unsaved-row", UNSAVED.includes(state));
  count();
}

function count() {
  const marked = [...rows.values()].filter(chosen).length;
  const missing = [...rows.values()].filter((row) => UNSAVED.includes(row.state)).length;
  const tally = fill(words.marked, { marked, total: rows.size });
  const counter = register.querySelector("[data-count]");
  if (counter.textContent !== tally) counter.textContent = tally;
  if (rest) {
    rest.querySelector("[data-rest-count]").textContent = rows.size - marked;
    rest.hidden = marked === rows.size;
  }
  register.querySelector("[data-unsaved]").hidden = !missing;
  register.querySelector("[data-retry]").hidden = !retryable().length;
  register.querySelector("[data-unsaved-text]").textContent = missing === 1 ? words.oneUnsaved : fill(words.manyUnsaved, { num: missing });
}

function complain(row, text) {
  part(row, "[data-error]").textContent = text || "";
}

// ---- saving one row

function changed(row) {
  clearTimeout(row.timer);
  if (!chosen(row)) return;
  complain(row, "");
  hideClash(row);
  if (needsMinutes(row)) return say(row, "incomplete", words.minutes);
  say(row, "waiting", words.saving);
  row.timer = setTimeout(() => save(row), mayBeAnnounced(row) ? WAIT_ABSENT : WAIT);
}

function body(row) {
  const data = new URLSearchParams({ row: row.id, csrf_token: register.elements.csrf_token.value });
  for (const field of row.box.querySelectorAll("[name]")) {
    if (field.matches("[type=radio], [type=checkbox]") && !field.checked) continue;
    data.append(field.name, field.value);
  }
  return data;
}

async function save(row, mayRefresh = true) {
  clearTimeout(row.timer);
  row.changedMeanwhile = row.busy;
  if (row.busy || needsMinutes(row)) return;
  row.busy = true;
  say(row, "saving", words.saving);
  const answer = await send(row);
  row.busy = false;
  await answer.deed(row, answer.facts, mayRefresh);
  if (row.changedMeanwhile) await save(row);
}

async function send(row) {
  const options = { method: "POST", body: body(row), redirect: "manual", headers: { Accept: "application/json", "X-Requested-With": "fetch" } };
  try {
    const answer = await fetch(words.saveUrl, options);
    return { deed: ANSWERS[answer.status] || failed, facts: await answer.json().catch(() => ({})) };
  } catch {
    return { deed: offline, facts: {} };
  }
}

// 0 is a redirect that was not followed: to the log-in page
const ANSWERS = { 0: loggedOut, 200: saved, 400: staleToken, 401: loggedOut, 409: clash, 422: wrong };

function failed(row) {
  say(row, "failed", words.failed);
}

function offline(row) {
  say(row, "failed", words.offline);
}

function saved(row, { rows: answers = [] }) {
  const mine = answers.find((answer) => String(answer.enrolment_id) === row.id);
  if (!mine) return failed(row);
  input(row, "version").value = mine.version;
  register.querySelector("[data-logged-out-note]").hidden = true;
  complain(row, "");
  say(row, "saved", fill(words.saved, { time: mine.saved_at }));
}

function wrong(row, { errors = {} }) {
  complain(row, Object.values(errors).join(" "));
  say(row, "wrong", words.wrong);
}

function loggedOut(row) {
  register.querySelector("[data-logged-out-note]").hidden = false;
  failed(row);
}

// After logging in again in another tab the old token is void: fetch a fresh one and try once more.
async function staleToken(row, facts, mayRefresh) {
  if (mayRefresh && await freshToken()) await save(row, false);
  else loggedOut(row);
}

async function freshToken() {
  const page = await fetch(location.href, { redirect: "manual" });
  if (!page.ok) return false;
  const token = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#register [name=csrf_token]");
  if (token) register.elements.csrf_token.value = token.value;
  return Boolean(token);
}

// ---- two people at once

function clash(row, { conflicts = [] }) {
  const other = conflicts.find((conflict) => String(conflict.enrolment_id) === row.id);
  if (!other) return failed(row);
  const box = part(row, "[data-clash]");
  const text = document.createElement("span");
  text.textContent = fill(words.clash, other);
  box.replaceChildren(text, choice(words.keepMine, () => settle(row, other.version)));
  box.append(choice(words.takeTheirs, () => settle(row, other.version, other.values)));
  box.hidden = false;
  say(row, "conflict", words.conflict);
}

function choice(text, deed) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary", textContent: text });
  button.addEventListener("click", deed);
  return button;
}

function settle(row, version, values) {
  if (values) take(row, values);
  input(row, "version").value = version;
  hideClash(row);
  part(row, ".marks input:checked").focus();
  save(row);
}

function take(row, { status, minutes, announced, cause, comment }) {
  part(row, `.marks input[value="${CSS.escape(status)}"]`).checked = true;
  if (PARTIAL.includes(status)) input(row, "minutes").value = minutes;
  input(row, "announced").checked = announced;
  for (const [name, value] of [["cause", cause], ["comment", comment]]) {
    if (input(row, name) && value !== null) input(row, name).value = value;
  }
}

function hideClash(row) {
  part(row, "[data-clash]").hidden = true;
}

// ---- start

async function retry() {
  for (const row of retryable()) await save(row);
}

for (const box of register.querySelectorAll("[data-row]")) {
  const row = { id: box.dataset.row, box, state: part({ box }, ".register-state").dataset.state };
  rows.set(row.id, row);
  box.addEventListener("change", () => changed(row));
  box.addEventListener("focusout", (event) => {
    if (row.state === "waiting" && !box.contains(event.relatedTarget)) save(row);
  });
}

register.querySelector("[data-retry]").addEventListener("click", retry);
window.addEventListener("online", retry);
window.addEventListener("beforeunload", (event) => {
  if (!register.dataset.sent && pending()) event.preventDefault();
});
count();
