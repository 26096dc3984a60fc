import type { Octets } from '../../../base/octets'
import { seconds } from '../../../base/time'
import { type Purpose, purposeReader } from '../../../hosts/purpose'
import { domainOf } from '../../../mail/address'
import { fieldBody } from '../../../mail/headerFields'
import { messageId } from '../../../mail/message'
import type { SmtpClientQuestion, SmtpEnvelope, SmtpRecipientDsn } from '../../../protocols/smtp'
import type { Effect, HostRole } from '../../../world/role'

/**
 * A program that sends its messages directly to exchangers, without a real queue: it retries until each recipient was accepted
 * or finally refused. The intervention `submitted` gives it a message; `account` is its reverse-path.
 */

/** The notices that a message may request, the same for all its recipients. */
export const NOTIFY = ['NEVER', 'FAILURE', 'SUCCESS,FAILURE'] as const
export type Notify = (typeof NOTIFY)[number]
/** The header field that tells the sender of the requested notices, since a deed has no other place for them. */
export const NOTIFY_FIELD = 'X-Notify'

export interface SenderConfig {
  readonly helloName: string
  /** Addresses of each domain's exchangers, tried in turn. */
  readonly exchangers: Readonly<Record<string, readonly string[]>>
}

interface Message {
  readonly id: string
  readonly reversePath: string
  /** The recipients that are not settled yet. */
  readonly forwardPaths: readonly string[]
  readonly message: Octets
  readonly tries: number
}

export interface SenderState {
  readonly config: SenderConfig
  readonly messages: readonly Message[]
}

/** The message that a session transfers, by its id. */
interface EntryPurpose extends Purpose {
  readonly kind: 'entry'
  readonly id: string
}

const purposeOf = purposeReader<EntryPurpose>({ entry: true })

const RETRY_AFTER = seconds(90)

/** Messages that are not settled yet. */
export const unsettled = (state: SenderState): readonly Message[] =>
  state.messages.filter((entry) => entry.forwardPaths.length > 0)

function connect({ config }: SenderState, entry: Message): Effect {
  const addresses = config.exchangers[domainOf(entry.forwardPaths[0] ?? '')] ?? []
  const purpose: EntryPurpose = { kind: 'entry', id: entry.id }
  return {
    type: 'connect',
    address: addresses[entry.tries % addresses.length] ?? '',
    port: 25,
    protocol: 'smtp.client',
    input: { helloName: config.helloName, tls: 'opportunistic' },
    purpose,
  }
}

/** The envelope's data: addresses, and the outcomes for which a notice is requested (RFC 3461 section 4.1). */
function envelopeOf({ reversePath, forwardPaths, message }: Message): SmtpEnvelope {
  const wanted = fieldBody(message, NOTIFY_FIELD)?.split(',') as SmtpRecipientDsn['notify']
  if (!wanted) return { reversePath, forwardPaths }
  const recipients = Object.fromEntries(forwardPaths.map((path) => [path, { notify: wanted }]))
  return { reversePath, forwardPaths, dsn: { ret: 'HDRS', envid: 'storm', recipients } }
}

const change = (state: SenderState, id: string, by: (entry: Message) => Message): SenderState => ({
  ...state,
  messages: state.messages.map((entry) => (entry.id === id ? by(entry) : entry)),
})

export const sender: HostRole<SenderState, SenderConfig> = {
  start: (config) => ({ config, messages: [] }),
  listeners: () => [],
  react(host, happening) {
    const { state } = host
    const find = (id: string | undefined): Message | undefined => unsettled(state).find((entry) => entry.id === id)
    switch (happening.type) {
      case 'intervened': {
        if (happening.intervention.type !== 'submitted') return [state, []]
        const { account, forwardPaths, message } = happening.intervention
        const entry = { id: messageId(message) ?? '', reversePath: account, forwardPaths, message, tries: 0 }
        return [{ ...state, messages: [...state.messages, entry] }, [connect(state, entry)]]
      }
      case 'expired': {
        const entry = find(happening.timer)
        return [state, entry ? [connect(state, entry)] : []]
      }
      case 'sessionEnded': {
        const entry = find(purposeOf(happening.purpose)?.id)
        if (!entry) return [state, []]
        const again = change(state, entry.id, (old) => ({ ...old, tries: old.tries + 1 }))
        return [again, [{ type: 'setTimer', timer: entry.id, after: RETRY_AFTER }]]
      }
      case 'asked': {
        const { session } = happening
        const entry = find(purposeOf(host.sessions[session]?.purpose)?.id)
        const question = happening.question as SmtpClientQuestion
        if (question.type === 'nextMessage' && entry) {
          const answer = { type: 'letter', envelope: envelopeOf(entry), message: entry.message }
          return [state, [{ type: 'answer', session, answer }]]
        }
        const noMessage: Effect = { type: 'answer', session, answer: { type: 'noMessage' } }
        if (question.type !== 'transferEnded' || !entry) return [state, [noMessage]]
        const { accepted, refused, outcome, reply } = question.report
        const wholeRefused = outcome === 'refused' && (reply?.code ?? 0) >= 500
        const isSettled = (path: string): boolean =>
          (outcome === 'accepted' && accepted.includes(path)) ||
          (refused.find((refusal) => refusal.forwardPath === path)?.reply.code ?? (wholeRefused ? 550 : 0)) >= 500
        return [
          change(state, entry.id, (old) => ({
            ...old,
            forwardPaths: old.forwardPaths.filter((path) => !isSettled(path)),
          })),
          [noMessage],
        ]
      }
      default:
        return [state, []]
    }
  },
}
