// A draft saves itself a moment after the last key; without this script the button "save draft" does it.
"use strict";

const line = document.querySelector("[data-autosave]");
const draft = line.closest("form");
const WAIT = 2000;
const AGAIN = 15000;
let timer;
let busy = false;
let changedMeanwhile = false;
let stopped = false;
let waiting = null;

function tell(text, trouble = false) {
  line.textContent = text;
  line.dataset.state = trouble ? "trouble" : "calm";
}

function changed() {
  if (stopped) return;
  clearTimeout(timer);
  changedMeanwhile = busy;
  if (!busy) timer = setTimeout(save, WAIT);
}

async function send() {
  const options = { method: "POST", body: new FormData(draft), redirect: "manual", headers: { Accept: "application/json" } };
  try {
    const answer = await fetch(draft.getAttribute("action"), options);
    return { status: answer.status, facts: await answer.json().catch(() => ({})) };
  } catch {
    return { status: "offline", facts: {} };
  }
}

async function save() {
  if (busy || draft.dataset.sent) return;
  busy = true;
  tell(line.dataset.saving);
  const { status, facts } = await send();
  busy = false;
  (ANSWERS[status] || failed)(facts);
  if (waiting) draft.requestSubmit(waiting);
  else if (changedMeanwhile) changed();
}

// A press while a save is under way waits for it, or the two would take each other for a colleague.
function hold(event) {
  clearTimeout(timer);
  if (!busy) return;
  event.preventDefault();
  event.stopPropagation();
  waiting = event.submitter;
}

// 0 is a redirect that was not followed: to the log-in page
const ANSWERS = { 0: loggedOut, 200: saved, 400: staleToken, 401: loggedOut, 409: clash, 422: wrong };

function saved({ version, saved_at: time }) {
  draft.elements.seen_version.value = version;
  tell(line.dataset.saved.replace("{time}", time));
  if (!changedMeanwhile) forgetTyped();
}

// What is saved need not be kept in the tab: put back later, it would cover what a colleague wrote since.
function forgetTyped() {
  const end = `:${location.pathname}:${draft.dataset.keep}`;
  Object.keys(sessionStorage).filter((key) => key.startsWith("typed:") && key.endsWith(end)).forEach((key) => sessionStorage.removeItem(key));
}

function failed() {
  tell(line.dataset.failed, true);
  if (!waiting) timer = setTimeout(save, AGAIN);
}

function wrong() {
  tell(line.dataset.wrong, true);
}

function clash() {
  stopped = true;
  tell(line.dataset.conflict, true);
}

function loggedOut() {
  tell(line.dataset.out, true);
}

// After logging in again in another tab the old token is void: take the fresh one and try once more.
function staleToken({ csrf_token: token }) {
  const field = draft.elements.csrf_token;
  if (!token || !field || field.value === token) return loggedOut();
  field.value = token;
  return changed();
}

draft.addEventListener("input", changed);
draft.addEventListener("submit", hold);
