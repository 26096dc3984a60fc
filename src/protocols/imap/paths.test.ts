import { getShortestPaths } from '@xstate/graph'
import { describe, expect, it } from 'vitest'
import { initialTransition, type SnapshotFrom, transition } from 'xstate'
import { octets } from '../../base/octets'
import { drawBelow, seeded } from '../../base/random'
import { deliver, emptyStore } from '../../mail/store'
import type { Input, Session } from '../../session/session'
import { startSession, stateName, step } from '../../session/step'
import { imapCatalogue } from './catalogue/catalogue'
import type { CommandEvent } from './commands/commandEvent'
import { COMMAND_LIMIT } from './server/literals'
import { imapServerMachine } from './server/machine'
import { scanCommand } from './server/scanCommand'
import { imapServer, LINE_LIMIT } from './server/server'
import { isOutcome } from './server/speech'
import type { ImapServerEvent } from './server/types'
import type { ImapServerInput } from './session/serverContext'
import { answerImap } from './store/storeAnswers'
import { BOB, EPOCH, message, peer } from './testing/memoryHost'

/**
 * Paths through the server's machine, each replayed at a session as octets and host's answers: the session must reach the state
 * of the path, every command must get one answer under its own tag, and the catalogue must know every word.
 */

type Snapshot = SnapshotFrom<typeof imapServerMachine>
type Expired = { readonly type: 'autologout' | 'xstate.after.mistakePause.imap.pausing' }
type Step = ImapServerEvent | Expired

const inputs: Readonly<Record<string, ImapServerInput>> = {
  plain: { hostName: 'store.bird.example', plaintextAuth: true },
  offering: { hostName: 'store.bird.example', plaintextAuth: false, tls: 'offered', mechanisms: ['CRAM-MD5', 'PLAIN'] },
  demanding: { hostName: 'store.bird.example', plaintextAuth: true, tls: 'required' },
  implicit: { hostName: 'store.bird.example', plaintextAuth: false, tls: 'implicit' },
}

const LINES = [
  'CAPABILITY',
  'NOOP',
  'LOGOUT',
  'STARTTLS',
  'LOGIN bob secret',
  'AUTHENTICATE PLAIN',
  'AUTHENTICATE CRAM-MD5',
  'AUTHENTICATE PLAIN AGJvYgBzZWNyZXQ=',
  'AUTHENTICATE FROB',
  'ENABLE QRESYNC',
  'SELECT INBOX',
  'EXAMINE INBOX',
  'SELECT INBOX (QRESYNC (7 1))',
  'SELECT Nowhere',
  'LIST "" "*"',
  'STATUS INBOX (HIGHESTMODSEQ)',
  'APPEND Sent {0+}',
  'IDLE',
  'CLOSE',
  'UNSELECT',
  'EXPUNGE',
  'SEARCH RETURN (SAVE) ALL',
  'SEARCH 9',
  'FETCH 1 BODY[]',
  'FETCH $ FLAGS',
  'STORE 1 +FLAGS (\\Deleted)',
  'UID MOVE 1 Trash',
  'FROB',
]
const commands = LINES.filter((line) => !line.includes('{')).map((line) => ({
  line,
  event: scanCommand(octets(`t ${line}`)).event as CommandEvent,
}))

const start = emptyStore([BOB], { uidValidity: 7 })
const store = deliver(deliver(start, BOB, 'INBOX', message('one'), EPOCH)[0], BOB, 'INBOX', message('two'), EPOCH)[0]

/** The host's possible answers in the state that waits for them. */
function answersIn({ value, context }: Snapshot): readonly Step[] {
  const state = stateName(value)
  if (state === 'connecting') return [{ type: 'opened', peer }]
  if (state === 'securing') return [{ type: 'secured' }]
  if (state === 'authenticating') {
    if (context.command?.type === 'LOGIN') return [{ type: 'loggedIn', user: BOB }, { type: 'loginFailed' }]
    return [
      { type: 'authenticated', user: BOB },
      { type: 'authenticationFailed' },
      { type: 'saslChallenge', challenge: octets('prove it') },
    ]
  }
  const { decision } = context
  if (!decision || isOutcome(decision)) return []
  return [answerImap(store, { user: BOB }, decision, EPOCH).answer, { type: 'refused', code: 'SERVERBUG', text: 'No' }]
}

const news: Step = {
  type: 'mailboxChanged',
  changes: [
    { user: BOB, mailbox: 'INBOX', uidValidity: 7, kind: 'flags', uid: 2, flags: ['\\Seen'], modSeq: 9 },
    { user: BOB, mailbox: 'INBOX', uidValidity: 7, kind: 'expunged', uid: 1, modSeq: 10 },
  ],
}

/** All possible events in a state. */
function eventsIn(snapshot: Snapshot): readonly Step[] {
  if (snapshot.status !== 'active') return []
  const { tags } = snapshot
  const state = stateName(snapshot.value)
  const changes = snapshot.context.selected ? [news] : []
  const always: Step[] = [{ type: 'closed', why: 'reset' }, ...changes]
  const reader = [...tags].find((tag) => tag.startsWith('reads:'))
  if (state === 'pausing') return [...always, { type: 'xstate.after.mistakePause.imap.pausing' }]
  if (!reader) return [...always, ...answersIn(snapshot)]
  const expired: Expired = { type: 'autologout' }
  switch (reader) {
    case 'reads:command':
      return [
        ...always,
        expired,
        ...commands.map(({ event }) => event),
        { type: 'literalAnnounced', tag: octets('t'), line: octets('t LIST "" {2}\r\n'), size: 2, synchronizing: true },
        { type: 'literalAnnounced', tag: octets('t'), line: octets(HUGE), size: 9_999_999, synchronizing: true },
        { type: 'literalAnnounced', tag: octets('t'), line: octets(HUGE_SENT), size: 9_999_999, synchronizing: false },
        { type: 'lineTooLong', tag: octets('t') },
      ]
    case 'reads:literal':
      return [...always, expired, { type: 'literalRead', octets: octets('ab') }]
    case 'reads:restOfLine':
      return [...always, expired, { type: 'linePassed' }, { type: 'lineEnded' }]
    case 'reads:idle':
      return [...always, expired, { type: 'DONE' }, { type: 'notDone' }, { type: 'lineTooLong', tag: octets('*') }]
    default:
      return [
        ...always,
        expired,
        { type: 'saslCancelled' },
        { type: 'saslResponse', response: octets('a') },
        { type: 'notBase64' },
        { type: 'lineTooLong', tag: octets('*') },
      ]
  }
}
const HUGE = 't SEARCH TEXT {9999999}\r\n'
const HUGE_SENT = 't SEARCH TEXT {9999999+}\r\n'

const received = (text: string): Input => ({ type: 'received', octets: octets(text) })

/** The session's input for an event: octets from the client, or an answer from the host. */
function inputOf(event: Step, before: Snapshot): Input {
  const command = commands.find((each) => each.event === event)
  // A command that continues after a literal belongs to its beginning: the path has only whole ones.
  if (command) return received(`t ${command.line}\r\n`)
  switch (event.type) {
    case 'opened':
    case 'closed':
    case 'secured':
      return event as Input
    case 'literalAnnounced':
      return received((event as Extract<Step, { type: 'literalAnnounced' }>).line)
    case 'literalRead':
      return received('ab')
    case 'lineTooLong':
      return received(before.hasTag('reads:command') ? 't '.padEnd(LINE_LIMIT, 'x') : 'x'.repeat(LINE_LIMIT))
    case 'linePassed':
      return received('xxx')
    case 'lineEnded':
      return received('xxx\r\n')
    case 'DONE':
      return received('DONE\r\n')
    case 'notDone':
      return received('t NOOP\r\n')
    case 'saslCancelled':
      return received('*\r\n')
    case 'saslResponse':
      return received('YQ==\r\n')
    case 'notBase64':
      return received('no base64\r\n')
    default:
      return event.type === 'autologout' || event.type.startsWith('xstate.')
        ? { type: 'expired', timer: event.type }
        : { type: 'answered', answer: event }
  }
}

const known = new Set(imapCatalogue.flatMap(({ kind, name }) => (kind === 'response' ? [name] : [])))
const heard = new Set<string>()

function expectKnown(line: string): void {
  const [, word = '+', code] = /^(?:\S+) (?:\d+ )?([A-Z]+)(?: \[([A-Z-]+)[^\]]*\])?/.exec(line) ?? []
  const name = line.startsWith('+') ? '+' : word
  for (const each of [name, ...(code ? [`[${code}]`] : [])]) {
    expect(known, line).toContain(each)
    heard.add(each)
  }
}

const TAGGED = /^t (OK|NO|BAD) /

/** Gives one step to a session. A command gets one answer under its tag: at once, or after the host's. */
function replay(session: Session, before: Snapshot, event: Step, after: Snapshot): Session {
  const [next, outputs] = step(imapServer, session, inputOf(event, before))
  expect(stateName(next.machine.value), event.type).toBe(stateName(after.value))
  const sent = outputs.flatMap((output) => (output.type === 'send' ? [output] : []))
  for (const { octets: line, means } of sent) {
    expectKnown(line)
    expect(means.parsed?.protocol, line).toBe('IMAP')
  }
  const asked = outputs.filter((output) => output.type === 'ask')
  const tagged = sent.filter(({ octets: line }) => TAGGED.test(line))
  expect(tagged.length, event.type).toBeLessThanOrEqual(1)
  const waits = /asking|authenticating|opening|closing|idling|awaitingResponse|literal|securing|pausing/.test(
    stateName(next.machine.value),
  )
  if (outputs.some((output) => output.type === 'read') && before.hasTag('reads:command'))
    expect(
      tagged.length + Number(waits) + sent.filter(({ octets: line }) => line.startsWith('* BYE')).length,
    ).toBeGreaterThan(0)
  expect(asked.length).toBeLessThanOrEqual(1)
  return next
}

const beginning = (input: ImapServerInput): Snapshot => initialTransition(imapServerMachine, input)[0]

/** The part of the context that matters for the future. */
const keyOf = ({ value, context }: Snapshot): string => {
  const { secure, user, enabled, selected, pending, command } = context
  const view = selected && [selected.readOnly, selected.uids.length, selected.news.expunged.length]
  const state = stateName(value)
  const waitsWith = /asking|authenticating|opening|closing|awaitingResponse/.test(state) ? command?.type : ''
  return JSON.stringify([state, secure, user, enabled.includes('QRESYNC'), view, pending !== '', waitsWith])
}

/** A path with a literal continues within the command, which whole commands do not. */
const midCommand = ({ context }: Snapshot): boolean => context.pending !== ''

describe.each(Object.entries(inputs))('paths through a server that is %s', (_, input) => {
  it('replays all shortest ones', () => {
    const paths = getShortestPaths(imapServerMachine, {
      input,
      events: ((snapshot: Snapshot) =>
        midCommand(snapshot) && snapshot.hasTag('reads:command') ? [] : eventsIn(snapshot)) as (
        snapshot: Snapshot,
      ) => readonly ImapServerEvent[],
      serializeState: keyOf,
      limit: 20_000,
    })
    expect(paths.length).toBeGreaterThan(50)
    for (const { steps } of paths) {
      let before = beginning(input)
      let session = startSession(imapServer, input)[0]
      // The first step is the machine's initial state.
      for (const { event, state } of steps.slice(1)) {
        session = replay(session, before, event, state)
        before = state
      }
    }
  })

  it('replays many random ones', () => {
    let random = seeded(9051)
    let steps = 0
    for (let path = 0; path < 150; path++) {
      let before = beginning(input)
      let session = startSession(imapServer, input)[0]
      for (let length = 0; length < 40 && before.status === 'active' && !midCommand(before); length++) {
        const events = eventsIn(before)
        let at: number
        // Hanging up ends a path, so it is rarely chosen.
        ;[at, random] = drawBelow(random, events.length * 4)
        const event = events[at % 16 === 0 || events.length === 1 ? 0 : 1 + (at % (events.length - 1))] as Step
        const [after] = transition(imapServerMachine, before, event as ImapServerEvent)
        session = replay(session, before, event, after)
        before = after
        steps++
      }
    }
    expect(steps).toBeGreaterThan(500)
  })
})

it('hears most words of the catalogue', () => {
  expect(COMMAND_LIMIT).toBeLessThan(9_999_999)
  for (const word of ['OK', 'NO', 'BAD', 'BYE', '+', 'EXISTS', 'EXPUNGE', 'VANISHED', 'FETCH', 'LIST', '[TOOBIG]'])
    expect(heard).toContain(word)
})
