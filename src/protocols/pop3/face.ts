import type { LinePart, ProtocolFace } from '../../session/face'
import type { Parsed } from '../../session/session'
import type { Pop3Parsed } from './meaning'

export const pop3Face: ProtocolFace = {
  name: 'POP3',
  look: {
    hue: 'var(--pop3)',
    stroke: 'dashes',
    carrier: 'slip',
    mark: 'M5.5 2.5h5l-1.2 2.6c3.6 1.6 4.7 8.4 1.7 8.4h-6c-3 0-1.9-6.8 1.7-8.4z',
    tick: 'M-0.8 3h1.6v3h-1.6zM-0.8 8h1.6v3h-1.6z',
  },
  partsOf,
  answer: {
    // The lines of a multi-line response come after the line with its status (RFC 1939 section 3).
    isOpenAfter: ({ means: { parsed } }) => parsed !== undefined && isPop3(parsed) && parsed.type === 'status',
    goesOn: ({ means: { parsed } }) => parsed !== undefined && isPop3(parsed) && parsed.type === 'content',
    // The status says what a list of capabilities is; any other content says more than the status before it.
    weight: ({ parsed }) =>
      parsed && isPop3(parsed) && parsed.type === 'content' && parsed.answers !== 'CAPA' ? 1 : 0,
  },
}

/** A response with its status indicator, or a command with its argument (RFC 1939 section 3). */
function partsOf(line: string): readonly LinePart[] {
  const word = /^(?:\+OK|-ERR)/.exec(line)?.[0]
  const verb = word ?? /^[A-Z]{3,10}(?= |$)/i.exec(line)?.[0]
  // A longer line that begins with a short word is text of a message.
  if (verb === undefined || (word === undefined && line.length >= 600)) return []
  const space = line[verb.length] === ' ' ? 1 : 0
  return [
    { name: word === undefined ? 'verb' : 'statusIndicator', length: verb.length },
    { name: 'space', length: space },
    { name: word === undefined ? 'argument' : 'text', length: line.length - verb.length - space },
  ]
}

/** Narrows parsed lines to this protocol's. It stands apart from the parser, which the resting stage does not load. */
export const isPop3 = (parsed: Parsed): parsed is Pop3Parsed => parsed.protocol === 'POP3'
