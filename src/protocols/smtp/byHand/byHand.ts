import { EMPTY, type Octets } from '../../../base/octets'
import { plainAction } from '../../../session/plainAction'
import type { Meaning, Protocol, Session } from '../../../session/session'
import { parseReply } from '../grammar/reply'
import { meaningOfReply, meanings } from '../meaning'
import { smtpServer } from '../server/server'
import type { SmtpServerContext } from '../server/types'
import { addressIn, answeredBy, nameOf } from './agreed'
import { smtpByHandMachine } from './machine'
import type { ByHandContext, ByHandQuestion, Heard, HeardName } from './types'

/** The meaning of what the person says, in view of the line that it answers. */
function meaningOf(said: Said): Meaning {
  const parsed = parseReply(said.octets)
  if (parsed === 'needsMore' || !parsed.reply) return meanings.noReply
  return meaningOfReply(parsed.reply, { answers: answeredBy(said.heard), address: addressIn(said.heard) })
}

interface Said {
  readonly octets: Octets
  readonly heard: Heard | null
}

/** An SMTP server whose replies a person says: machine input `SmtpServerInput`, intents `ByHandIntent`. */
export const smtpByHand: Protocol<ByHandQuestion> = {
  key: 'smtp.byHand.server',
  name: 'SMTP',
  role: 'server',
  machine: smtpByHandMachine,
  readers: smtpServer.readers,
  perform(action) {
    if (action.type !== 'say') return plainAction(action)
    const said = action.params as Said
    return [{ type: 'send', octets: said.octets, means: meaningOf(said) }]
  },
}

/** The state in which the real machine would be, had it agreed to what the person has agreed to. */
function stateOf(context: ByHandContext): unknown {
  if (context.chunks === 'spoilt') return { ready: { transaction: 'chunksRefused' } }
  if (context.chunks === 'underWay') return { ready: { transaction: 'chunksUnderWay' } }
  if (context.recipients > 0) return { ready: { transaction: 'recipientsKnown' } }
  if (context.envelope) return { ready: { transaction: 'senderKnown' } }
  if (context.tls === 'required' && !context.secure) return { ready: 'tlsRequired' }
  return { ready: context.helloName === '' ? 'waiting' : 'greeted' }
}

/** The real server's session in the person's place, and what it has to be told for its reply to the line that waits. */
export interface Understudy {
  /** The line that waits. */
  readonly heard: HeardName
  readonly session: Session
  readonly events: readonly { readonly type: string }[]
}

/** The real machine in the place of the person; undefined while the client has the word. */
export function understudyOf(session: Session): Understudy | undefined {
  const { localPort: _, heard, exchange, lastChunk, said: __, ...context } = session.machine.context as ByHandContext
  if (!heard) return undefined
  const chunk =
    heard.type === 'BDAT' && !heard.mistake && lastChunk !== EMPTY ? [{ type: 'chunkPart', octets: lastChunk }] : []
  const value =
    heard.type === 'opened'
      ? 'listening'
      : heard.type === 'endOfMailData'
        ? 'mailData'
        : stateOf(session.machine.context as ByHandContext)
  const real: SmtpServerContext = { ...context, chunk: null }
  return {
    heard: nameOf(heard),
    session: { protocol: smtpServer.key, machine: { value, context: real, status: 'active' }, inbox: EMPTY },
    events: [...exchange, heard, ...chunk],
  }
}

/** The beginning of a reply of several lines that the person has said already. */
export const saidSoFar = (session: Session): Octets => (session.machine.context as ByHandContext).said
