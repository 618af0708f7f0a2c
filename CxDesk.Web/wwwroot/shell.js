// The little that the shell does in the browser: preferences and shortcuts. The way back to the server is in recovery.js.
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
})();
