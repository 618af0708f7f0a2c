// A screen that nobody touches finds its way back: from a lost connection, a sleep, a restart of the server, a new
// version. It says what is wrong while it is, and afterwards shows what a fresh load would. docs/steady.md.
(() => {
  const root = document.documentElement;
  const { build, silence, look, rest } = document.body.dataset;
  const interactive = 'interactive' in document.body.dataset;
  const pause = ms => new Promise(done => setTimeout(done, ms));
  const isWall = () => document.querySelector('.wall') !== null;

  // What is wrong, in the words of ConnectionNotice. A page that is cut off goes grey.
  const cutOff = ['lost', 'asleep', 'unable', 'restarted'];
  // A display shows the company's time, whatever its browser's.
  const clock = at => at.toLocaleTimeString(root.lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: document.querySelector('[data-zone]')?.dataset.zone });
  let since = null;
  function say(what, from = since ?? new Date()) {
    since = what ? from : null;
    if (what) root.dataset.connection = what; else delete root.dataset.connection;
    root.toggleAttribute('data-disconnected', cutOff.includes(what));
    for (const time of document.querySelectorAll('#connection time')) time.textContent = clock(from);
  }

  async function get(address) {
    try {
      return await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    } catch {
      return null;
    }
  }

  // What somebody has typed and nothing else keeps: a reload would lose it. A page says of itself by data-unsaved.
  const typedIn = new Set();
  const holdsText = field => field.matches?.('textarea, input:not([type]), input[type=text], input[type=email], input[type=password], input[type=number]')
    && !field.matches('[data-draft], [data-search]') && !field.closest('[role=search], .filters');
  let touched = Date.now();
  for (const kind of ['keydown', 'pointerdown']) document.addEventListener(kind, () => { touched = Date.now(); }, true);
  document.addEventListener('input', event => { if (holdsText(event.target)) typedIn.add(event.target); });
  document.addEventListener('submit', event => { for (const field of typedIn) if (event.target.contains(field)) typedIn.delete(field); });
  function wouldLose() {
    for (const field of typedIn) if (!field.isConnected || field.value === '') typedIn.delete(field);
    return !isWall() && (typedIn.size > 0 || document.querySelector('[data-unsaved]') !== null);
  }

  // A reload while the server is away, or cannot draw the page, would leave an error page from which no wall comes back.
  let reloading = false;
  async function reload() {
    if (reloading) return;
    reloading = true;
    for (;; await pause(2000)) {
      if (wouldLose()) { say('restarted'); continue; }
      const page = await get(location.href);
      if (page && page.status < 500 && !wouldLose()) return location.reload();
      say(page ? 'unable' : 'lost');
    }
  }

  document.addEventListener('click', event => { if (event.target.closest('[data-reload]')) location.reload(); });

  // The server's build differs from the one that drew this page. A wall takes it at once, a desk when nobody is at it.
  async function lookAtBuild() {
    const now = (await get('/healthz'))?.headers.get('X-CxDesk-Build');
    if (!now || now === build || root.hasAttribute('data-disconnected')) return;
    if (isWall() || !wouldLose() && (document.hidden || Date.now() - touched > rest)) return reload();
    say('newer');
  }
  setInterval(lookAtBuild, look);

  // Blazor tries again by itself. Its try may hang in a network that swallowed it: who answers us, and still shows no
  // circuit after a while, is asked for the whole page.
  async function seek() {
    for (let answered = 0; root.dataset.connection === 'lost' && !reloading; await pause(2000)) {
      if ((await get('/healthz'))?.ok) answered ||= Date.now(); else answered = 0;
      if (answered && Date.now() - answered > 8000 && !wouldLose()) reload();
    }
  }

  const modal = document.getElementById('components-reconnect-modal');
  new MutationObserver(() => {
    const has = state => modal.classList.contains(`components-reconnect-${state}`);
    if (has('failed') || has('rejected')) return reload();
    if (has('show')) {
      if (root.dataset.connection === 'lost' || reloading) return;
      say('lost');
      seek();
    } else if (!reloading) {
      say(null);
      lookAtBuild();
    }
  }).observe(modal, { attributes: true, attributeFilter: ['class'] });

  // After a sleep the connection may be gone without anybody having told: the page's other half is asked at once.
  let checking = false;
  async function check(from) {
    if (!interactive || checking || reloading || !document.querySelector('[data-connected]')) return;
    checking = true;
    if (from && !root.dataset.connection) say('asleep', from);
    while (!await Promise.race([
      Promise.resolve().then(() => DotNet.invokeMethodAsync('CxDesk.Web', 'StillHere')).catch(() => false),
      pause(5000),
    ])) {
      if (!wouldLose()) return reload();
      say('lost');
      await pause(2000);
      if (reloading) return;
    }
    checking = false;
    if (root.dataset.connection !== 'newer') say(null);
    lookAtBuild();
  }
  let ticked = Date.now();
  setInterval(() => {
    const before = ticked;
    ticked = Date.now();
    if (!document.hidden && ticked - before > 6000) check(new Date(before));
  }, 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) check(); });
  for (const kind of ['pageshow', 'online']) window.addEventListener(kind, () => check());
  document.addEventListener('resume', () => check(new Date(ticked)));

  // The server could not go on with this page. Not again and again, if it is the page that fails.
  const fault = document.getElementById('blazor-error-ui');
  new MutationObserver(() => {
    if (fault.style.display !== 'block') return;
    const lately = Date.now() - Number(sessionStorage.getItem('cxdesk-fault') ?? 0) < 120000;
    sessionStorage.setItem('cxdesk-fault', Date.now());
    setTimeout(() => { if (!wouldLose()) reload(); }, lately ? 45000 : 5000);
  }).observe(fault, { attributes: true, attributeFilter: ['style'] });

  // The server may have gone between the page and its circuit: then nothing above ever hears of it.
  setInterval(() => {
    if (interactive && !document.querySelector('[data-connected]') && !root.hasAttribute('data-disconnected')) reload();
  }, 20000);

  // An error page comes back by itself as well.
  if (document.querySelector('[data-error]')) reload();

  Blazor.start({
    circuit: {
      configureSignalR: connection => {
        connection.withServerTimeout(Number(silence)).withKeepAliveInterval(silence / 3);
        // A display speaks its link's language, whatever its browser's; it has no cookie to say so.
        if ('display' in root.dataset) connection.withUrl(`_blazor?language=${root.lang}`);
      },
      reconnectionOptions: {
        maxRetries: Number.MAX_SAFE_INTEGER,
        retryIntervalMilliseconds: attempt => attempt < 5 ? 1000 : 5000,
      },
    },
  }).catch(reload);
})();
