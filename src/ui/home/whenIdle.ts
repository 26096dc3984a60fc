/** How long the page may stay busy before the work begins all the same, in milliseconds. */
const AT_MOST = 1000

/** Does something once the page has nothing more urgent to do. Returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  // Safari has no idle callbacks: there, what is being painted goes first.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 50)
    return () => clearTimeout(timer)
  }
  const idle = requestIdleCallback(work, { timeout: AT_MOST })
  return () => cancelIdleCallback(idle)
}
