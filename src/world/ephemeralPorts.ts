/** The ports that a host takes for what it opens itself: the dynamic range (RFC 6335 section 6). */

export const FIRST_PORT = 49_152
const LAST_PORT = 65_535

/** The port that is tried after this one; the range begins anew at its end. */
export const portAfter = (port: number): number => (port >= LAST_PORT ? FIRST_PORT : port + 1)

/** The first port from `port` on that is not taken; `port` itself if all are. */
export function freePort(port: number, isTaken: (port: number) => boolean): number {
  let free = port
  for (let tried = FIRST_PORT; isTaken(free) && tried <= LAST_PORT; tried++) free = portAfter(free)
  return free
}
