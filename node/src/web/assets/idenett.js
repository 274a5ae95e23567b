// What script adds to the pages; everything works without it.
'use strict';

// A list that is filtered by choices follows each choice at once, wherever on the page the choice stands; whoever uses
// the keyboard finds the focus on the same choice again.
const FOLLOWED = 'idenett-followed';
document.addEventListener('change', (event) => {
  const choice = event.target;
  if (!choice.form?.matches('[data-follow]') || !choice.matches('input[type="checkbox"], select')) return;
  if (kept()) kept().setItem(FOLLOWED, JSON.stringify([choice.name, choice.value]));
  choice.form.requestSubmit();
});

// On a narrow window the results come first; what narrows them is folded away.
for (const fold of document.querySelectorAll('details[data-fold-narrow]')) {
  if (window.matchMedia('(max-width: 59.99rem)').matches) fold.open = false;
}

// "/" goes to the search field, unless someone is writing.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  const field = document.querySelector('input[type="search"]');
  if (field) { event.preventDefault(); field.focus(); field.select(); }
});

// Buttons that only script can serve are hidden until it is there.
for (const button of document.querySelectorAll('button[data-do]')) {
  const act = { print: () => window.print(), copy: () => copy(button) }[button.dataset.do];
  if (!act || (button.dataset.do === 'copy' && !navigator.clipboard)) continue;
  button.hidden = false;
  button.addEventListener('click', act);
}

async function copy(button) {
  const from = document.getElementById(button.dataset.of);
  if (!from) return;
  await navigator.clipboard.writeText(from.innerText.trim());
  const said = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = said; }, 2000);
}

// Last, when all is folded that will be: back to the choice that was made before the list was loaded anew.
if (kept()?.getItem(FOLLOWED)) {
  const [name, value] = JSON.parse(kept().getItem(FOLLOWED));
  kept().removeItem(FOLLOWED);
  const choice = [...document.getElementsByName(name)].find((one) => one.value === value);
  for (let fold = choice?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
  choice?.focus();
}

// A browser may refuse to keep anything, even for the time of a visit.
function kept() {
  try { return window.sessionStorage; } catch { return null; }
}
