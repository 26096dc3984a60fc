/** The sign of a watched world in its server's responses: a name in `Server-Timing`, which a page can read. */
const NAME = 'ehlo-watch'

/** True if this page was served by a world that can be watched. Other servers leave the name out, and no request is made. */
export function isWatched(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.serverTiming?.some(({ name }) => name === NAME) ?? false
}
