// On the page of a case. What is typed there outlives a lost connection, a reload and a server that went away: it is kept
// here for as long as the server does not have it. The key is PERSON/CASE/FIELD, so nobody else at this browser is offered it.
(() => {
  const prefix = 'cxdesk-draft:';
  const longest = 30 * 24 * 3600 * 1000;

  // A browser that keeps nothing (private windows, full disks) must not keep anybody from typing.
  const quietly = work => { try { return work(); } catch { return null; } };
  const read = key => quietly(() => JSON.parse(localStorage.getItem(prefix + key)));
  const drop = key => quietly(() => localStorage.removeItem(prefix + key));
  const keys = () => quietly(() => Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length))) ?? [];

  document.addEventListener('input', event => {
    const key = event.target.dataset?.draft;
    if (key) quietly(() => localStorage.setItem(prefix + key, JSON.stringify({ text: event.target.value, at: Date.now() })));
  });

  // While the connection was away, what was typed did not reach the page's other half: it is told now.
  const root = document.documentElement;
  new MutationObserver(() => {
    if (root.hasAttribute('data-disconnected')) return;
    for (const field of document.querySelectorAll('[data-draft]'))
      if (read(field.dataset.draft)?.text === field.value) field.dispatchEvent(new Event('input', { bubbles: true }));
  }).observe(root, { attributes: true, attributeFilter: ['data-disconnected'] });

  for (const key of keys()) if (!(read(key)?.at > Date.now() - longest)) drop(key);

  cxdesk.drafts = {
    /** What this browser still keeps of a person's words on a case. */
    of: start => keys().filter(key => key.startsWith(start)).map(key => ({ field: key.slice(start.length), ...read(key) })),

    /** The server has this text; what was typed since stays. */
    kept(key, text) { if (read(key)?.text === text) drop(key); },
    drop,
  };

  /** Brings an option of a list into sight, for who goes through it by keys. */
  cxdesk.show = id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' });

  /** Answers as long as somebody can be looking. */
  cxdesk.here = () => true;
})();
