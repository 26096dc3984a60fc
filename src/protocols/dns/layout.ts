/**
 * The offsets of a message's parts (RFC 1035 section 4.1). The library gives values, not offsets; the inspector needs the
 * offsets, and `decode` must check that each part lies within the message.
 */

export type Section = 'answer' | 'authority' | 'additional'

export interface QuestionPlace {
  readonly start: number
  /** The offset of its type: the end of its name. */
  readonly type: number
  readonly end: number
}

export interface RecordPlace {
  readonly section: Section
  readonly start: number
  /** The offset of its type: the end of its owner name. */
  readonly type: number
  readonly data: number
  readonly end: number
}

export interface Layout {
  readonly questions: readonly QuestionPlace[]
  readonly records: readonly RecordPlace[]
  /** The end of the last complete part. */
  readonly end: number
  /** True if every part that the header counts exists and nothing follows. */
  readonly whole: boolean
}

export const HEADER_LENGTH = 12

export function readUint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return readUint16(bytes, at) * 65_536 + readUint16(bytes, at + 2)
}

/**
 * The end of the name at `at`; a compression pointer ends it (RFC 1035 section 4.1.4). Undefined if it lies beyond the message.
 */
export function nameEnd(bytes: Uint8Array, at: number): number | undefined {
  for (let here = at; here < bytes.length; ) {
    const length = bytes[here] ?? 0
    if (length === 0) return here + 1
    if (length >= 0xc0) return here + 2 <= bytes.length ? here + 2 : undefined
    if (length > 63) return undefined
    here += length + 1
  }
  return undefined
}

/** Reads the parts of a message as far as they are well-formed. Each step takes at least five octets, so the loop ends. */
export function layoutOf(bytes: Uint8Array): Layout {
  const questions: QuestionPlace[] = []
  const records: RecordPlace[] = []
  if (bytes.length < HEADER_LENGTH) return { questions, records, end: 0, whole: false }
  let end = HEADER_LENGTH
  const broken = (): Layout => ({ questions, records, end, whole: false })

  for (let left = readUint16(bytes, 4); left > 0; left--) {
    const type = nameEnd(bytes, end)
    if (type === undefined || type + 4 > bytes.length) return broken()
    questions.push({ start: end, type, end: type + 4 })
    end = type + 4
  }
  for (const [section, countAt] of [
    ['answer', 6],
    ['authority', 8],
    ['additional', 10],
  ] as const) {
    for (let left = readUint16(bytes, countAt); left > 0; left--) {
      const type = nameEnd(bytes, end)
      if (type === undefined || type + 10 > bytes.length) return broken()
      const data = type + 10
      const recordEnd = data + readUint16(bytes, type + 8)
      if (recordEnd > bytes.length) return broken()
      records.push({ section, start: end, type, data, end: recordEnd })
      end = recordEnd
    }
  }
  return { questions, records, end, whole: end === bytes.length }
}

/** True if data of this type has exactly its length. An unknown type has no known format. */
export function dataFits(bytes: Uint8Array, type: string, { data, end }: { data: number; end: number }): boolean {
  switch (type) {
    case 'A':
      return end - data === 4
    case 'AAAA':
      return end - data === 16
    case 'MX':
      return end - data > 2 && nameEnd(bytes, data + 2) === end
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return nameEnd(bytes, data) === end
    case 'TXT': {
      let at = data
      while (at < end) at += 1 + (bytes[at] ?? 0)
      return at === end && end > data
    }
    case 'SOA': {
      const rname = nameEnd(bytes, data)
      const numbers = rname === undefined ? undefined : nameEnd(bytes, rname)
      return numbers !== undefined && numbers + 20 === end
    }
    case 'OPT': {
      let at = data
      while (at + 4 <= end) at += 4 + readUint16(bytes, at + 2)
      return at === end
    }
    default:
      return true
  }
}
