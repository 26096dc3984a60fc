import { EMPTY, octets } from '../../base/octets'
import type { LegalCommand, RefusedCommand, Rehearsal } from '../../session/knowledge'
import type { Meaning, Output, Session } from '../../session/session'
import { hasTag, step } from '../../session/step'
import { type CommandEntry, commandEntries } from './catalogue'
import { type Command, formatCommand } from './grammar'
import { mechanismsNow } from './responses'
import { pop3Server } from './server'
import type { ServerAnswer, ServerContext } from './serverTypes'

/** The commands that the server would carry out now. None while it waits for its host, since it reads nothing then. */
export function legalCommands(session: Session): readonly LegalCommand[] {
  if (hasTag(pop3Server, session, 'reads:saslLine')) return withinAuth
  return probeAll(session).flatMap(({ entry, reply }) =>
    reply.startsWith('+OK') ? [{ name: entry.name, syntax: entry.syntax, reply, ...variantOf(entry, session) }] : [],
  )
}

/** The commands that the server would refuse now, and why. */
export function refusedCommands(session: Session): readonly RefusedCommand[] {
  return probeAll(session).flatMap(({ entry, reply, means }) =>
    reply.startsWith('-ERR') ? [{ name: entry.name, reply, means }] : [],
  )
}

/** Input within AUTH, which is no command. */
const withinAuth: readonly LegalCommand[] = [
  { name: 'response', syntax: 'base64', reply: '+OK, -ERR, +' },
  { name: '*', syntax: '*', reply: '-ERR' },
]

/** QUIT before the login removes nothing: it has no UPDATE state (RFC 1939 section 6). */
function variantOf({ name }: CommandEntry, { machine }: Session): Pick<LegalCommand, 'variant'> {
  const loggedIn = typeof machine.value === 'object' && 'transaction' in (machine.value as object)
  return name === 'QUIT' && !loggedIn ? { variant: 'withoutLogin' } : {}
}

interface Probed {
  readonly entry: CommandEntry
  /** The first line of the answer. */
  readonly reply: string
  readonly means: Meaning
}

function probeAll(session: Session): readonly Probed[] {
  if (!hasTag(pop3Server, session, 'reads:command')) return []
  return commandEntries.flatMap((entry) => {
    const answer = answerTo(session, sample(entry, session.machine.context as ServerContext))
    return answer === undefined ? [] : [{ entry, ...answer }]
  })
}

/** The command with arguments for this session: the first message that is not deleted, else message 1. */
function sample({ name }: CommandEntry, context: ServerContext): Command {
  const messageNumber =
    Math.max(
      0,
      context.maildrop.findIndex((message) => !message.deleted),
    ) + 1
  switch (name) {
    case 'USER':
      return { type: name, user: 'name' }
    case 'PASS':
      return { type: name, password: 'password' }
    case 'APOP':
      return { type: name, user: 'name', digest: '0'.repeat(32) }
    case 'AUTH':
      return { type: name, mechanism: mechanismsNow(context)[0] ?? context.mechanisms[0] ?? 'PLAIN' }
    case 'RETR':
    case 'DELE':
      return { type: name, messageNumber }
    case 'TOP':
      return { type: name, messageNumber, lines: 0 }
    default:
      return { type: name }
  }
}

const authenticated: ServerAnswer = { type: 'authenticated', user: 'name' }
/** A host that always says yes, so that a command which waits for it comes to its end. */
const yes: Readonly<Record<string, ServerAnswer>> = {
  authenticate: authenticated,
  verifyPassword: authenticated,
  verifyDigest: authenticated,
  openMaildrop: { type: 'maildropOpened', messages: [] },
  retrieve: { type: 'retrieved', octets: octets('\r\n') },
  update: { type: 'updated', ok: true, removed: 0 },
}

/** The first line of the answer to a command, given to a copy of the session. */
function answerTo(session: Session, command: Command): Omit<Probed, 'entry'> | undefined {
  let [tried, outputs] = step(
    pop3Server,
    { ...session, inbox: EMPTY },
    { type: 'received', octets: formatCommand(command) },
  )
  for (;;) {
    const question = outputs.find((output) => output.type === 'ask')?.question
    const answer = question && yes[question.type]
    if (!answer) return firstLine(outputs)
    ;[tried, outputs] = step(pop3Server, tried, { type: 'answered', answer })
  }
}

function firstLine(outputs: readonly Output[]): Omit<Probed, 'entry'> | undefined {
  const sent = outputs.find((output) => output.type === 'send')
  return sent && { reply: sent.octets.split('\r\n')[0] ?? '', means: sent.means }
}

const oneMessage: ServerAnswer = { type: 'maildropOpened', messages: [{ uid: '1', size: 2 }] }

export const rehearsal: Rehearsal = {
  line(session, name) {
    if (name === '*') return octets('*\r\n')
    const entry = commandEntries.find((each) => each.name === name)
    return entry && formatCommand(sample(entry, session.machine.context as ServerContext))
  },
  agrees: ({ type }) => (type === 'openMaildrop' ? oneMessage : yes[type]),
}
