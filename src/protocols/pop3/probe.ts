import { EMPTY, octets } from '../../base/octets'
import type { Answer, Output, Session } from '../../session/session'
import { step } from '../../session/step'
import { type CommandEntry, commandEntries } from './catalogue'
import { type Command, formatCommand, parseStatusLine } from './grammar'
import type { ServerAnswer, ServerContext } from './machine'
import { pop3Server } from './server'

/** What a command would get now. The machine itself is asked: a sample line is given to a copy of the session. */
export interface LegalCommand {
  readonly name: string
  readonly syntax: string
  /** The first line of the answer, without its line end. */
  readonly reply: string
  /** Continues the name: "DELE marks a letter for removal". */
  readonly effect: string
}
export interface RefusedCommand {
  readonly name: string
  readonly reply: string
  readonly cause: string
}

/** The commands that the server would carry out now. None while it waits for its host, since then it reads nothing. */
export function legalCommands(session: Session): readonly LegalCommand[] {
  return probeAll(session).flatMap(({ entry, reply }) =>
    reply.startsWith('+OK')
      ? [{ name: entry.name, syntax: entry.syntax, reply, effect: effectOf(entry, session) }]
      : [],
  )
}

/** The commands that the server would refuse now, and why. */
export function refusedCommands(session: Session): readonly RefusedCommand[] {
  return probeAll(session).flatMap(({ entry, reply }) => {
    const status = parseStatusLine(reply)
    return status?.status === '-ERR' ? [{ name: entry.name, reply, cause: status.text }] : []
  })
}

function effectOf(entry: CommandEntry, session: Session): string {
  const loggedIn = typeof session.machine.value === 'object' && 'transaction' in (session.machine.value as object)
  return entry.name === 'QUIT' && !loggedIn ? 'closes the connection' : entry.effect
}

function probeAll(session: Session): readonly { readonly entry: CommandEntry; readonly reply: string }[] {
  return commandEntries.flatMap((entry) => {
    const reply = replyTo(session, sample(entry, session.machine.context as ServerContext))
    return reply === undefined ? [] : [{ entry, reply }]
  })
}

/** The command with arguments that suit the session: the first letter that is left, else letter 1. */
function sample({ name }: CommandEntry, { maildrop }: ServerContext): Command {
  const messageNumber =
    Math.max(
      0,
      maildrop.findIndex((message) => !message.deleted),
    ) + 1
  switch (name) {
    case 'USER':
      return { type: name, user: 'name' }
    case 'PASS':
      return { type: name, password: 'password' }
    case 'RETR':
    case 'DELE':
      return { type: name, messageNumber }
    case 'TOP':
      return { type: name, messageNumber, lines: 0 }
    default:
      return { type: name }
  }
}

/** A host that says yes, so that a command which waits for it is seen to its end. */
const yes: Readonly<Record<string, ServerAnswer>> = {
  openMaildrop: { type: 'maildropOpened', messages: [] },
  retrieve: { type: 'retrieved', octets: octets('\r\n') },
  update: { type: 'updated', ok: true },
}

function replyTo(session: Session, command: Command): string | undefined {
  const [asked, outputs] = step(
    pop3Server,
    { ...session, inbox: EMPTY },
    { type: 'received', octets: formatCommand(command) },
  )
  const question = outputs.find((output) => output.type === 'ask')?.question
  const answer: Answer | undefined = question && yes[question.type]
  return firstLine(answer ? step(pop3Server, asked, { type: 'answered', answer })[1] : outputs)
}

function firstLine(outputs: readonly Output[]): string | undefined {
  const sent = outputs.find((output) => output.type === 'send')
  return sent?.octets.replace(/\r\n$/, '')
}
