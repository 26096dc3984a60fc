import { type Octets, toText } from '../../base/octets'
import type { Action, MachineAction, Meaning, Protocol, Unit } from '../../session/session'
import { textClientMachine } from './clientMachine'

/** A line without an end is shown in pieces of this many octets, so memory stays bounded. */
const LINE_LIMIT = 65_536

/** The first word of a line, upper-cased, or its reply code: `EHLO`, `+OK`, `250`. Nothing more is known of a line that no machine wrote. */
function meaningOf(line: Octets): Meaning {
  const word = /^(?:[0-9]{3}(?=[\s-])|\S+)/.exec(line)?.[0] ?? ''
  return { kind: 'line', name: toText(word as Octets).toUpperCase() }
}

function readLine(inbox: Octets): Unit | 'needsMore' {
  const end = inbox.indexOf('\n') + 1
  if (end === 0 && inbox.length < LINE_LIMIT) return 'needsMore'
  const length = end === 0 ? LINE_LIMIT : Math.min(end, LINE_LIMIT)
  return { event: { type: 'line' }, length, means: meaningOf(inbox.slice(0, length) as Octets) }
}

function perform(action: MachineAction): readonly Action[] {
  switch (action.type) {
    case 'send': {
      const { octets } = action.params as { readonly octets: Octets }
      return [{ type: 'send', octets, means: meaningOf(octets) }]
    }
    case 'close':
      return [{ type: 'close' }]
    default:
      return []
  }
}

/** A plain text connection for typing by hand: machine input `{}`, intents `TextIntent`. */
export const textClient: Protocol = {
  key: 'text.client',
  name: 'TEXT',
  role: 'client',
  machine: textClientMachine,
  readers: { line: readLine },
  perform,
}
