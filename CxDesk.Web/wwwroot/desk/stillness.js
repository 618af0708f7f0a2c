// A case that opens or closes leaves its row where it was under the eyes; and what changed glows.
import { byReference, desk, find, link, visible } from './page.js';
import { rove, rows } from './rows.js';

let kept = null, listTop = 0;

// Before a case opens or closes: where its row stands.
export function anchor(reference) {
  const item = byReference(reference);
  if (!desk().hasAttribute('data-detail')) listTop = scrollY;
  kept = { reference, top: visible(item) ? item.getBoundingClientRect().top : null };
  rows.current = reference ?? rows.current;
}

// After it has.
export function settle() {
  const board = find('.board');
  if (!visible(board)) {
    // Alone, where there is no room beside it.
    find('.detail h1')?.focus({ preventScroll: true });
    scrollTo(0, 0);
    return;
  }
  const item = byReference(kept?.reference ?? rows.current);
  if (kept?.top == null) scrollTo(0, listTop);
  else if (item) (getComputedStyle(board).overflowY === 'auto' ? board : window).scrollBy(0, item.getBoundingClientRect().top - kept.top);
  kept = null;
  // Closed, the row has the focus again; open, the keys work from the row too.
  if (item && (document.activeElement === document.body || !desk().hasAttribute('data-detail'))) link(item)?.focus({ preventScroll: true });
  rove();
}

const glowMs = 2000, many = 10;
const still = matchMedia('(prefers-reduced-motion: reduce)');

export function glow(records) {
  if (still.matches) return;
  const added = new Set(), changed = new Set();
  for (const record of records) {
    if (record.type === 'childList') {
      // A list that is drawn anew is not news, nor is a further page.
      for (const node of record.addedNodes) if (node.matches?.('[data-case]')) added.add(node);
      continue;
    }
    const at = record.type === 'characterData' ? record.target.parentElement : record.target;
    const row = at?.closest('.rows [data-case]');
    // A countdown changes by itself; that it is over is news.
    if (!row || (record.type === 'characterData' && at.closest('.due, time'))) continue;
    if (record.attributeName === 'data-standing' || record.attributeName === 'data-severity' || record.type === 'characterData') changed.add(at === row ? row : at.closest('td, .card > span') ?? row);
  }
  const colour = getComputedStyle(document.documentElement).getPropertyValue('--watch-faint');
  for (const node of [...(added.size <= many ? added : []), ...changed])
    if (visible(node)) node.animate([{ backgroundColor: colour }, {}], { duration: glowMs, easing: 'ease-out' });
}
