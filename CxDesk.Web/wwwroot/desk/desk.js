// The case desk's keys and clicks. What changes a case is pressed or asked of the page; moving the focus, keeping the
// scroll and letting changes glow happens here, without waiting for the server.
import * as page from './page.js';
import { act, goOn } from './acting.js';
import { choose, inMenu, menu } from './moving.js';
import { forget } from './reading.js';
import { follow, rove, step, toLane } from './rows.js';
import { anchor, glow, settle } from './stillness.js';

const { desk, find, itemOf, link } = page;
const goals = { b: '[data-go=board]', l: '[data-go=list]', n: '[data-do=ClaimNext]' };
const actions = { c: 'Claim', n: 'Note', r: 'Resolve', w: 'Wait', a: 'Assign' };
const goMs = 1000;
let going = 0;

function escape(event) {
  const open = find('details.menu[open]');
  if (open) return find('summary', open).focus();            // shell.js closes it
  if (event.target.matches?.('input, select, textarea')) return event.target.blur();
  const close = find('.detail .close');
  if (close) { event.preventDefault(); close.click(); }
}

document.addEventListener('keydown', event => {
  if (!desk() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || find('dialog[open], .rz-dialog')) return;
  if (find('#moves:popover-open')) return inMenu(event);
  if (event.key === 'Escape') return escape(event);
  if (event.target.closest?.('input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable="true"]')) return;
  const { key } = event;
  const item = itemOf(event.target);
  const steps = { j: 1, k: -1, ...(item && { ArrowDown: 1, ArrowUp: -1 }) };
  const lanes = { h: -1, l: 1, ...(item && { ArrowLeft: -1, ArrowRight: 1 }) };
  if (going > Date.now() && key in goals) find(goals[key])?.click();
  else if (key === 'g') going = Date.now() + goMs;
  else if (key in steps) step(steps[key]);
  else if (key in lanes && desk().dataset.view === 'board') toLane(lanes[key]);
  else if (key === 'o' && item) link(item)?.click();
  else if (key === 'x' && item) find('[data-select]', item)?.click();
  else if (key === 'm' && item) menu(item);
  else if (key === 'd') find('button.due', item ?? find('.detail') ?? desk())?.click();
  else if (key === '?') find('#keys')?.showModal();
  else if (key in actions && !event.repeat) act(actions[key]);
  else return;
  if (key !== 'g') going = 0;
  event.preventDefault();
}, { capture: true });

document.addEventListener('click', event => {
  if (!desk()) return;
  const pressed = selector => event.target.closest(selector);
  if (pressed('[data-keys]')) find('#keys')?.showModal();
  else if (pressed('#moves [data-move]')) choose(pressed('#moves [data-move]'));
  else if (pressed('[data-menu]')) menu(itemOf(event.target));
  else if (pressed('[data-open]')) anchor(itemOf(event.target).dataset.case);
  else if (pressed('.detail :is(.close, .back)')) anchor(find('.detail').dataset.of);
}, { capture: true });

addEventListener('popstate', () => { if (desk()) anchor(find('.detail')?.dataset.of ?? null); });

new MutationObserver(records => {
  if (!desk()) return;
  if (records.some(record => record.attributeName === 'data-detail')) {
    forget();
    settle();
  }
  follow(records);
  glow(records);
  rove();
  goOn();
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-detail', 'data-standing', 'data-severity', 'disabled'] });

export function attach(reference) {
  page.attach(reference);
  forget();
  rove();
  desk()?.toggleAttribute('data-attached', true);
}

export const detach = page.detach;
