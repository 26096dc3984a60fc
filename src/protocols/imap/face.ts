import type { LinePart, ProtocolFace } from '../../session/face'
import type { Parsed } from '../../session/session'
import type { ImapParsed, ParsedData } from './meaning'

export const imapFace: ProtocolFace = {
  name: 'IMAP',
  look: {
    hue: 'var(--imap)',
    stroke: 'double',
    carrier: 'slip',
    mark: 'M1.5 8 5 4.5v2.3h6V4.5L14.5 8 11 11.5V9.2H5v2.3z',
    tick: 'M-2.2 3h1.4v8h-1.4zM0.8 3h1.4v8h-1.4z',
  },
  partsOf,
  answer: {
    // Untagged responses come before the tagged one that ends the answer (RFC 9051 section 2.2.2).
    isOpenAfter: ({ octets }) => octets.startsWith('* '),
    goesOn: ({ means }) => means.kind === 'response',
    weight: ({ parsed }) => (parsed && isImap(parsed) && parsed.type === 'data' ? weightOf(parsed.data) : 0),
  },
  hasMessage: ({ parsed }) => parsed !== undefined && isImap(parsed) && parsed.type === 'data' && isWhole(parsed.data),
  tagged: true,
}

const isWhole = (data: ParsedData): boolean => data.type === 'FETCH' && data.kind === 'message'

/** After SELECT the number of messages says more than the flags; a message says more than news beside it. */
const weightOf = (data: ParsedData): number => (isWhole(data) ? 3 : data.type === 'EXISTS' ? 2 : 1)

export const isImap = (parsed: Parsed): parsed is ImapParsed => parsed.protocol === 'IMAP'

/** A tag and the word after it, with a number between them if there is one (RFC 9051 section 2.2). */
function partsOf(line: string): readonly LinePart[] {
  const found = /^(\*|\+|[A-Za-z]*\d+) (?:(\d+)( ))?(\S+)( ?)/.exec(line)
  if (!found) return []
  const [, tag = '', number = '', gap = '', word = '', space = ''] = found
  return [
    { name: tag === '*' ? 'untagged' : tag === '+' ? 'continuationRequest' : 'tag', length: tag.length },
    { name: 'space', length: 1 },
    { name: 'number', length: number.length },
    { name: 'space', length: gap.length },
    { name: 'word', length: word.length },
    { name: 'space', length: space.length },
  ]
}
