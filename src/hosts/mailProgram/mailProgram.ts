import type { Octets } from '../../base/octets'
import { seconds } from '../../base/time'
import { messageId } from '../../mail/message'
import type { Outcome } from '../../protocols/dns'
import type { ImapClientQuestion } from '../../protocols/imap'
import type { ClientInput as Pop3ClientInput } from '../../protocols/pop3'
import type { SmtpClientQuestion } from '../../protocols/smtp'
import { nonceOf, type SaslMechanism } from '../../sasl'
import { isImplicitTls } from '../../session/service'
import type { Happening, HostRole } from '../../world/role'
import type { SessionId } from '../../world/world'
import { type Lookups, noLookups, reactLookup, startLookup } from '../dns/lookup'
import { type Purpose, sessionOf, Turn } from '../turn'
import { type ImapAccount, imapInput, markLetter, noteImap } from './imapAccount'
import {
  answerSubmission,
  type Connect,
  failed,
  type Outgoing,
  outboxExpired,
  putOff,
  resumeOutbox,
  type SubmissionPurpose,
  type SubmissionServer,
  submissionEnded,
  submit,
} from './outbox'

/** A mail program's part of a scenario (a mail user agent, RFC 5598 section 4.1). */
export interface MailProgramConfig {
  readonly accounts: readonly MailAccount[]
  readonly resolver: string
  /** Names and addresses that need no DNS, as from a hosts file. */
  readonly knownHosts?: Readonly<Record<string, string>>
}

export interface MailAccount {
  readonly address: string
  readonly user: string
  readonly password: string
  readonly submission?: SubmissionServer
  readonly retrieval?: Retrieval
}

export interface Retrieval {
  readonly protocol: 'IMAP' | 'POP3'
  readonly host: string
  readonly port: number
  /** Default: implicit TLS on ports 993 and 995, elsewhere STARTTLS or STLS if offered. */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** Login mechanisms; by default all. If none is left, the login is USER and PASS, or LOGIN. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** POP3: fetched messages stay on the server, and unique-ids tell which are known. Otherwise they are removed. */
  readonly leaveOnServer?: boolean
  /** IMAP: stay connected and wait for news (RFC 2177). */
  readonly idle?: boolean
  /** Seconds from the beginning to the first check for mail; without it there are no automatic checks. */
  readonly first?: number
  /** Seconds between checks. */
  readonly every?: number
}

/** A message on this device. */
export interface Kept {
  readonly account: string
  readonly by: 'POP3' | 'IMAP'
  /** The server's UID (IMAP) or unique-id (POP3). */
  readonly uid: string
  readonly uidValidity?: number
  readonly letter: string
  readonly flags: readonly string[]
  readonly octets: Octets
}

export interface MailProgramState {
  readonly config: MailProgramConfig
  readonly kept: readonly Kept[]
  /** By the address of an IMAP account. */
  readonly imap?: Readonly<Record<string, ImapAccount>>
  readonly outbox: readonly Outgoing[]
  readonly lookups: Lookups
}

type ProgramTurn = Turn<MailProgramState>

interface RetrievalPurpose extends Purpose {
  readonly kind: 'retrieval'
  readonly account: string
}
interface TerminalPurpose extends Purpose {
  readonly kind: 'terminal'
  readonly terminal: string
}
/** The connection to open once the address is known. */
interface ConnectPurpose extends Purpose {
  readonly kind: 'connect'
  readonly port: number
  readonly protocol: string
  readonly input: object
  readonly purpose: Purpose
  readonly implicitTls?: true
}

const timerOf = (account: string): string => `look ${account}`
const accountOf = (state: MailProgramState, address: string): MailAccount | undefined =>
  state.config.accounts.find((account) => account.address === address)

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/

/** Connects to a host by name: from its own table, or by asking the resolver first. */
function connect(turn: ProgramTurn, name: string, to: Omit<ConnectPurpose, 'kind'>): void {
  const address = ADDRESS.test(name) ? name : turn.state.config.knownHosts?.[name]
  if (address !== undefined) {
    turn.do({ type: 'connect', address, ...to })
    return
  }
  const purpose: ConnectPurpose = { kind: 'connect', ...to }
  const [lookups, effects] = startLookup(turn.host, turn.state.lookups, name, 'A', purpose, turn.env)
  turn.change({ lookups })
  for (const effect of effects) turn.do(effect)
}

function lookupEnded(turn: ProgramTurn, asked: string, purpose: ConnectPurpose, outcome: Outcome): void {
  // As its person wrote it: without the dot of an absolute name.
  const name = asked.replace(/\.$/, '')
  const address = outcome.records.flatMap((record) => (record.type === 'A' ? [record.address] : []))[0]
  if (address !== undefined) {
    const { kind: _, ...to } = purpose
    turn.do({ type: 'connect', address, ...to })
  } else if (purpose.purpose.kind === 'submission') {
    const { number } = purpose.purpose as SubmissionPurpose
    const { status } = outcome
    if (status === 'servfail' || status === 'timeout')
      putOff(turn, number, { id: 'lookupFailed', name, outcome: status, status: '4.4.3' })
    else if (status === 'nxdomain') failed(turn, number, { id: 'noSuchDomain', name, status: '5.1.2' })
    else failed(turn, number, { id: 'noAddress', name, status: '5.4.4' })
  }
}

const connectFor =
  (turn: ProgramTurn): Connect =>
  (name, to) =>
    connect(turn, name, to)

/** Checks one account for mail: by a new session, or through the existing one. */
function look(turn: ProgramTurn, address: string): void {
  const account = accountOf(turn.state, address)
  if (!account?.retrieval) return
  const running = Object.entries(turn.host.sessions).find(([, hosted]) => {
    const purpose = hosted.purpose as RetrievalPurpose | undefined
    return purpose?.kind === 'retrieval' && purpose.account === address
  })
  const { retrieval } = account
  if (retrieval.every !== undefined) {
    turn.do({ type: 'setTimer', timer: timerOf(address), after: seconds(retrieval.every) })
  }
  if (running) {
    if (retrieval.protocol === 'IMAP') turn.do({ type: 'want', session: running[0], intent: { type: 'check' } })
    return
  }
  const { host, port, tls = isImplicitTls(port) ? 'implicit' : 'opportunistic' } = retrieval
  const input =
    retrieval.protocol === 'POP3' ? pop3Input(turn, account, retrieval, tls) : imapInput(turn, account, retrieval, tls)
  const purpose: RetrievalPurpose = { kind: 'retrieval', account: address }
  const protocol = retrieval.protocol === 'POP3' ? 'pop3.client' : 'imap.client'
  connect(turn, host, { port, protocol, input, purpose, ...(tls === 'implicit' ? { implicitTls: true } : {}) })
}

const pop3Input = (
  { state, host, env }: ProgramTurn,
  { address, user, password }: MailAccount,
  { leaveOnServer = false, mechanisms }: Retrieval,
  tls: NonNullable<Retrieval['tls']>,
): Pop3ClientInput => ({
  user,
  password,
  leaveOnServer,
  known: state.kept.flatMap((kept) => (kept.account === address && kept.by === 'POP3' ? [kept.uid] : [])),
  tls,
  ...(mechanisms && { mechanisms }),
  nonce: nonceOf(`${host.name} ${address} ${env.now} ${env.chance}`),
})

type RetrievalQuestion =
  | { readonly type: 'messageCollected'; readonly uid: string; readonly octets: Octets }
  | ImapClientQuestion

/** Seconds until a device that stays connected reconnects after a broken connection. */
const REDIAL_AFTER = 60

function answerRetrieval(turn: ProgramTurn, session: SessionId, account: string, question: RetrievalQuestion): void {
  if (question.type !== 'messageCollected') noteImap(turn, account, question)
  switch (question.type) {
    case 'messageCollected':
    case 'messageFetched': {
      const by = question.type === 'messageCollected' ? 'POP3' : 'IMAP'
      const uid = String(question.uid)
      const letter = messageId(question.octets) ?? `${account}/${uid}`
      const kept: Kept = {
        account,
        by,
        uid,
        letter,
        octets: question.octets,
        flags: question.type === 'messageFetched' ? question.flags : [],
        ...(question.type === 'messageFetched' ? { uidValidity: question.uidValidity } : {}),
      }
      const others = turn.state.kept.filter((old) => old.account !== account || old.uid !== uid)
      turn.change({ kept: [...others, kept] })
      turn.note({ type: 'messageFetched', host: turn.host.name, by, account, letter, uid })
      turn.answer(session, { type: 'kept' })
      return
    }
    case 'mailboxNews': {
      const gone = new Set(question.expunged.map(String))
      const news = new Map(question.flags.map(({ uid, flags }) => [String(uid), flags]))
      const isGone = (old: Kept): boolean => old.account === account && old.by === 'IMAP' && gone.has(old.uid)
      for (const { uid } of turn.state.kept.filter(isGone))
        turn.note({ type: 'copyDropped', host: turn.host.name, account, uid })
      const kept = turn.state.kept
        .filter((old) => !isGone(old))
        .map((old) => (old.account === account && news.has(old.uid) ? { ...old, flags: news.get(old.uid) ?? [] } : old))
      turn.change({ kept })
      turn.answer(session, { type: 'kept' })
      return
    }
    case 'sessionLost':
      if (accountOf(turn.state, account)?.retrieval?.idle) {
        turn.do({ type: 'setTimer', timer: timerOf(account), after: seconds(REDIAL_AFTER) })
      }
      turn.answer(session, { type: 'kept' })
      return
    default:
      // Every other question is only a report, so a plain answer is enough.
      turn.answer(session, { type: 'kept' })
  }
}

function terminalSession(turn: ProgramTurn, terminal: string): SessionId | undefined {
  const found = Object.entries(turn.host.sessions).find(([, hosted]) => {
    const purpose = hosted.purpose as TerminalPurpose | undefined
    return purpose?.kind === 'terminal' && purpose.terminal === terminal
  })
  return found?.[0]
}

function intervened(turn: ProgramTurn, { intervention }: Extract<Happening, { type: 'intervened' }>): void {
  switch (intervention.type) {
    case 'submitted':
      submit(turn, connectFor(turn), intervention.account, intervention.forwardPaths, intervention.message)
      return
    case 'collected':
      look(turn, intervention.account)
      return
    case 'connected': {
      const purpose: TerminalPurpose = { kind: 'terminal', terminal: intervention.terminal }
      const { to, port, implicitTls } = intervention
      const tls = implicitTls ? { implicitTls } : {}
      connect(turn, to, { port, protocol: 'text.client', input: { startsTls: true }, purpose, ...tls })
      return
    }
    case 'typed':
    case 'hungUp': {
      const session = terminalSession(turn, intervention.terminal)
      if (session === undefined) return
      const intent = intervention.type === 'typed' ? { type: 'type', octets: intervention.octets } : { type: 'hangUp' }
      turn.do({ type: 'want', session, intent })
      return
    }
    case 'marked': {
      const found = Object.entries(turn.host.sessions).find(([, hosted]) => {
        const purpose = hosted.purpose as RetrievalPurpose | undefined
        return purpose?.kind === 'retrieval' && purpose.account === intervention.account
      })
      markLetter(turn, intervention.account, intervention.uid, intervention.as, found?.[0])
      return
    }
    default:
      return
  }
}

/** Writes, submits and collects mail: a mail user agent with its user. */
export const mailProgram: HostRole<MailProgramState, MailProgramConfig> = {
  start: (config) => ({ config, kept: [], outbox: [], lookups: noLookups(config.resolver) }),
  listeners: () => [],
  // Fetched and unsent messages are on disk; lookups are not.
  restart: (state) => ({ ...state, lookups: noLookups(state.config.resolver) }),
  react(host, happening, env) {
    const turn = new Turn(host, env)
    const looked = reactLookup(host, turn.state.lookups, happening)
    if (looked) {
      turn.change({ lookups: looked.lookups })
      for (const effect of looked.effects) turn.do(effect)
      const { ended } = looked
      if (ended) lookupEnded(turn, ended.name, ended.purpose as ConnectPurpose, ended.outcome)
      return turn.result
    }
    switch (happening.type) {
      case 'booted':
        resumeOutbox(turn, connectFor(turn))
        for (const { address, retrieval } of turn.state.config.accounts) {
          if (retrieval?.first === undefined) continue
          turn.do({ type: 'setTimer', timer: timerOf(address), after: seconds(retrieval.first) })
        }
        break
      case 'expired':
        if (outboxExpired(turn, connectFor(turn), happening.timer)) break
        for (const { address } of turn.state.config.accounts) {
          if (happening.timer === timerOf(address)) look(turn, address)
        }
        break
      case 'asked': {
        const { purpose } = sessionOf(host, happening.session)
        if (purpose?.kind === 'submission') {
          answerSubmission(
            turn,
            happening.session,
            (purpose as SubmissionPurpose).number,
            happening.question as SmtpClientQuestion,
          )
        } else if (purpose?.kind === 'retrieval') {
          answerRetrieval(
            turn,
            happening.session,
            (purpose as RetrievalPurpose).account,
            happening.question as RetrievalQuestion,
          )
        }
        break
      }
      case 'intervened':
        intervened(turn, happening)
        break
      case 'sessionEnded': {
        const purpose = happening.purpose as SubmissionPurpose | undefined
        if (purpose?.kind === 'submission') submissionEnded(turn, purpose.number)
        break
      }
      default:
        break
    }
    return turn.result
  },
}
