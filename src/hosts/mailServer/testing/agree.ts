/** Throws if two values differ as JSON. A property calls this a million times, so it is simple and quick. */
export function agree(real: unknown, wanted: unknown, what: string): void {
  const [found, expected] = [JSON.stringify(real), JSON.stringify(wanted)]
  if (found !== expected) throw new Error(`${what}: ${found} instead of ${expected}`)
}

/** Throws if a text does not match. */
export function fits(text: string, pattern: RegExp, what: string): void {
  if (!pattern.test(text)) throw new Error(`${what}: "${text}" instead of ${String(pattern)}`)
}
