/** The longest time in milliseconds that the work waits for an idle page. */
const AT_MOST = 1000

/** Does some work once the page is idle. Returns the function that cancels it. */
export function whenIdle(work: () => void): () => void {
  // Safari has no idle callbacks. There the work waits for the present paint.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 50)
    return () => clearTimeout(timer)
  }
  const idle = requestIdleCallback(work, { timeout: AT_MOST })
  return () => cancelIdleCallback(idle)
}
