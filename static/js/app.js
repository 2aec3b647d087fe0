// Conveniences on top of pages that work without scripts: no double sends, no typed text lost.
"use strict";

const actor = document.body.dataset.actor || "";
const PREFIX = "typed:";

// ---- forms: one send per press, unfinished dates are caught before they are sent as nothing

function refuseUnfinished(form) {
  const bad = [...form.elements].filter((field) => field.validity && field.validity.badInput);
  bad.forEach(showUnfinished);
  if (bad.length) bad[0].focus();
  return bad.length > 0;
}

function showUnfinished(field) {
  const id = `${field.id}-unfinished`;
  if (document.getElementById(id)) return;
  const message = document.createElement("span");
  message.className = "form-error-message";
  message.id = id;
  message.textContent = field.dataset.badInput || field.validationMessage;
  field.before(message);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${id}`.trim());
  field.closest(".form-group")?.classList.add("form-error");
}

function guardSubmit(event) {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent || refuseUnfinished(form)) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  form.dataset.sent = "1";
  if (form.dataset.keep) remember(form, true);
  if ("logout" in form.dataset) forgetAll();
  const buttons = [...form.querySelectorAll("button[type=submit]")];
  setTimeout(() => buttons.forEach((button) => setBusy(button, true)));
  setTimeout(() => release(form), 10000); // a download never leaves the page
}

function setBusy(button, busy) {
  button.disabled = busy;
  button.classList.toggle("is-busy", busy);
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("button.is-busy").forEach((button) => setBusy(button, false));
}

// ---- typed text survives a lost session; it never leaves this tab and never outlives the log-in

const keyOf = (form) => `${PREFIX}${actor}:${location.pathname}:${form.dataset.keep}`;
const kept = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
const forgetAll = () => kept().forEach((key) => sessionStorage.removeItem(key));

function typedIn(form) {
  return [...form.elements]
    .filter((field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type))
    .map((field) => [field.name, field.value, "checked" in field ? field.checked : null, field.type]);
}

function remember(form, sent = false) {
  if (!actor) return;
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify({ sent, typed: typedIn(form) }));
  } catch {
    // full or forbidden storage: the form still works, it is only not remembered
  }
}

function putBack(form, typed) {
  let changed = false;
  for (const [name, value, checked, type] of typed) {
    const ticks = type === "checkbox" || type === "radio";
    const field = [...form.elements].find((f) => f.name === name && f.type === type && (!ticks || f.value === value));
    if (!field) continue;
    const same = ticks ? field.checked === checked : field.value === value;
    if (same) continue;
    changed = true;
    if (ticks) field.checked = checked;
    else field.value = value;
  }
  return changed;
}

function restore(form) {
  const stored = sessionStorage.getItem(keyOf(form));
  if (!stored || !putBack(form, JSON.parse(stored).typed)) return;
  const notice = document.createElement("div");
  notice.className = "alert alert-info kept";
  notice.setAttribute("role", "status");
  notice.append(Object.assign(document.createElement("span"), { textContent: form.dataset.kept }));
  const forget = Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary", textContent: form.dataset.forget });
  forget.addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    form.reset();
    notice.remove();
  });
  notice.append(forget);
  form.prepend(notice);
}

function settleSent() {
  const [visit] = performance.getEntriesByType("navigation");
  const saved = document.querySelector("[data-saved]") || (actor && visit && visit.redirectCount > 0);
  for (const key of kept()) {
    const entry = JSON.parse(sessionStorage.getItem(key));
    const others = actor && !key.startsWith(`${PREFIX}${actor}:`);
    if (others || (entry.sent && saved)) sessionStorage.removeItem(key);
    else if (entry.sent) sessionStorage.setItem(key, JSON.stringify({ ...entry, sent: false }));
  }
}

function keepForm(form) {
  restore(form);
  let later;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => remember(form), 300);
  });
  form.addEventListener("reset", () => sessionStorage.removeItem(keyOf(form)));
}

// ---- start

settleSent();
document.querySelectorAll("form").forEach((form) => { form.noValidate = true; });
document.querySelectorAll("form[data-keep]").forEach(keepForm);
document.querySelectorAll("form[data-auto] select").forEach((select) => select.addEventListener("change", () => select.form.requestSubmit()));
document.querySelector("[data-focus]")?.focus();
document.addEventListener("submit", guardSubmit);
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
