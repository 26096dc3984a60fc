/** Errors of parts of the page that could not be fetched. The browser keeps each such failure until the page is loaded again. */
const unloaded = new WeakSet<object>()

addEventListener('vite:preloadError', ({ payload }) => unloaded.add(payload))

/** Whether a part is missing: the server or the way to it is gone, or another version of the page has taken this one's place. */
export const isUnloaded = (error: Error): boolean => unloaded.has(error)
