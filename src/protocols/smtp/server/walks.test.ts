import { getShortestPaths } from '@xstate/graph'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SnapshotFrom } from 'xstate'
import { leavesOf } from '../../../../tests/support/machineGraph'
import { type Octets, octets } from '../../../base/octets'
import type { Input, Output, Session, SessionEvent } from '../../../session/session'
import { startSession, stateName, step } from '../../../session/step'
import { smtpCatalogue } from '../catalogue/catalogue'
import { parseCommand } from '../grammar/commands'
import { replies } from '../grammar/replies'
import { inputs } from '../testing/stubHost'
import { smtpServerMachine } from './machine'
import { offersAuth } from './offers'
import { COMMAND_LINE_LIMIT, smtpServer, unitOfCommand } from './server'
import type { SmtpServerContext, SmtpServerInput, SmtpServerQuestion } from './types'

/**
 * Model-based: the machine's graph gives paths of events; each path is replayed with real octets through `step`, and must reach
 * the same states with replies that the catalogue knows.
 */

type Snapshot = SnapshotFrom<typeof smtpServerMachine>

/** One possible move, as the machine's event and as the session's input. */
interface Move {
  readonly event: SessionEvent
  readonly input: Input
}
const written = (event: SessionEvent, wire: string): Move => ({
  event,
  input: { type: 'received', octets: octets(wire) },
})
const answered = (answer: SessionEvent): Move => ({ event: answer, input: { type: 'answered', answer } })

const LINES = [
  'EHLO a.example',
  'HELO a.example',
  'MAIL FROM:<alice@paper.example>',
  'MAIL FROM:<zo\u00c3\u00ab@paper.example> SMTPUTF8',
  'MAIL FROM:<alice@paper.example> SIZE=99999',
  'RCPT TO:<bob@bird.example>',
  'RCPT TO:<carol@bird.example> NOTIFY=NEVER',
  'RCPT TO:<j\u00c3\u00bcrgen@bird.example>',
  'DATA',
  'BDAT 3',
  'BDAT 3 LAST',
  'BDAT 0 LAST',
  'BDAT 200',
  'BDAT 3 FIRST',
  'RSET',
  'NOOP',
  'VRFY bob SMTPUTF8',
  'EXPN staff',
  'HELP',
  'STARTTLS',
  'AUTH PLAIN AGFsaWNlAHNlY3JldA==',
  'AUTH SCRAM-SHA-256',
  'AUTH GSSAPI',
  'AUTH PLAIN !',
  'MAIL alice',
  'RCPT bob',
  'DATA now',
  'BDAT x',
  'STARTTLS now',
  'FROB',
  'QUIT',
]
const long = 'x'.repeat(COMMAND_LINE_LIMIT)

function commandMoves(context: SmtpServerContext): readonly Move[] {
  if (context.lineRunsOn) return [written({ type: 'lineTooLong' }, 'x\r\n')]
  return [
    ...LINES.map((line) => written(unitOfCommand(parseCommand(octets(line), offersAuth(context))), `${line}\r\n`)),
    written({ type: 'lineRunsOn' }, long),
    written({ type: 'lineTooLong' }, `${long}\r\n`),
  ]
}

const RESPONSES: readonly Move[] = [
  written({ type: 'saslResponse', response: octets('abc') } as SessionEvent, 'YWJj\r\n'),
  written({ type: 'saslResponse', response: octets('') } as SessionEvent, '\r\n'),
  written({ type: 'saslCancelled' }, '*\r\n'),
  written({ type: 'notBase64' }, '!!!\r\n'),
]

const ANSWERS: Readonly<Record<string, readonly object[]>> = {
  checkingRecipient: [
    { type: 'recipientAccepted' },
    { type: 'recipientRefused', reply: replies.noSuchUser },
    { type: 'recipientRefused', reply: replies.tryAgainLater },
  ],
  authenticating: [
    { type: 'saslChallenge', challenge: octets('Go on') },
    { type: 'authenticated', user: 'alice' },
    { type: 'authenticationFailed' },
    { type: 'authenticationFailed', malformed: 'this is no message' },
  ],
  storing: [
    { type: 'messageTaken', queueId: 'Q1' },
    { type: 'messageRefused', reply: replies.mailboxFull },
  ],
  verifyingUser: [{ type: 'userVerified', reply: replies.cannotVerify }],
}

const peer = { name: 'a.example', address: '192.0.2.1', port: 40_000, localPort: 25 }

/** All possible moves in a state. */
function movesIn(snapshot: Snapshot): readonly Move[] {
  const { context, value } = snapshot
  const moves: Move[] = []
  if (value === 'listening')
    moves.push({ event: { type: 'opened', peer } as SessionEvent, input: { type: 'opened', peer } })
  if (value === 'securing') moves.push({ event: { type: 'secured' }, input: { type: 'secured' } })
  if (snapshot.hasTag('reads:command')) moves.push(...commandMoves(context))
  if (snapshot.hasTag('reads:saslResponse')) moves.push(...RESPONSES)
  if (snapshot.hasTag('reads:mailData')) {
    moves.push(written({ type: 'endOfMailData', octets: octets('Hi.\r\n') } as SessionEvent, 'Hi.\r\n.\r\n'))
    moves.push(written({ type: 'endOfMailData', octets: octets('a\nb\r\n') } as SessionEvent, 'a\nb\r\n.\r\n'))
    const large = `${'x'.repeat(200)}\r\n`
    moves.push(written({ type: 'endOfMailData', octets: octets(large) } as SessionEvent, `${large}.\r\n`))
  }
  if (snapshot.hasTag('reads:chunk')) {
    const chunk = 'x'.repeat(context.chunk?.left ?? 0)
    moves.push(written({ type: 'chunkPart', octets: octets(chunk) } as SessionEvent, chunk))
  }
  for (const answer of ANSWERS[stateName(value)] ?? []) moves.push(answered(answer as SessionEvent))
  for (const timer of timersOf(snapshot)) moves.push({ event: { type: timer }, input: { type: 'expired', timer } })
  if (snapshot.status === 'active') {
    moves.push({ event: { type: 'closed', why: 'reset' } as SessionEvent, input: { type: 'closed', why: 'reset' } })
  }
  return moves
}

const timersOf = (snapshot: Snapshot): readonly string[] =>
  snapshot.can({ type: 'commandTimeout' })
    ? ['commandTimeout']
    : snapshot._nodes.flatMap((node) => node.after.map(({ eventType }) => eventType))

/** The key of a moment: two sessions with the same key have the same future. */
function kindOf(snapshot: Snapshot): string {
  const { envelope, chunk, ...context } = snapshot.context
  return JSON.stringify([
    snapshot.value,
    { ...context, mistakes: 0, mailData: '', candidate: null },
    envelope && [envelope.smtpUtf8, envelope.forwardPaths.length],
    chunk && [chunk.last, chunk.refusal?.code],
  ])
}

const known = new Set(smtpCatalogue.map(({ name }) => name))

/** Every reply with its code and enhanced code is in the catalogue, and no line is longer than 512 octets. */
function checkReplies(outputs: readonly Output[]): void {
  for (const output of outputs) {
    if (output.type !== 'send') continue
    for (const line of output.octets.split('\r\n').slice(0, -1)) {
      const [code = '', enhanced] = line.split(/[ -]/)
      if (!known.has(code)) throw new Error(`not in the catalogue: ${line}`)
      if (enhanced && /^[245]\.\d+\.\d+$/.test(enhanced) && !known.has(enhanced))
        throw new Error(`unknown code: ${line}`)
      if (line.length > 510) throw new Error(`too long: ${line}`)
    }
    if (!output.means.parsed) throw new Error(`no meaning: ${output.octets}`)
  }
}

/** Every input has an effect: a reply, a question to the host, or a message or line that is not finished. */
function checkAnswered(snapshot: Snapshot, { input, event }: Move, outputs: readonly Output[]): void {
  if (input.type !== 'received' || event.type === 'lineRunsOn') return
  const said = outputs.filter((output) => output.type === 'send').length
  const asked = outputs.some((output) => output.type === 'ask' && output.question.type !== 'saslCancelled')
  const began = event.type === 'BDAT'
  if (said + (asked ? 1 : 0) !== (began && said === 0 && !asked ? 0 : 1))
    throw new Error(`${said} replies to ${event.type} in ${stateName(snapshot.value)}`)
}

/** Most walks leave out the moves that end a session, otherwise they would be short. */
const staysOpen = ({ event, input }: Move): boolean => input.type !== 'expired' && !/closed|QUIT/.test(event.type)

/** The moves that begin a message, so that walks reach the states that accept messages. */
function onward(snapshot: Snapshot): readonly Move[] {
  const { secure, tls, user, requireAuthentication, helloName } = snapshot.context
  const next: Readonly<Record<string, RegExp>> = {
    'ready.waiting': /^EHLO/,
    'ready.tlsRequired': helloName === '' ? /^EHLO/ : /^STARTTLS/,
    'ready.greeted':
      !secure && tls !== 'none' ? /^STARTTLS/ : requireAuthentication && !user ? /^(?:AUTH|MAIL)/ : /^MAIL/,
    'ready.transaction.senderKnown': /^RCPT/,
    checkingRecipient: /^recipientAccepted/,
    'ready.transaction.recipientsKnown': /^(?:DATA|BDAT)/,
    'ready.transaction.chunksUnderWay': /^BDAT/,
    authenticating: /^authenticated/,
    'ready.transaction.chunksRefused': /^RSET/,
  }
  const wanted = next[stateName(snapshot.value)] ?? /./
  return movesIn(snapshot).filter(
    (move) => staysOpen(move) && wanted.test(move.event.type) && !('mistake' in move.event),
  )
}

describe.each(Object.entries(inputs))('%s', (_, profile) => {
  const input: SmtpServerInput = { ...profile, maxRecipients: 2, maxSize: 100 }

  it('walks every shortest path with real octets', () => {
    const byEvent = new Map<string, Move>()
    const paths = getShortestPaths(smtpServerMachine, {
      input,
      limit: 100_000,
      serializeState: (snapshot) => kindOf(snapshot as Snapshot),
      events: (snapshot) => {
        const moves = movesIn(snapshot as Snapshot)
        for (const move of moves) byEvent.set(JSON.stringify(move.event), move)
        return moves.map(({ event }) => event as never)
      },
    })
    const reached = new Set<string>()
    const steps = paths.map(({ steps, state }) => ({ steps, state: state as Snapshot }))
    for (const { steps: path, state } of steps) {
      let [session, outputs] = startSession(smtpServer, input)
      for (const { event } of path) {
        const move = byEvent.get(JSON.stringify(event))
        if (!move) continue // the beginning, which is none of our moves
        ;[session, outputs] = step(smtpServer, session, move.input)
        checkReplies(outputs)
      }
      expect(session.machine.value).toEqual(state.value)
      expect(kindOf(session.machine as unknown as Snapshot)).toBe(kindOf(state))
      reached.add(stateName(state.value))
    }
    expect([...reached].sort()).toEqual(statesOf(input))
  }, 60_000)

  it('walks at random: every accepted message was allowed, and pieces make no difference', () => {
    const walk = fc.array(fc.noBias(fc.nat(10_000)), { minLength: 40, maxLength: 60 })
    let taken = 0
    const play = (choices: readonly number[]): void => {
      let [session] = startSession(smtpServer, input)
      let [slow] = startSession(smtpServer, input)
      for (const choice of choices) {
        const snapshot = smtpServerMachine.resolveState(session.machine as never) as Snapshot
        const moves = choice % 4 === 0 ? movesIn(snapshot).filter(staysOpen) : onward(snapshot)
        const move = moves[Math.floor(choice / 4) % moves.length]
        if (!move) break
        const [next, outputs] = step(smtpServer, session, move.input)
        checkReplies(outputs)
        // After many mistakes the answer waits for the end of a pause.
        if (stateName(next.machine.value) !== 'pausing') checkAnswered(snapshot, move, outputs)
        const [slower, again] = inPieces(slow, move.input)
        expect(sentIn(again)).toBe(sentIn(outputs))
        for (const question of questionsIn(outputs)) {
          if (question.type !== 'takeMessage') continue
          taken++
          checkTaken(input, next, question)
        }
        session = next
        slow = slower
      }
      expect(slow.machine.value).toEqual(session.machine.value)
    }
    fc.assert(fc.property(walk, play), { numRuns: 80, seed: 5321 })
    expect(taken).toBeGreaterThan(50)
  }, 60_000)
})

/** The same octets one by one. */
function inPieces(session: Session, input: Input): readonly [Session, readonly Output[]] {
  if (input.type !== 'received') return step(smtpServer, session, input)
  const all: Output[] = []
  const pieces = input.octets.length > 200 ? (input.octets.match(/.{1,997}/gs) ?? []) : [...input.octets]
  for (const piece of pieces) {
    const [next, outputs] = step(smtpServer, session, { type: 'received', octets: piece as Octets })
    session = next
    all.push(...outputs)
  }
  return [session, all]
}

const sentIn = (outputs: readonly Output[]): string =>
  outputs.map((output) => (output.type === 'send' ? output.octets : '')).join('')
const questionsIn = (outputs: readonly Output[]): readonly SmtpServerQuestion[] =>
  outputs.flatMap((output) => (output.type === 'ask' ? [output.question as SmtpServerQuestion] : []))

/** No message without a sender and a recipient, without a required login, or without required TLS. */
function checkTaken(
  input: SmtpServerInput,
  session: Session,
  question: Extract<SmtpServerQuestion, { type: 'takeMessage' }>,
): void {
  const context = session.machine.context as SmtpServerContext
  expect(question.envelope.forwardPaths.length).toBeGreaterThan(0)
  expect(question.envelope.forwardPaths.length).toBeLessThanOrEqual(input.maxRecipients)
  expect(question.message.length).toBeLessThanOrEqual(input.maxSize)
  if (input.requireAuthentication) expect(question.user).toBe('alice')
  if (input.tls === 'required' || input.tls === 'implicit') expect(context.secure).toBe(true)
  expect(question.protocol.includes('S', 'ESMTP'.length)).toBe(context.secure && question.protocol !== 'SMTP')
  if (input.bareLineFeed === 'refuse') expect(question.message).not.toMatch(/(?<!\r)\n/)
}

/** All leaf states, except those that this server cannot reach, transient ones, and the pause after many mistakes. */
function statesOf({ mechanisms, tls }: SmtpServerInput): readonly string[] {
  const all = leavesOf(smtpServerMachine).flatMap(({ stateNode }) => stateNode.path.join('.'))
  const never = new Set(['returning', 'mistaken', 'pausing'])
  if (mechanisms.length === 0) for (const name of ['authenticating', 'awaitingResponse']) never.add(name)
  if (tls === 'none' || tls === 'implicit') never.add('securing')
  if (tls !== 'required') never.add('ready.tlsRequired')
  return all.filter((name) => !never.has(name)).sort()
}
