import { octets } from '../../../base/octets'
import type { LegalCommand, RefusedCommand, Rehearsal } from '../../../session/knowledge'
import type { Answer, Output, Session } from '../../../session/session'
import { hasTag, step } from '../../../session/step'
import { commandEntries } from '../catalogue/catalogue'
import { mechanismsNow } from './offers'
import { smtpServer } from './server'
import type { SmtpServerAnswer, SmtpServerContext, SmtpServerQuestion } from './types'

/**
 * The commands that a server would accept now. Each is tried on a copy of the session: a session is a value, so the original
 * does not change.
 */

const REFUSED = /^(502|503|530|538)/
/** A positive reply on one line, shown unchanged. */
const ONE_LINE_YES = /^2\d\d /

type Sent = Extract<Output, { type: 'send' }>

/** The first line of the server's reply, or undefined if the server would ask its host first. */
function tried(session: Session, line: string): Sent | undefined {
  const [, outputs] = step(
    smtpServer,
    { ...session, inbox: octets('') },
    { type: 'received', octets: octets(`${line}\r\n`) },
  )
  return outputs.find((output): output is Sent => output.type === 'send')
}

/** AUTH is tried with a mechanism that is offered now, where there is one. */
function lineToTry({ machine }: Session, name: string, example: string): string {
  const mechanism = name === 'AUTH' && mechanismsNow(machine.context as SmtpServerContext)[0]
  return mechanism ? `AUTH ${mechanism}` : example
}

const firstLine = (sent: Sent): string => (sent.octets.split('\r\n')[0] as string).trimEnd()
const isAlive = (session: Session): boolean => session.machine.status === 'active'

export function legalCommands(session: Session): readonly LegalCommand[] {
  if (!isAlive(session)) return []
  if (hasTag(smtpServer, session, 'reads:mailData')) return [{ name: '.', syntax: '.', reply: '250 2.0.0 Ok: queued' }]
  if (hasTag(smtpServer, session, 'reads:saslResponse'))
    return [
      { name: 'response', syntax: 'base64', reply: '235, 334, 535' },
      { name: '*', syntax: '*', reply: '501 5.7.0' },
    ]
  if (!hasTag(smtpServer, session, 'reads:command')) return []
  return commandEntries.flatMap(({ name, syntax, example, answers }) => {
    const sent = tried(session, lineToTry(session, name, example))
    if (sent && REFUSED.test(sent.octets)) return []
    return [
      {
        name,
        syntax,
        reply: sent && ONE_LINE_YES.test(sent.octets) ? firstLine(sent) : answers,
      },
    ]
  })
}

/** Commands that the server would refuse now because of its state or its port, with the code and its meaning. */
export function refusedCommands(session: Session): readonly RefusedCommand[] {
  if (!isAlive(session) || !hasTag(smtpServer, session, 'reads:command')) return []
  return commandEntries.flatMap(({ name, example }) => {
    const sent = tried(session, lineToTry(session, name, example))
    if (!sent || !REFUSED.test(sent.octets)) return []
    const reply = /^\d{3}(?: \d\.\d{1,3}\.\d{1,3})?/.exec(sent.octets)?.[0] ?? ''
    return [{ name, reply, means: sent.means }]
  })
}

/** The answers of a host that agrees; VRFY is answered by a reply of its own. */
const agreed: Readonly<Partial<Record<SmtpServerQuestion['type'], SmtpServerAnswer>>> = {
  verifyRecipient: { type: 'recipientAccepted' },
  authenticate: { type: 'authenticated', user: 'alice@paper.example' },
  saslResponse: { type: 'authenticated', user: 'alice@paper.example' },
  takeMessage: { type: 'messageTaken', queueId: '1' },
}

export const rehearsal: Rehearsal = {
  reluctant: ['EHLO', 'HELO'],
  line(session, name) {
    if (name === '.' || name === '*') return octets(`${name}\r\n`)
    const entry = commandEntries.find((each) => each.name === name)
    return entry && octets(`${lineToTry(session, name, entry.example)}\r\n`)
  },
  agrees: ({ type }): Answer | undefined => Object.entries(agreed).find(([asked]) => asked === type)?.[1],
}
