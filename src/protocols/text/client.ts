import { type Octets, toText } from '../../base/octets'
import { plainAction } from '../../session/plainAction'
import type { Action, MachineAction, Meaning, Protocol, Reader } from '../../session/session'
import { type TextContext, textClientMachine } from './clientMachine'

/** An unfinished line is shown in pieces of this many octets, so that memory is bounded. */
const LINE_LIMIT = 65_536

/**
 * The first word of a line in capitals, or its reply code: `EHLO`, `+OK`, `250`. A line without a machine has no other meaning.
 */
function meaningOf(line: Octets): Meaning {
  const word = /^(?:[0-9]{3}(?=[\s-])|\S{1,64})/.exec(line)?.[0] ?? ''
  return { kind: 'line', name: toText(word as Octets).toUpperCase() }
}

/** One line with its end; or, for a program outside, all octets that have arrived, since it has its own readers. */
const readText: Reader = (inbox, context: TextContext) => {
  if (context.units === 'octets') return { event: { type: 'arrival' }, length: inbox.length, means: meaningOf(inbox) }
  const end = inbox.indexOf('\n') + 1
  if (end === 0 && inbox.length < LINE_LIMIT) return 'needsMore'
  const length = end === 0 ? LINE_LIMIT : Math.min(end, LINE_LIMIT)
  const octets = inbox.slice(0, length) as Octets
  const event = { type: 'line', octets } as const
  return { event, length, means: meaningOf(octets) }
}

const readRest: Reader = (inbox) => ({ event: { type: 'arrival' }, length: inbox.length, means: meaningOf(inbox) })

function perform(action: MachineAction): readonly Action[] {
  switch (action.type) {
    case 'send': {
      const { octets } = action.params as { readonly octets: Octets }
      return [{ type: 'send', octets, means: meaningOf(octets) }]
    }
    default:
      return plainAction(action)
  }
}

/** A plain text connection for typing by hand: machine input `TextInput`, intents `TextIntent`. */
export const textClient: Protocol = {
  key: 'text.client',
  name: 'TEXT',
  role: 'client',
  machine: textClientMachine,
  readers: { text: readText, rest: readRest },
  perform,
}
