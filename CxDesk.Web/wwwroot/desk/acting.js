// Doing something with a case: at once where it asks for nothing, else by its button in the open case.
import { ask, detailOf, find, itemOf, link } from './page.js';

const atOnce = ['Claim', 'Release', 'Resume'];
const openMs = 10000, fieldMs = 5000;

// What is still to be done with a case: { reference, action, until }; the action 'field' goes to the first field of its form.
let pending = null;
const plan = (reference, action, ms) => { pending = { reference, action, until: Date.now() + ms }; };

export const movesOf = item => Object.fromEntries((item.dataset.moves ?? '').split(' ').filter(Boolean).map(pair => pair.split(':')));

export function move(item, action) {
  if (!atOnce.includes(action)) return open(item, action);
  item.setAttribute('aria-busy', 'true');
  ask('Move', item.dataset.case, action).finally(() => item.removeAttribute('aria-busy'));
}

export function act(action) {
  const shown = find('.detail[data-of]');
  const item = itemOf(document.activeElement);
  if (item && item.dataset.case !== shown?.dataset.of) {
    if (action !== 'Claim') return open(item, action);
    return movesOf(item).inProgress === 'Claim' ? move(item, action) : ask('NotNow', item.dataset.case);
  }
  if (!shown) return;
  if (!find(`[data-do="${action}"]`, shown)) return ask('NotNow', shown.dataset.of);
  plan(shown.dataset.of, action, openMs);
  goOn();
}

// Whenever the page has changed: perhaps the button, or the field, has come.
export function goOn() {
  if (!pending) return;
  if (Date.now() > pending.until) { pending = null; return; }
  const detail = detailOf(pending.reference);
  if (!detail) return;
  if (pending.action === 'field') {
    const field = find('.actions form:not(.note) :is(select, input:not([type=hidden]), textarea)', detail);
    if (field) { pending = null; show(field); }
    return;
  }
  const button = find(`[data-do="${pending.action}"]`, detail);
  if (!button || button.disabled) return;
  const { reference, action } = pending;
  pending = null;
  if (button.matches('textarea, input')) return show(button);
  if (action !== 'Claim') plan(reference, 'field', fieldMs);
  button.click();
}

function open(item, action) {
  plan(item.dataset.case, action, openMs);
  link(item).click();
  goOn();
}

function show(field) {
  field.focus();
  field.scrollIntoView({ block: 'nearest' });
}
