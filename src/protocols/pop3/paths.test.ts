import { getShortestPaths } from '@xstate/graph'
import { describe, expect, it } from 'vitest'
import { initialTransition, type SnapshotFrom, transition } from 'xstate'
import { octets } from '../../base/octets'
import { drawBelow, seeded } from '../../base/random'
import type { Input, Session } from '../../session/session'
import { startSession, stateName, step } from '../../session/step'
import {
  COMMAND_LINE_LIMIT,
  type Command,
  formatCommand,
  formatSaslLine,
  parseStatusLine,
  SASL_LINE_LIMIT,
} from './grammar'
import { serverMachine } from './machine'
import { pop3Catalogue } from './responseCatalogue'
import { pop3Server } from './server'
import type { ServerEvent, ServerInput } from './serverTypes'
import { bobsMessages, peer, TIMESTAMP } from './testing/memoryHost'

/**
 * Paths through the server's machine, each replayed at a session as octets and host's answers: the session must reach the state
 * of the path, and the catalogue must know every answer.
 */

type Snapshot = SnapshotFrom<typeof serverMachine>
type Expired = { readonly type: `xstate.after.${'autoLogout' | 'mistakePause'}.${string}` }
type Step = ServerEvent | Expired

const base: ServerInput = { hostName: 'store.bird.example', plaintextAuth: false, mechanisms: ['CRAM-MD5', 'PLAIN'] }
const inputs: Readonly<Record<string, ServerInput>> = {
  plain: { hostName: 'store.bird.example', plaintextAuth: true },
  offering: { ...base, tls: 'offered', apop: true, loginDelay: 60 },
  demanding: { ...base, tls: 'required', plaintextAuth: true },
  implicit: { ...base, tls: 'implicit', apop: true },
}

const commands: readonly Command[] = [
  { type: 'USER', user: 'bob' },
  { type: 'PASS', password: 'secret' },
  { type: 'APOP', user: 'bob', digest: '0'.repeat(32) },
  { type: 'AUTH', mechanism: 'PLAIN' },
  { type: 'AUTH', mechanism: 'CRAM-MD5', response: octets('') },
  { type: 'AUTH', mechanism: 'FROB' },
  { type: 'STAT' },
  { type: 'LIST' },
  { type: 'LIST', messageNumber: 2 },
  { type: 'UIDL', messageNumber: 9 },
  { type: 'RETR', messageNumber: 1 },
  { type: 'TOP', messageNumber: 2, lines: 1 },
  { type: 'RETR', messageNumber: 9 },
  { type: 'DELE', messageNumber: 1 },
  { type: 'DELE', messageNumber: 2 },
  { type: 'LANG' },
  { type: 'LANG', range: 'sv' },
  { type: 'RSET' },
  { type: 'NOOP' },
  { type: 'CAPA' },
  { type: 'STLS' },
  { type: 'UTF8' },
  { type: 'QUIT' },
]
const messages = bobsMessages.map((message) => ({ uid: message.uid, size: message.octets.length }))

/** The host's possible answers, by the state that waits for them. */
const ANSWERS: Readonly<Record<string, readonly Step[]>> = {
  connecting: [{ type: 'opened', peer }],
  greeting: [{ type: 'timestamped', timestamp: TIMESTAMP }],
  'authorization.verifying': [
    { type: 'authenticated', user: 'bob@bird.example' },
    { type: 'authenticationFailed' },
    { type: 'authenticationFailed', malformed: 'this is no message' },
    { type: 'saslChallenge', challenge: octets('prove it') },
  ],
  'authorization.opening': [
    { type: 'maildropOpened', messages },
    { type: 'maildropRefused', reason: 'inUse' },
    { type: 'maildropRefused', reason: 'loginDelay' },
    { type: 'maildropRefused', reason: 'temporary' },
  ],
  'authorization.securing': [{ type: 'secured' }],
  'authorization.pausing': [{ type: 'xstate.after.mistakePause.pop3Server.authorization.pausing' }],
  'authorization.pausingWithUser': [{ type: 'xstate.after.mistakePause.pop3Server.authorization.pausingWithUser' }],
  'transaction.pausing': [{ type: 'xstate.after.mistakePause.pop3Server.transaction.pausing' }],
  'transaction.retrieving': [
    { type: 'retrieved', octets: octets('Subject: one\r\n\r\n.\r\n') },
    { type: 'notRetrieved', reason: 'gone' },
    { type: 'notRetrieved', reason: 'temporary' },
  ],
  update: [
    { type: 'updated', ok: true, removed: 1 },
    { type: 'updated', ok: false, removed: 0 },
  ],
}

/** All possible events in a state. A line that is too long is read to its end before anything else. */
function eventsIn(snapshot: Snapshot): readonly Step[] {
  if (snapshot.status !== 'active') return []
  const state = stateName(snapshot.value)
  const always: Step[] = [{ type: 'closed', why: 'reset' }]
  const line: Step[] = [
    { type: 'overlong' },
    ...(snapshot.hasTag('reads:command')
      ? [...commands, { type: 'unreadable', cause: 'no command' } as const]
      : [
          { type: 'saslResponse', response: octets('proof') } as const,
          { type: 'notBase64' } as const,
          { type: 'cancelled' } as const,
        ]),
    { type: `xstate.after.autoLogout.pop3Server.${state}` },
  ]
  const { tags, context } = snapshot
  if (![...tags].some((tag) => tag.startsWith('reads:'))) return [...always, ...(ANSWERS[state] ?? [])]
  return [...always, ...(context.overlong ? [{ type: 'lineTooLong' } as const] : line)]
}

/** The session's input for an event: octets from the client, or an answer from the host. */
function inputOf(event: Step, snapshot: Snapshot): Input {
  const said = (text: string): Input => ({ type: 'received', octets: octets(text) })
  if (event.type === 'opened' || event.type === 'closed' || event.type === 'secured') return event
  if (event.type.startsWith('xstate.')) return { type: 'expired', timer: event.type }
  switch (event.type) {
    case 'unreadable':
      return said('BLURB 1\r\n')
    case 'overlong':
      return said('A'.repeat(snapshot.hasTag('reads:command') ? COMMAND_LINE_LIMIT : SASL_LINE_LIMIT))
    case 'lineTooLong':
      return said('A\r\n')
    case 'notBase64':
      return said('no base64\r\n')
    case 'cancelled':
      return said(formatSaslLine('cancel'))
    case 'saslResponse':
      return said(formatSaslLine((event as Extract<Step, { type: 'saslResponse' }>).response))
    default: {
      const command = commands.find((one) => one === event)
      return command ? said(formatCommand(command)) : { type: 'answered', answer: event }
    }
  }
}

const responses = new Set(pop3Catalogue.flatMap(({ kind, name }) => (kind === 'response' ? [name] : [])))
const heard = new Set<string>()

function expectKnown(sent: string): void {
  const first = sent.slice(0, sent.indexOf('\r\n'))
  const status = parseStatusLine(first)
  const name = status?.status ?? /^\+(?= )/.exec(first)?.[0] ?? first
  for (const word of [name, ...(status?.code === undefined ? [] : [`[${status.code}]`])]) {
    expect(responses).toContain(word)
    heard.add(word)
  }
}

/** Gives one step to a session; each command must get one answer, at once or after the host's. */
function replay(session: Session, before: Snapshot, event: Step, after: Snapshot): Session {
  const [next, outputs] = step(pop3Server, session, inputOf(event, before))
  expect(stateName(next.machine.value), event.type).toBe(stateName(after.value))
  const sent = outputs.flatMap((output) => (output.type === 'send' ? [output.octets] : []))
  if (sent.length > 0) expectKnown(sent.join(''))
  const asked = outputs.some((output) => output.type === 'ask')
  const isLine = outputs.some((output) => output.type === 'read') && event.type !== 'overlong'
  if (isLine)
    expect(sent.length > 0 || asked || stateName(after.value).includes('pausing'), `an answer to ${event.type}`).toBe(
      true,
    )
  const removes = outputs.some((output) => output.type === 'ask' && output.question.type === 'update')
  expect(removes, 'what is removed').toBe(event.type === 'QUIT' && stateName(before.value).startsWith('transaction'))
  return next
}

const beginning = (input: ServerInput): Snapshot => initialTransition(serverMachine, input)[0]

/** The part of the context that matters for the future. */
const keyOf = ({ value, context }: Snapshot): string => {
  const { secure, utf8, user, overlong, loginBy, wanted, maildrop } = context
  const marks = maildrop.map((message) => message.deleted)
  return JSON.stringify([value, secure, utf8, user, overlong, loginBy, wanted, marks])
}

describe.each(Object.entries(inputs))('paths through a server that is %s', (_, input) => {
  it('replays all shortest ones', () => {
    const paths = getShortestPaths(serverMachine, {
      input,
      events: eventsIn as (snapshot: Snapshot) => readonly ServerEvent[],
      serializeState: keyOf,
    })
    expect(paths.length).toBeGreaterThan(60)
    for (const { steps } of paths) {
      let before = beginning(input)
      let session = startSession(pop3Server, input)[0]
      // The first step is the machine's initial state.
      for (const { event, state } of steps.slice(1)) {
        session = replay(session, before, event, state)
        before = state
      }
    }
  })

  it('replays many random ones', () => {
    let random = seeded(2449)
    let steps = 0
    for (let path = 0; path < 300; path++) {
      let before = beginning(input)
      let session = startSession(pop3Server, input)[0]
      for (let length = 0; length < 40 && before.status === 'active'; length++) {
        const events = eventsIn(before)
        let at: number
        // Hanging up ends a path, so it is rarely chosen.
        ;[at, random] = drawBelow(random, events.length * 4)
        const event = events[at % 16 === 0 ? 0 : 1 + (at % (events.length - 1))] as Step
        const [after] = transition(serverMachine, before, event as ServerEvent)
        session = replay(session, before, event, after)
        before = after
        steps++
      }
    }
    expect(steps).toBeGreaterThan(2_000)
  })
})

it('hears every answer of the catalogue except those of other servers', () => {
  const ofOthers = ['[SYS/PERM]', '[UTF8]']
  expect([...heard, ...ofOthers].sort()).toEqual([...responses].sort())
})
