import { type Octets, slice } from '../../base/octets'
import { bodyStart, headerSection, rawFields } from '../../mail/headerFields'
import type { Journey } from './journey'
import { wayTo } from './journey'

/**
 * The origin of a part of a message: its author, the program that the author used, or a stop on its way, by its place in the
 * journey. `before`: it was there when the run first knew the message.
 */
export type Origin = 'author' | 'program' | 'before' | number

/** A header field with its folds and line end, the empty line, or the body. */
export interface Part {
  readonly kind: 'field' | 'emptyLine' | 'body'
  /** Empty for a line that is no field. */
  readonly fieldName: string
  readonly octets: Octets
  readonly by: Origin
}

/** A message as it lies at a stop, its parts in order: together they are exactly its octets. */
export interface Layers {
  readonly stop: number
  readonly parts: readonly Part[]
  readonly length: number
  /** Octets of the message as it was given to this stop that are not in it any more. */
  readonly removed: number
}

type Piece = Omit<Part, 'by'>

/** Fields that a person fills in; a mail program writes all others (RFC 6854, RFC 5322 section 3.6). */
const AUTHORS = new Set(['from', 'to', 'cc', 'bcc', 'reply-to', 'subject'])

/** The message at each stop of the way to a stop, as far as the run still has its octets there. */
export function layersTo(journey: Journey, place: number): readonly Layers[] {
  const all: Layers[] = []
  let parts: readonly Part[] | undefined
  for (const stop of wayTo(journey, place)) {
    const { kind, given, octets } = journey.stops[stop] ?? {}
    if (octets === undefined) continue
    // A stop in between may be unknown: its changes are in what was given to this one.
    if (given !== undefined) parts = parts ? carried(parts, given, 'before').parts : begun(given, kind === 'written')
    const after: Carried = parts
      ? carried(parts, octets, kind === 'written' ? 'program' : stop)
      : { parts: piecesOf(octets).map((piece) => ({ ...piece, by: 'before' })), removed: 0 }
    parts = after.parts
    all.push({ stop, length: octets.length, ...after })
  }
  return all
}

function begun(given: Octets, inProgram: boolean): readonly Part[] {
  const byProgram = ({ kind, fieldName }: Piece): boolean =>
    inProgram && kind === 'field' && !AUTHORS.has(fieldName.toLowerCase())
  return piecesOf(given).map((piece) => ({ ...piece, by: byProgram(piece) ? 'program' : 'author' }))
}

function piecesOf(message: Octets): readonly Piece[] {
  const header = headerSection(message)
  const body = bodyStart(message)
  const fields = rawFields(header).map(({ fieldName, octets }): Piece => ({ kind: 'field', fieldName, octets }))
  const rest: readonly Piece[] = [
    { kind: 'emptyLine', fieldName: '', octets: slice(message, header.length, body) },
    { kind: 'body', fieldName: '', octets: slice(message, body) },
  ]
  return [...fields, ...rest.filter(({ octets }) => octets !== '')]
}

/** A text in which all line ends are alike: a server may mend them. */
const mended = (octets: string): string => octets.replace(/\r\n|\r|\n/g, '\n')

/** Equal for parts that are the same, but for mended line ends. The body keeps its author, whatever a stop does to it. */
const keyOf = ({ kind, octets }: Piece): string => (kind === 'field' ? mended(octets) : `${kind}:`)

interface Carried {
  readonly parts: readonly Part[]
  readonly removed: number
}

/**
 * The parts after a stop. Each stop adds fields at the top and may take some out, so the parts are compared from below, each
 * once.
 */
function carried(before: readonly Part[], octets: Octets, by: Origin): Carried {
  /** How often each part stands in the rest of the message before. */
  const left = new Map<string, number>()
  for (const part of before) left.set(keyOf(part), (left.get(keyOf(part)) ?? 0) + 1)
  const rest = [...before]
  const parts: Part[] = []
  let removed = 0
  for (const piece of piecesOf(octets).toReversed()) {
    const key = keyOf(piece)
    let origin = by
    while ((left.get(key) ?? 0) > 0) {
      const part = rest.pop()
      if (!part) break
      const own = keyOf(part)
      left.set(own, (left.get(own) ?? 0) - 1)
      if (own === key) {
        origin = part.by
        break
      }
      removed += part.octets.length
    }
    parts.push({ ...piece, by: origin })
  }
  for (const part of rest) removed += part.octets.length
  return { parts: parts.toReversed(), removed }
}

/** The octets of each origin in a message, in the order of its way. */
export function growthOf({
  parts,
}: Pick<Layers, 'parts'>): readonly { readonly by: Origin; readonly octets: number }[] {
  const sums = new Map<Origin, number>()
  for (const { by, octets } of parts) sums.set(by, (sums.get(by) ?? 0) + octets.length)
  return [...sums].map(([by, octets]) => ({ by, octets })).sort((one, other) => rank(one.by) - rank(other.by))
}

const rank = (by: Origin): number => (typeof by === 'number' ? by : { before: -3, author: -2, program: -1 }[by])

/** Parts of the header that stand together and have the same origin. */
export interface Layer {
  readonly by: Origin
  readonly fields: readonly Part[]
  readonly octets: number
}

/** The header as a pile, the newest layer on top. */
export function pileOf({ parts }: Pick<Layers, 'parts'>): readonly Layer[] {
  const pile: { by: Origin; fields: Part[]; octets: number }[] = []
  for (const part of parts) {
    if (part.kind !== 'field') continue
    const top = pile.at(-1)
    if (top?.by !== part.by) pile.push({ by: part.by, fields: [part], octets: part.octets.length })
    else {
      top.fields.push(part)
      top.octets += part.octets.length
    }
  }
  return pile
}
