/** Domain names in text are absolute and end in a dot; the root is `.`. They compare without regard to case (RFC 4343). */

const PRINTABLE = /^[!-~]+$/

/** The absolute form of a name: `bird.example` becomes `bird.example.`. Letters keep their case. */
export function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}

/** The form in which names are compared and kept as keys: absolute and in lower case. */
export function canonical(name: string): string {
  return absolute(name).toLowerCase()
}

export function sameName(a: string, b: string): boolean {
  return canonical(a) === canonical(b)
}

/** The labels of a name, the leftmost first; the root has none. */
export function labelsOf(name: string): readonly string[] {
  const bare = name.endsWith('.') ? name.slice(0, -1) : name
  return bare === '' ? [] : bare.split('.')
}

/** True where `name` is `ancestor` or lies below it. */
export function isWithin(name: string, ancestor: string): boolean {
  const below = canonical(name)
  const above = canonical(ancestor)
  return above === '.' || below === above || below.endsWith(`.${above}`)
}

/** The name and all that it lies within, from itself up to the root: `a.b.`, `b.`, `.`. */
export function selfAndAncestors(name: string): readonly string[] {
  const labels = labelsOf(canonical(name))
  const names = labels.map((_, at) => `${labels.slice(at).join('.')}.`)
  return [...names, '.']
}

/**
 * True where the name can stand in a message: printable ASCII, labels of 1 to 63 octets,
 * 255 octets in all with their lengths (RFC 1035 section 2.3.4).
 */
export function isAskable(name: string): boolean {
  const labels = labelsOf(name)
  if (labels.length === 0) return name === '.'
  return (
    PRINTABLE.test(name) &&
    absolute(name).length + 1 <= 255 &&
    labels.every((label) => label.length >= 1 && label.length <= 63)
  )
}

/** The name as one writes it in a sentence: without the dot at its end. */
export function spoken(name: string): string {
  return name === '.' ? 'the root' : name.replace(/\.$/, '')
}
