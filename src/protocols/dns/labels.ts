import { dataFits, type Layout, nameEnd, type RecordPlace } from './layout'

/**
 * A label may hold any octet, a dot too (RFC 2181 section 11): `first\.last.example.` is a name of two labels. The library
 * writes and reads names as text in which a dot always ends a label, so a dot within one passes through it as another octet.
 */
const DOT = 0x2e
/** DEL stands for the dot: no name that is read or written here has one of its own. */
const STAND_IN = 0x7f

/** A name of ours as the library is handed it. */
export function wireName(name: string): string {
  return name.includes('\\')
    ? name.replace(/\\(.)/g, (_, octet: string) => (octet === '.' ? String.fromCharCode(STAND_IN) : octet))
    : name
}

/** A name as the library hands it out, in our text. */
export function nameFromWire(name: string): string {
  const text = name.replace(/\\/g, '\\\\').replace(/\x7f/g, '\\.')
  return name === '.' ? name : `${text}.`
}

/** Where names begin in the data of a record. */
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
 * Puts the stand-in for every dot within a label of a message. False where a name has the stand-in of its own.
 * `typeOf` tells the mnemonic of the type that stands at an offset.
 */
export const hideDots = (bytes: Uint8Array, layout: Layout, typeOf: (at: number) => string): boolean =>
  replaceInNames(bytes, layout, typeOf, DOT, STAND_IN)

/** The reverse. */
export const showDots = (bytes: Uint8Array, layout: Layout, typeOf: (at: number) => string): boolean =>
  replaceInNames(bytes, layout, typeOf, STAND_IN, DOT)
