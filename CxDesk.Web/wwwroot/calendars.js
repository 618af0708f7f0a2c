// The year view as one stop of the Tab key: arrows go from day to day, Page keys from month to month.
(() => {
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  const written = date => date.toISOString().slice(0, 10);

  document.addEventListener('keydown', event => {
    const day = event.target.closest?.('[data-year] [data-date]');
    if (!day || event.ctrlKey || event.metaKey || event.altKey) return;
    const date = new Date(day.dataset.date + 'T00:00:00Z');
    if (event.key in steps) date.setUTCDate(date.getUTCDate() + steps[event.key]);
    else if (event.key === 'PageUp' || event.key === 'PageDown') {
      const on = date.getUTCDate();
      date.setUTCDate(1);
      date.setUTCMonth(date.getUTCMonth() + (event.key === 'PageUp' ? -1 : 1));
      const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      date.setUTCDate(Math.min(on, last));
    }
    else if (event.key === 'Home') date.setUTCDate(1);
    else if (event.key === 'End') date.setUTCMonth(date.getUTCMonth() + 1, 0);
    else return;
    event.preventDefault();
    const next = day.closest('[data-year]').querySelector(`[data-date="${written(date)}"]`);
    if (!next) return;
    day.closest('[data-year]').querySelectorAll('[data-date][tabindex="0"]').forEach(other => { other.tabIndex = -1; });
    next.tabIndex = 0;
    next.focus();
  });
})();
