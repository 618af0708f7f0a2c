// Into another lane: by dragging, or from the menu of moves, which is one for all cards.
import { ask, byReference, desk, find, itemOf, link } from './page.js';
import { move, movesOf } from './acting.js';
import { point } from './reading.js';

export function menu(item) {
  const moves = find('#moves');
  if (!moves || !item) return;
  const fits = Object.values(movesOf(item));
  if (fits.length === 0) return ask('NotNow', item.dataset.case);
  for (const button of moves.children) button.hidden = !fits.includes(button.dataset.move);
  moves.dataset.of = item.dataset.case;
  moves.showPopover();
  const from = (find('[data-menu]', item) ?? link(item)).getBoundingClientRect();
  const box = moves.getBoundingClientRect();
  moves.style.left = `${Math.max(8, Math.min(from.left, innerWidth - box.width - 8))}px`;
  moves.style.top = `${from.bottom + box.height + 8 > innerHeight ? from.top - box.height - 4 : from.bottom + 4}px`;
  find('button:not([hidden])', moves).focus();
}

export function inMenu(event) {
  const buttons = [...document.querySelectorAll('#moves button:not([hidden])')];
  const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  buttons[(buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length].focus();
}

export function choose(button) {
  const item = byReference(button.parentElement.dataset.of);
  button.parentElement.hidePopover();
  if (item) move(item, button.dataset.move);
}

let dragged = null;
const lanes = () => desk()?.querySelectorAll('.lane') ?? [];
const laneUnder = event => dragged && event.target.closest?.('.lane[data-drop=yes]');

document.addEventListener('dragstart', event => {
  dragged = event.target.closest?.('.lane [data-case][draggable=true]') ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.dataset.case);
  point(dragged.dataset.case, 0);
  dragged.toggleAttribute('data-dragged', true);
  const fits = movesOf(dragged);
  for (const lane of lanes()) {
    if (lane.contains(dragged)) continue;
    lane.dataset.drop = lane.dataset.lane in fits ? 'yes' : 'no';
    if (lane.dataset.drop === 'no') say(lane, dragged.dataset.why);
  }
});

document.addEventListener('dragover', event => {
  const under = laneUnder(event);
  if (dragged) for (const lane of lanes()) lane.toggleAttribute('data-over', lane === under);
  if (!under) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'move';
});

document.addEventListener('drop', event => {
  const lane = laneUnder(event);
  if (!lane) return;
  event.preventDefault();
  move(dragged, movesOf(dragged)[lane.dataset.lane]);
});

document.addEventListener('dragend', () => {
  if (!dragged) return;
  dragged.removeAttribute('data-dragged');
  for (const lane of lanes()) {
    delete lane.dataset.drop;
    lane.removeAttribute('data-over');
    say(lane, '');
  }
  dragged = null;
  point(null);
});

function say(lane, words) {
  const why = find('.why', lane);
  why.textContent = words ?? '';
  why.hidden = !words;
}
