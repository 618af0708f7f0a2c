// The way from here to the page's .NET object, and the few things that everything here looks for.
export const find = (selector, root = document) => root.querySelector(selector);
export const desk = () => find('.desk');
export const itemOf = node => node?.closest?.('.rows [data-case]') ?? null;
export const link = item => find('[data-open]', item);
export const visible = node => !!node && node.getClientRects().length > 0;
export const items = () => [...desk()?.querySelectorAll('.rows [data-case]:not([data-gone])') ?? []];
export const byReference = reference => reference && find(`.rows [data-case="${CSS.escape(reference)}"]`);
export const detailOf = reference => find(`.detail[data-of="${CSS.escape(reference)}"]`);

let page = null;

export function attach(reference) { page = reference; }

export function detach(reference) { if (page?._id === reference?._id) page = null; }

// Where the connection is away nothing happens; the page says so itself.
export const ask = (name, ...values) => Promise.resolve(page?.invokeMethodAsync(name, ...values)).catch(() => {});
