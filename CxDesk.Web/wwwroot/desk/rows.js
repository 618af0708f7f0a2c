// Moving from row to row. One row is in the order of Tab: the one that was read last.
import { byReference, desk, find, itemOf, items, link } from './page.js';

// current: where j and k start from; at: where it stood, should it go; focused: the row that has the focus.
export const rows = { current: null, at: 0, focused: null };

export function rove() {
  const all = items();
  const stop = byReference(rows.current) ?? all[Math.min(rows.at, all.length - 1)];
  for (const item of all) {
    const index = item === stop ? '0' : '-1';
    for (const node of [link(item), find('button.due', item)]) if (node && node.getAttribute('tabindex') !== index) node.setAttribute('tabindex', index);
  }
}

export function goTo(item) {
  if (!item) return;
  link(item).focus({ preventScroll: true });
  item.scrollIntoView({ block: 'nearest' });
}

export function step(by) {
  // From the row with the focus, or from the case that is open; else to where one was.
  const from = itemOf(document.activeElement) ?? (find('.detail') ? byReference(rows.current) : null);
  const lane = (from ?? byReference(rows.current))?.closest('.lane');
  const all = items().filter(item => !lane || item.closest('.lane') === lane);
  if (from) return goTo(all[all.indexOf(from) + by]);
  goTo(byReference(rows.current) ?? all[Math.min(rows.at, all.length - 1)]);
}

// The nearest card of the next lane that has any.
export function toLane(by) {
  const from = itemOf(document.activeElement) ?? byReference(rows.current) ?? items()[0];
  const own = from?.closest('.lane');
  if (!own) return;
  const lanes = [...desk().querySelectorAll('.lane')];
  const off = item => Math.abs(item.getBoundingClientRect().top - from.getBoundingClientRect().top);
  for (let i = lanes.indexOf(own) + by; i >= 0 && i < lanes.length; i += by) {
    const there = items().filter(item => item.closest('.lane') === lanes[i]);
    if (there.length > 0) return goTo(there.reduce((best, item) => off(item) < off(best) ? item : best));
  }
}

document.addEventListener('focusin', event => {
  const item = itemOf(event.target);
  rows.focused = item?.dataset.case ?? null;
  if (!item) return;
  rows.current = rows.focused;
  rows.at = items().indexOf(item);
  rove();
});
document.addEventListener('pointerdown', event => { if (!itemOf(event.target)) rows.focused = null; });

// A row that moved to another lane takes the focus along.
export function follow(records) {
  if (!rows.focused || document.activeElement !== document.body) return;
  const left = records.some(record => [...record.removedNodes].some(node => node.dataset?.case === rows.focused));
  const item = left && byReference(rows.focused);
  if (item) link(item)?.focus({ preventScroll: true });
}
