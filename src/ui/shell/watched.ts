/** How the server of a watched world says so in its responses: a name in `Server-Timing`, which a page can read. */
const NAME = 'ehlo-watch'

/** True where this page was served by a world that can be watched. Any other server leaves the name out; nobody is asked. */
export function isWatched(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  return navigation?.serverTiming?.some(({ name }) => name === NAME) ?? false
}
