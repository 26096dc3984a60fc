/**
 * Domain names in text are absolute and end in a dot; the root is `.`. A dot or a backslash within a label has a backslash
 * before it, as in a master file. Names compare without regard to case (RFC 4343).
 */

const PRINTABLE = /^[!-~]+$/
/** A final dot that ends a label: an even number of backslashes stands before it. */
const ABSOLUTE = /(?:^|[^\\])(?:\\\\)*\.$/

export const isAbsolute = (name: string): boolean => ABSOLUTE.test(name)

/** The absolute form of a name: `bird.example` becomes `bird.example.`. Characters keep their case. */
export function absolute(name: string): string {
  return isAbsolute(name) ? name : `${name}.`
}

/** The form for comparisons and keys: absolute and in lower case. */
export function canonical(name: string): string {
  return absolute(name).toLowerCase()
}

export function sameName(a: string, b: string): boolean {
  return canonical(a) === canonical(b)
}

/** The labels of a name, the leftmost first, without the backslashes of its text; the root has none. */
export function labelsOf(name: string): readonly string[] {
  const bare = isAbsolute(name) ? name.slice(0, -1) : name
  if (bare === '') return []
  if (!bare.includes('\\')) return bare.split('.')
  const labels = ['']
  for (let at = 0; at < bare.length; at++) {
    const here = bare.charAt(at)
    if (here === '.') labels.push('')
    else labels[labels.length - 1] += here === '\\' ? bare.charAt(++at) : here
  }
  return labels
}

/** The absolute name of these labels. */
export function nameFrom(labels: readonly string[]): string {
  return `${labels.map((label) => label.replace(/[.\\]/g, '\\$&')).join('.')}.`
}

/** True where `name` is `ancestor` or lies below it. */
export function isWithin(name: string, ancestor: string): boolean {
  const below = canonical(name)
  const above = canonical(ancestor)
  if (above === '.' || below === above) return true
  if (!below.includes('\\')) return below.endsWith(`.${above}`)
  const labels = labelsOf(below)
  const end = labelsOf(above)
  return end.length <= labels.length && end.every((label, at) => label === labels[labels.length - end.length + at])
}

/** The name and all its ancestors up to the root: `a.b.`, `b.`, `.`. */
export function selfAndAncestors(name: string): readonly string[] {
  const labels = labelsOf(canonical(name))
  return [...labels.map((_, at) => nameFrom(labels.slice(at))), '.']
}

/**
 * True if the name can stand in a message: printable ASCII, labels of 1 to 63 octets, 255 octets in all with their lengths (RFC
 * 1035 section 2.3.4).
 */
export function isAskable(name: string): boolean {
  const labels = labelsOf(name)
  if (labels.length === 0) return name === '.'
  const octets = labels.reduce((sum, label) => sum + label.length + 1, 1)
  return octets <= 255 && labels.every((label) => label.length <= 63 && PRINTABLE.test(label))
}

/** The name for a sentence: without the final dot, which only the root keeps. */
export function spoken(name: string): string {
  return name !== '.' && isAbsolute(name) ? name.slice(0, -1) : name
}

/** The name of the PTR record of an IPv4 address: its numbers in reverse (RFC 1035 section 3.5). */
export function reverseName(address: string): string {
  return `${address.split('.').reverse().join('.')}.in-addr.arpa.`
}
