import { octets } from '../../../base/octets'
import { drawBelow, seeded } from '../../../base/random'
import { catalogue } from '../../../hosts/catalogue'
import type { SmtpServerQuestion } from '../../../protocols/smtp'
import type { Action, Protocol, Reader } from '../../../session/session'
import type { Catalogue, Effect, Happening, HostRole } from '../../../world/role'
import { sender } from './sender'

/**
 * Servers with faults, made by wrapping the real ones: they defer any command with 4yz, have no quota left for a message, and
 * die in the middle of a transaction, before or after they have accepted the message.
 */
export interface ServerFaults {
  /** Another salt gives other faults. */
  readonly salt: number
  /** 0 to 1: the share of commands that get a 4yz, whatever they are. */
  readonly putsOff: number
  /** The reply: 451 and go on, or 421 and close (RFC 5321 section 3.8). */
  readonly code: 451 | 421
  /** The share of recipients and of messages that get a 4yz. */
  readonly refuses: number
  /** The share of questions at which the server's process dies. */
  readonly dies: number
}

/** All behaviour of the real world, and the sender. */
export const withoutFaults: Catalogue = { ...catalogue, roles: { ...catalogue.roles, sender } }

/** A number from 0 to 999,999 that the text and the salt decide. */
function numberFor(text: string, salt: number): number {
  let hash = salt
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return drawBelow(seeded(hash), 1_000_000)[0]
}

/** A verb that no server knows: the answer is 500, and nothing else changes. */
const UNKNOWN = 'XXXX'

/**
 * Replaces some commands with an unknown one. No other client sends an unknown command here, so every 500 is one of these and
 * becomes a 4yz.
 */
function putsOff(protocol: Protocol, { salt, putsOff: share, code }: ServerFaults): Protocol {
  const read = protocol.readers.command as Reader
  const command: Reader = (inbox, context) => {
    const unit = read(inbox, context)
    if (unit === 'needsMore') return unit
    const line = inbox.slice(0, unit.length)
    // The octets after BDAT are not commands: replacing it would misread them.
    if (/^BDAT/i.test(line) || line.length < 6) return unit
    const { hostName } = context as { readonly hostName: string }
    if (numberFor(`${hostName} ${line}`, salt) >= share * 1_000_000) return unit
    const heard = read(octets(UNKNOWN + inbox.slice(4, unit.length)), context)
    return heard === 'needsMore' || heard.length !== unit.length ? unit : { ...heard, means: unit.means }
  }
  const perform: Protocol['perform'] = (action) => {
    const actions = protocol.perform(action)
    if (!actions.some(isUnknownCommand)) return actions
    const later = actions.map((given): Action => {
      if (given.type !== 'send') return given
      const said = `${code} 4.3.2 Not now\r\n`
      return { ...given, octets: octets(said), means: { ...given.means, name: String(code), refused: 'later' } }
    })
    return code === 421 ? [...later, { type: 'close' }] : later
  }
  return { ...protocol, readers: { ...protocol.readers, command }, perform }
}

const isUnknownCommand = (action: Action): boolean => action.type === 'send' && action.octets.startsWith('500')

const NO_ROOM = { code: 452, enhanced: '4.3.1', text: 'Insufficient system storage' } as const
const NOT_NOW = { code: 450, enhanced: '4.2.0', text: 'Mailbox unavailable just now' } as const

function refuses(role: HostRole, { salt, refuses: share, dies }: ServerFaults): HostRole {
  return {
    ...role,
    react(host, happening, env) {
      const question = smtpQuestionOf(host.sessions, happening)
      if (happening.type !== 'asked' || !question) return role.react(host, happening, env)
      const { session } = happening
      const said = numberFor(`${question.type} ${env.chance}`, salt) / 1_000_000
      if (said < dies / 2) return [host.state, [{ type: 'end', session }]]
      if (said < dies) {
        // Its session is gone before it can answer, but its effects on disk stay.
        const [state, effects] = role.react(host, happening, env)
        return [state, [{ type: 'end', session }, ...effects.filter((effect) => !answers(effect, session))]]
      }
      if (said > 1 - share) {
        if (question.type === 'verifyRecipient')
          return [
            host.state,
            [{ type: 'answer', session, answer: { type: 'recipientRefused', reply: NOT_NOW } as never }],
          ]
        if (question.type === 'takeMessage')
          return [
            host.state,
            [{ type: 'answer', session, answer: { type: 'messageRefused', reply: NO_ROOM } as never }],
          ]
      }
      return role.react(host, happening, env)
    },
  }
}

const answers = (effect: Effect, session: string): boolean => effect.type === 'answer' && effect.session === session

function smtpQuestionOf(
  sessions: Readonly<Record<string, { readonly session: { readonly protocol: string } }>>,
  happening: Happening,
): SmtpServerQuestion | undefined {
  if (happening.type !== 'asked' || sessions[happening.session]?.session.protocol !== 'smtp.server') return undefined
  return happening.question as SmtpServerQuestion
}

/** A catalogue whose mail servers have faults. */
export const withFaults = (base: Catalogue, faultyServers: ServerFaults): Catalogue => ({
  protocols: { ...base.protocols, 'smtp.server': putsOff(base.protocols['smtp.server'] as Protocol, faultyServers) },
  roles: { ...base.roles, mailServer: refuses(base.roles['mailServer'] as HostRole, faultyServers) },
})
