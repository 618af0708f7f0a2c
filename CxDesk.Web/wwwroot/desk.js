// The case desk's keys, drags and stillness. What changes a case is pressed or asked of the page; moving the focus,
// keeping the scroll and letting changes glow is done here, without waiting for the server.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const desk = () => find('.desk');
  const items = root => [...(root ?? desk())?.querySelectorAll('.rows [data-case]:not([data-gone])') ?? []];
  const itemOf = node => node?.closest?.('.rows [data-case]') ?? null;
  const link = item => find('[data-open]', item);
  const byReference = reference => reference && find(`.rows [data-case="${CSS.escape(reference)}"]`);
  const visible = node => !!node && node.getClientRects().length > 0;

  let page = null;               // the page's .NET object
  let current = null;            // reference of the row that j and k start from
  let onRow = null;              // reference of the row that has the focus
  let place = 0;                 // where it stood, should it go
  let pending = null;            // what to do with a case once it is open: { reference, action, until }
  const ask = (name, ...values) => page?.invokeMethodAsync(name, ...values).catch(() => { /* the circuit is away; the page says so */ });

  // --- The row being read -------------------------------------------------------------------------------------------
  const glanceMs = 120, awayMs = 500, restMs = 60000;
  let held = null, pointed = null, holding = 0, resting = 0;

  function hold(reference, after) {
    clearTimeout(holding);
    holding = setTimeout(() => {
      if (held === reference) return;
      held = reference;
      Promise.resolve(ask('Hold', reference)).then(() => find('.rows')?.toggleAttribute('data-held', held !== null));
    }, after);
  }

  const focused = () => itemOf(document.activeElement)?.dataset.case ?? (document.activeElement?.closest?.('[data-news]') ? held : null);
  const reread = after => hold(pointed ?? focused(), after);

  document.addEventListener('pointermove', event => {
    if (event.pointerType === 'touch' || !desk()) return;
    const over = event.target.closest?.('[data-news]') ? held : itemOf(event.target)?.dataset.case ?? null;
    clearTimeout(resting);
    // A pointer that was left lying reads nothing.
    if (over) resting = setTimeout(() => { pointed = null; reread(0); }, restMs);
    if (over === pointed) return;
    pointed = over;
    reread(over ? glanceMs : awayMs);
  }, { passive: true });
  document.documentElement.addEventListener('pointerleave', () => { pointed = null; reread(awayMs); });

  document.addEventListener('focusin', event => {
    if (!desk()) return;
    const item = itemOf(event.target);
    onRow = item?.dataset.case ?? null;
    if (item) { current = onRow; place = items().indexOf(item); rove(); }
    reread(glanceMs);
  });
  document.addEventListener('pointerdown', event => { if (!itemOf(event.target)) onRow = null; });
  document.addEventListener('focusout', () => { if (desk()) reread(awayMs); });

  // One row is in the order of Tab: the one that was read last.
  function rove() {
    const all = items();
    const stop = byReference(current) ?? all[Math.min(place, all.length - 1)];
    for (const item of all) {
      const anchor = link(item);
      if (!anchor) continue;
      const index = item === stop ? '0' : '-1';
      for (const stop of [anchor, find('button.due', item)]) if (stop && stop.getAttribute('tabindex') !== index) stop.setAttribute('tabindex', index);
    }
  }

  function goTo(item) {
    if (!item) return;
    link(item).focus({ preventScroll: true });
    item.scrollIntoView({ block: 'nearest' });
  }

  function step(by) {
    const lane = (itemOf(document.activeElement) ?? byReference(current))?.closest('.lane');
    const all = lane ? items().filter(item => item.closest('.lane') === lane) : items();
    const at = all.indexOf(itemOf(document.activeElement) ?? byReference(current));
    const inPlace = itemOf(document.activeElement) || visible(byReference(current)) && document.activeElement !== document.body;
    goTo(at < 0 ? all[Math.min(place, all.length - 1)] : !inPlace && !itemOf(document.activeElement) ? all[at] : all[at + by]);
  }

  function toLane(by) {
    const from = itemOf(document.activeElement) ?? byReference(current) ?? items()[0];
    const lanes = [...desk().querySelectorAll('.lane')];
    const own = from?.closest('.lane');
    if (!own) return;
    const middle = from.getBoundingClientRect().top;
    for (let i = lanes.indexOf(own) + by; i >= 0 && i < lanes.length; i += by) {
      const there = items().filter(item => item.closest('.lane') === lanes[i]);
      if (there.length === 0) continue;
      const off = item => Math.abs(item.getBoundingClientRect().top - middle);
      return goTo(there.reduce((best, item) => off(item) < off(best) ? item : best));
    }
  }

  // --- Doing something with a case ----------------------------------------------------------------------------------
  const movesOf = item => Object.fromEntries((item.dataset.moves ?? '').split(' ').filter(Boolean).map(pair => pair.split(':')));
  const atOnce = ['Claim', 'Release', 'Resume'];

  function open(item, action) {
    pending = action ? { reference: item.dataset.case, action, until: Date.now() + 10000 } : null;
    link(item).click();
    if (pending) perform();
  }

  function move(item, action) {
    if (!atOnce.includes(action)) return open(item, action);
    item.setAttribute('aria-busy', 'true');
    Promise.resolve(ask('Move', item.dataset.case, action)).finally(() => item.removeAttribute('aria-busy'));
  }

  // Presses the button of the open case; where its form has come, goes to its first field.
  function perform() {
    if (!pending) return;
    const detail = find(`.detail[data-of="${CSS.escape(pending.reference)}"]`);
    const button = detail && find(`[data-do="${pending.action}"]`, detail);
    if (!button || button.disabled) {
      if (Date.now() > pending.until) pending = null;
      return;
    }
    const { action } = pending;
    pending = null;
    if (button.matches('textarea, input')) { button.focus(); button.scrollIntoView({ block: 'nearest' }); return; }
    button.click();
    if (action !== 'Claim') pending = { reference: detail.dataset.of, action: 'field', until: Date.now() + 5000 };
  }

  function toField() {
    if (pending?.action !== 'field') return;
    const detail = find(`.detail[data-of="${CSS.escape(pending.reference)}"]`);
    const field = detail && find('.actions form:not(.note) :is(select, input:not([type=hidden]), textarea)', detail);
    if (field) { pending = null; field.focus(); field.scrollIntoView({ block: 'nearest' }); }
    else if (Date.now() > pending.until) pending = null;
  }

  function act(action) {
    const detail = find('.detail[data-of]');
    const item = itemOf(document.activeElement);
    if (item && item.dataset.case !== detail?.dataset.of) {
      if (action === 'Claim' && movesOf(item).inProgress !== 'Claim') return ask('NotNow', item.dataset.case);
      return action === 'Claim' ? move(item, action) : open(item, action);
    }
    if (!detail) return;
    if (!find(`[data-do="${action}"]`, detail)) return ask('NotNow', detail.dataset.of);
    pending = { reference: detail.dataset.of, action, until: Date.now() + 2000 };
    perform();
  }

  // --- Keys ---------------------------------------------------------------------------------------------------------
  const goals = { b: '[data-go=board]', l: '[data-go=list]', n: '[data-do=ClaimNext]' };
  const actions = { c: 'Claim', n: 'Note', r: 'Resolve', w: 'Wait', a: 'Assign' };
  let going = 0;

  function menu(item) {
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

  function inMenu(event) {
    const buttons = [...document.querySelectorAll('#moves button:not([hidden])')];
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    buttons[(buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length].focus();
  }

  function escape(event) {
    const menu = find('details.menu[open]');
    if (menu) return find('summary', menu).focus();            // shell.js closes it
    if (event.target.matches?.('input, select, textarea')) return event.target.blur();
    const close = find('.detail [data-close]') ?? find('.detail .close');
    if (close) { event.preventDefault(); close.click(); }
  }

  document.addEventListener('keydown', event => {
    if (!desk() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || find('dialog[open], .rz-dialog')) return;
    if (find('#moves:popover-open')) return inMenu(event);
    if (event.key === 'Escape') return escape(event);
    if (event.target.closest?.('input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable="true"]')) return;
    const item = itemOf(event.target);
    const key = event.key;
    const steps = { j: 1, k: -1, ...(item && { ArrowDown: 1, ArrowUp: -1 }) };
    const lanes = { h: -1, l: 1, ...(item && { ArrowLeft: -1, ArrowRight: 1 }) };
    if (going > Date.now() && key in goals) find(goals[key])?.click();
    else if (key === 'g') going = Date.now() + 1000;
    else if (key in steps) step(steps[key]);
    else if (key in lanes && desk().dataset.view === 'board') toLane(lanes[key]);
    else if (key === 'o' && item) link(item).click();
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
    if (event.target.closest('[data-print]')) return window.print();
    if (!desk()) return;
    if (event.target.closest('[data-keys]')) return find('#keys')?.showModal();
    const chosen = event.target.closest('#moves [data-move]');
    if (chosen) {
      const item = byReference(chosen.parentElement.dataset.of);
      chosen.parentElement.hidePopover();
      return item && move(item, chosen.dataset.move);
    }
    const opener = event.target.closest('[data-menu]');
    if (opener) { event.preventDefault(); return menu(itemOf(opener)); }
    if (event.target.closest('[data-open]')) anchor(itemOf(event.target)?.dataset.case);
    else if (event.target.closest('.detail .close, .detail .back, [data-close]')) anchor(find('.detail')?.dataset.of);
  }, { capture: true });

  // --- Dragging between lanes ---------------------------------------------------------------------------------------
  let dragged = null;

  document.addEventListener('dragstart', event => {
    dragged = event.target.closest?.('.lane [data-case][draggable=true]') ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', dragged.dataset.case);
    pointed = dragged.dataset.case;
    hold(pointed, 0);
    const fits = movesOf(dragged);
    dragged.toggleAttribute('data-dragged', true);
    for (const lane of desk().querySelectorAll('.lane')) {
      if (lane.contains(dragged)) continue;
      lane.dataset.drop = lane.dataset.lane in fits ? 'yes' : 'no';
      const why = find('.why', lane);
      if (lane.dataset.drop === 'no' && dragged.dataset.why) { why.textContent = dragged.dataset.why; why.hidden = false; }
    }
  });

  const laneOf = event => dragged && event.target.closest?.('.lane[data-drop=yes]');

  document.addEventListener('dragover', event => {
    const lane = laneOf(event);
    for (const other of document.querySelectorAll('.lane[data-over]')) if (other !== lane) other.removeAttribute('data-over');
    if (!lane) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    lane.toggleAttribute('data-over', true);
  });

  document.addEventListener('drop', event => {
    const lane = laneOf(event);
    if (!lane) return;
    event.preventDefault();
    move(dragged, movesOf(dragged)[lane.dataset.lane]);
  });

  document.addEventListener('dragend', () => {
    dragged?.removeAttribute('data-dragged');
    for (const lane of document.querySelectorAll('.lane')) {
      delete lane.dataset.drop;
      lane.removeAttribute('data-over');
      const why = find('.why', lane);
      why.hidden = true;
      why.textContent = '';
    }
    dragged = pointed = null;
    reread(awayMs);
  });

  // --- Opening and closing a case: the row stays where it was under the eyes ----------------------------------------
  let kept = null, listTop = 0;

  function anchor(reference) {
    const item = byReference(reference);
    if (!desk().hasAttribute('data-detail')) listTop = scrollY;
    kept = { reference, top: visible(item) ? item.getBoundingClientRect().top : null };
    current = reference ?? current;
  }

  addEventListener('popstate', () => { if (desk()) anchor(find('.detail')?.dataset.of ?? current); });

  function settle() {
    const item = byReference(kept?.reference ?? current);
    const alone = !visible(find('.board'));
    if (alone) { find('.detail h1')?.focus({ preventScroll: true }); scrollTo(0, 0); return; }
    if (kept?.top == null) scrollTo(0, listTop);
    else if (item) {
      const board = find('.board');
      const scroller = getComputedStyle(board).overflowY === 'auto' ? board : window;
      scroller.scrollBy(0, item.getBoundingClientRect().top - kept.top);
    }
    kept = null;
    // Closed: back on the row. Opened: the keys of the case work from the row too.
    if (item && (!document.activeElement || document.activeElement === document.body || !desk().hasAttribute('data-detail'))) link(item)?.focus({ preventScroll: true });
    rove();
  }

  // --- What changed glows -------------------------------------------------------------------------------------------
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const many = 10;

  function glow(node) {
    if (still.matches || !visible(node)) return;
    const style = getComputedStyle(document.documentElement);
    node.animate([{ backgroundColor: style.getPropertyValue('--watch-faint') }, {}], { duration: 2000, easing: 'ease-out' });
  }

  function glowOf(records) {
    const cells = new Set(), rows = new Set();
    for (const record of records) {
      if (record.type === 'childList') {
        // A list that is drawn anew is not news, nor is a further page.
        for (const node of record.addedNodes) if (node.matches?.('[data-case]')) rows.add(node);
        continue;
      }
      const at = record.type === 'characterData' ? record.target.parentElement : record.target;
      const row = at?.closest('.rows [data-case]');
      // A countdown changes by itself; that it is over is news.
      if (!row || record.type === 'characterData' && at.closest('.due, time')) continue;
      cells.add(record.attributeName === 'data-severity' && at === row ? row : at.closest('td, .card > span') ?? row);
    }
    if (rows.size <= many) rows.forEach(glow);
    cells.forEach(glow);
  }

  new MutationObserver(records => {
    if (!desk()) return;
    if (records.some(record => record.attributeName === 'data-detail')) {
      held = null;                                             // the page let go as well
      settle();
    }
    // A row that moved to another lane takes the focus along.
    const left = onRow && records.some(record => [...record.removedNodes].some(node => node.dataset?.case === onRow));
    if (left && document.activeElement === document.body && visible(byReference(onRow))) link(byReference(onRow))?.focus({ preventScroll: true });
    glowOf(records);
    rove();
    perform();
    toField();
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['data-detail', 'data-standing', 'data-severity', 'disabled'] });

  cxdesk.desk = {
    attach(reference) { page = reference; held = null; rove(); },
    detach() { page = null; },
  };
})();
