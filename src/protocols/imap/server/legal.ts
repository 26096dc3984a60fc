import { EMPTY, octets } from '../../../base/octets'
import type { LegalCommand, RefusedCommand, Rehearsal } from '../../../session/knowledge'
import type { Meaning, Session } from '../../../session/session'
import { hasTag, step } from '../../../session/step'
import { COMMANDS } from '../commands'
import type { ImapCommand } from '../commands/command'
import type { ServerContext } from '../session/serverContext'
import type { ImapQuestion } from '../store/storeQuestions'
import { imapServer } from './server'
import type { ImapServerAnswer } from './types'

/**
 * The commands that a server would accept now. Each is tried on a copy of the session: a session is a value, so the original
 * does not change.
 */

const READS_MORE: readonly (readonly [tag: string, commands: readonly LegalCommand[]])[] = [
  ['reads:idle', [{ name: 'DONE', syntax: 'DONE', reply: 'OK No longer waiting' }]],
  [
    'reads:saslResponse',
    [
      { name: 'response', syntax: 'base64', reply: 'OK' },
      { name: '*', syntax: '*', reply: 'BAD Authentication given up' },
    ],
  ],
  ['reads:literal', [{ name: 'literal', syntax: '*CHAR8', reply: '' }]],
]

/** The commands that the server would carry out now. None while it waits for its host, since it reads nothing then. */
export function legalCommands(session: Session): readonly LegalCommand[] {
  if (session.machine.status === 'done') return []
  for (const [tag, commands] of READS_MORE) if (hasTag(imapServer, session, tag)) return commands
  return tried(session).flatMap(({ command: { name, syntax }, answer }) =>
    /^(OK|\+)/.test(answer) ? [{ name, syntax, reply: answer }] : [],
  )
}

/** The commands that the server would refuse now, and why. */
export function refusedCommands(session: Session): readonly RefusedCommand[] {
  return tried(session).flatMap(({ command: { name }, answer, means }) =>
    means && /^(NO|BAD) /.test(answer) ? [{ name, reply: answer, means }] : [],
  )
}

interface Tried {
  readonly command: ImapCommand
  readonly answer: string
  /** Left out where the host would be asked first. */
  readonly means?: Meaning
}

function tried(session: Session): readonly Tried[] {
  if (session.machine.status === 'done' || !hasTag(imapServer, session, 'reads:command')) return []
  if ((session.machine.context as ServerContext).pending !== '') return []
  return COMMANDS.map((command) => ({ command, ...answerTo(session, command) }))
}

/** The completion or continuation for a sample of the command; the host's answer to a question is assumed to be OK. */
function answerTo(session: Session, { example }: ImapCommand): Pick<Tried, 'answer' | 'means'> {
  const [, outputs] = step(
    imapServer,
    { ...session, inbox: EMPTY },
    { type: 'received', octets: octets(`t ${example}\r\n`) },
  )
  if (outputs.some((output) => output.type === 'ask')) return { answer: 'OK' }
  const said = outputs.find((output) => output.type === 'send' && /^(t |\+)/.test(output.octets))
  return said?.type === 'send'
    ? { answer: said.octets.trimEnd().replace(/^t /, ''), means: said.means }
    : { answer: '' }
}

const USER = 'bob@bird.example'
const agreed: Readonly<Partial<Record<ImapQuestion['type'], ImapServerAnswer>>> = {
  login: { type: 'loggedIn', user: USER },
  authenticate: { type: 'authenticated', user: USER },
  saslResponse: { type: 'authenticated', user: USER },
  selectMailbox: {
    type: 'mailboxSelected',
    listed: { name: 'INBOX', subscribed: true, hasChildren: false },
    mailbox: 'INBOX',
    readOnly: false,
    uidValidity: 1,
    uidNext: 2,
    highestModSeq: 1,
    uids: [1],
    recent: [],
    keywords: [],
    firstUnseen: 0,
  },
  expungeMessages: { type: 'messagesExpunged', uids: [], highestModSeq: 1 },
}

export const rehearsal: Rehearsal = {
  line(_session, name) {
    if (name === 'DONE' || name === '*') return octets(`${name}\r\n`)
    const command = COMMANDS.find((each) => each.name === name)
    return command && octets(`a1 ${command.example}\r\n`)
  },
  agrees: ({ type }) => Object.entries(agreed).find(([asked]) => asked === type)?.[1],
}
