import { dataFits, type Layout, nameEnd, type RecordPlace } from './layout'

/**
 * A label may contain any octet, even a dot (RFC 2181 section 11): `first\.last.example.` is a name of two labels. The library
 * writes and reads names as text in which a dot always ends a label, so another octet stands in for a dot within a label.
 */
const DOT = 0x2e
/** DEL replaces the dot: no name here contains one itself. */
const STAND_IN = 0x7f

/** Our name in the library's form. */
export function wireName(name: string): string {
  return name.includes('\\')
    ? name.replace(/\\(.)/g, (_, octet: string) => (octet === '.' ? String.fromCharCode(STAND_IN) : octet))
    : name
}

/** The library's name in our form. */
export function nameFromWire(name: string): string {
  const text = name.replace(/\\/g, '\\\\').replace(/\x7f/g, '\\.')
  return name === '.' ? name : `${text}.`
}

/** The offsets of names in the data of a record. */
function namesInData(bytes: Uint8Array, type: string, place: RecordPlace): readonly number[] {
  if (!dataFits(bytes, type, place)) return []
  const { data } = place
  switch (type) {
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return [data]
    case 'MX':
      return [data + 2]
    case 'SOA': {
      const rname = nameEnd(bytes, data)
      return rname === undefined ? [data] : [data, rname]
    }
    default:
      return []
  }
}

function replaceInName(bytes: Uint8Array, start: number, from: number, to: number): boolean {
  let clean = true
  for (let at = start; at < bytes.length; ) {
    const length = bytes[at] ?? 0
    if (length === 0 || length > 63) break
    const end = Math.min(bytes.length, at + 1 + length)
    for (at += 1; at < end; at++) {
      if (bytes[at] === to) clean = false
      else if (bytes[at] === from) bytes[at] = to
    }
  }
  return clean
}

function replaceInNames(bytes: Uint8Array, layout: Layout, typeOf: (at: number) => string, from: number, to: number) {
  const starts = [
    ...layout.questions.map(({ start }) => start),
    ...layout.records.flatMap((place) => [place.start, ...namesInData(bytes, typeOf(place.type), place)]),
  ]
  return starts.map((start) => replaceInName(bytes, start, from, to)).every(Boolean)
}

/**
 * Replaces every dot within a label of a message. False if a name contains the replacement octet itself. `typeOf` gives the
 * mnemonic of the type at an offset.
 */
export const hideDots = (bytes: Uint8Array, layout: Layout, typeOf: (at: number) => string): boolean =>
  replaceInNames(bytes, layout, typeOf, DOT, STAND_IN)

/** The reverse. */
export const showDots = (bytes: Uint8Array, layout: Layout, typeOf: (at: number) => string): boolean =>
  replaceInNames(bytes, layout, typeOf, STAND_IN, DOT)
