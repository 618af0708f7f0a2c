// Tells the page which row is being read: the one under the pointer, else the one with the focus. Its list holds still.
import { ask, desk, find, itemOf } from './page.js';

const glanceMs = 120, awayMs = 500, restMs = 60000;
let held = null, pointed = null, waiting = 0, resting = 0;

function hold(reference, after) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (held === reference) return;
    held = reference;
    ask('Hold', reference).then(() => find('.rows')?.toggleAttribute('data-held', held !== null));
  }, after);
}

const isNews = node => node?.closest?.('[data-news]');
const focused = () => isNews(document.activeElement) ? held : itemOf(document.activeElement)?.dataset.case ?? null;
const look = after => { if (desk()) hold(pointed ?? focused(), after); };

export function point(reference, after = awayMs) {
  pointed = reference;
  look(after);
}

// The page let go as well.
export function forget() { held = null; }

document.addEventListener('pointermove', event => {
  if (event.pointerType === 'touch' || !desk()) return;
  // On the way to "3 new" the list goes on holding still.
  const over = isNews(event.target) ? held : itemOf(event.target)?.dataset.case ?? null;
  clearTimeout(resting);
  // A pointer that was left lying reads nothing.
  if (over) resting = setTimeout(() => point(null, 0), restMs);
  if (over !== pointed) point(over, over ? glanceMs : awayMs);
}, { passive: true });
document.documentElement.addEventListener('pointerleave', () => point(null));
document.addEventListener('focusin', () => look(glanceMs));
document.addEventListener('focusout', () => look(awayMs));
