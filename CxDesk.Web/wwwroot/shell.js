// The little that the shell does in the browser: preferences, shortcuts, and finding the way back to the server.
window.cxdesk = {
  /** The version that this page was loaded with; the server may run a newer one by now. */
  version: () => document.documentElement.dataset.version,
  zone: () => 'display' in document.documentElement.dataset ? null : Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
  focus: (id) => document.getElementById(id)?.focus(),
};

(() => {
  const root = document.documentElement;
  const keep = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };

  // The next page knows the viewer's zone before its first draw.
  if (cxdesk.zone()) keep('zone', cxdesk.zone());

  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const toggles = {
    toggleTheme() { keep('theme', root.dataset.theme = isDark() ? 'light' : 'dark'); },
    toggleRail() {
      if (root.dataset.rail === 'narrow') { delete root.dataset.rail; keep('rail', 'wide'); }
      else keep('rail', root.dataset.rail = 'narrow');
    },
  };

  const closeMenus = except => document.querySelectorAll('details.menu[open]').forEach(menu => { if (menu !== except) menu.open = false; });

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-toggle-theme], [data-toggle-rail]');
    if (event.target.closest('[data-print]')) window.print();
    if (button) for (const name in toggles) if (name in button.dataset) toggles[name]();
    // A link in a menu leads away from it.
    closeMenus(event.target.closest('a') ? null : event.target.closest('details.menu'));
  });

  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      if (event.target.matches?.('[data-search]')) event.target.blur();
      return closeMenus();
    }
    const typing = event.target.closest?.('input, select, textarea, [contenteditable="true"]');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = document.querySelector('[data-search]');
    if (search) { event.preventDefault(); search.focus(); search.select(); }
  });

  // A reload while the server is down would leave the browser's own error page, from which no wall comes back.
  let reloading = false;
  async function reloadOnceServed() {
    if (reloading) return;
    reloading = true;
    for (;;) {
      try {
        if ((await fetch('/healthz', { cache: 'no-store' })).ok) return location.reload();
      } catch { /* still away */ }
      await new Promise(done => setTimeout(done, 2000));
    }
  }

  const modal = document.getElementById('components-reconnect-modal');
  new MutationObserver(() => {
    const has = state => modal.classList.contains(`components-reconnect-${state}`);
    root.toggleAttribute('data-disconnected', has('show') || has('failed') || has('rejected'));
    if (has('failed') || has('rejected')) reloadOnceServed();
  }).observe(modal, { attributes: true, attributeFilter: ['class'] });

  // Nobody stands at a wall to press "Reload".
  const fault = document.getElementById('blazor-error-ui');
  new MutationObserver(() => {
    if (fault.style.display === 'block' && document.querySelector('.wall')) setTimeout(reloadOnceServed, 10000);
  }).observe(fault, { attributes: true, attributeFilter: ['style'] });

  // The server may have gone between the page and its circuit: then nothing above ever hears of it.
  setInterval(() => {
    const dead = 'interactive' in document.body.dataset && !document.querySelector('[data-connected]');
    if (dead && !root.hasAttribute('data-disconnected')) reloadOnceServed();
  }, 20000);

  Blazor.start({
    circuit: {
      // A display speaks its link's language, whatever its browser's; it has no cookie to say so.
      configureSignalR: builder => { if ('display' in root.dataset) builder.withUrl(`_blazor?language=${root.lang}`); },
      reconnectionOptions: {
        maxRetries: Number.MAX_SAFE_INTEGER,
        retryIntervalMilliseconds: attempt => attempt < 5 ? 1000 : 5000,
      },
    },
  }).catch(reloadOnceServed);
})();
