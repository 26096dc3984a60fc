import type { SmtpBody, SmtpDsn, SmtpNotify } from '../../protocols/smtp'
import type { NoticeEvent } from '../../world/fact'
import type { Turn } from '../turn'
import { complete } from './config'
import type { Obstacle } from './deliveryMachine'
import { isPostmaster } from './localAddresses'
import { type NoticeAction, noticeOf, type RecipientReport } from './notice'
import { forwardedToPostmaster } from './postmasterNotice'
import { type MailServerState, type QueueEntry, queueIdOf } from './state'

/**
 * The notices about a message's delivery, by recipient and event (RFC 3461 section 5.2). Each function returns the notice to
 * send, if there is one.
 */

type ServerTurn = Turn<MailServerState>

/** A message that is reported on. */
export type Reported = Omit<QueueEntry, 'recipients'>

/** The postmaster, who gets failures of mail with a null reverse-path; undefined if this server has no mailboxes. */
function postmasterOf({ config }: MailServerState): string | undefined {
  const local = config.domains.find(({ deliverTo }) => deliverTo === undefined) ?? config.domains[0]
  return local && `postmaster@${local.domain}`
}

/**
 * A message with a null reverse-path, mostly a notice, cannot be delivered: the local postmaster gets it (RFC 3461 section 5.2,
 * RFC 5321 section 4.5.5). A failed message to a postmaster is not reported, to prevent loops.
 */
function tellPostmaster(turn: ServerTurn, of: Reported, refusals: readonly Obstacle[]): ReadyNotice | undefined {
  const postmaster = postmasterOf(turn.state)
  const told = refusals.filter(({ forwardPath }) => !isPostmaster(forwardPath))
  if (postmaster === undefined || told.length === 0) return undefined
  const { hostName } = turn.state.config
  const queueId = takeQueueId(turn)
  const { message, eightBit } = forwardedToPostmaster({
    hostName,
    queueId,
    postmaster,
    message: of.message,
    reports: told,
    unixMs: turn.civil,
  })
  const about = { about: of.letter, event: 'unreturnable' } as const
  return ready(hostName, queueId, postmaster, message, about, eightBit ? { body: '8BITMIME' } : {})
}

function takeQueueId(turn: ServerTurn): string {
  const queueId = queueIdOf(turn.state.nextQueueNumber)
  turn.change({ nextQueueNumber: turn.state.nextQueueNumber + 1 })
  return queueId
}

/** With the null reverse-path, and never reported itself. */
const ready = (
  hostName: string,
  queueId: string,
  forwardPath: string,
  message: QueueEntry['message'],
  notice: ReadyNotice['notice'],
  needs: { readonly body?: SmtpBody; readonly smtpUtf8?: true },
): ReadyNotice => ({
  queueId,
  notice,
  letter: `${queueId}.notice@${hostName}`,
  envelope: {
    reversePath: '',
    forwardPaths: [forwardPath],
    ...needs,
    dsn: { recipients: { [forwardPath]: { notify: ['NEVER'] } } },
  },
  message,
})

/** A notice that its own server can accept. */
export interface ReadyNotice {
  readonly queueId: string
  readonly letter: string
  readonly envelope: {
    readonly reversePath: ''
    readonly forwardPaths: readonly [string]
    readonly body?: SmtpBody
    readonly smtpUtf8?: true
    readonly dsn: SmtpDsn
  }
  readonly message: QueueEntry['message']
  readonly notice: { readonly about: string; readonly event: NoticeEvent }
}

/** True if the sender wants this report: failure and delay by default; success only on request. */
function wants(of: Reported, forwardPath: string, what: SmtpNotify): boolean {
  const notify = of.dsn?.recipients?.[forwardPath]?.notify
  return notify === undefined ? what !== 'SUCCESS' : notify.includes(what)
}

function notice(
  turn: ServerTurn,
  of: Reported,
  action: NoticeAction,
  reports: readonly RecipientReport[],
  willRetryUntil?: number,
): ReadyNotice | undefined {
  // A notice never causes a notice (RFC 5321 section 6.1).
  if (of.reversePath === '' || reports.length === 0) return undefined
  const { hostName } = turn.state.config
  const queueId = takeQueueId(turn)
  const until = willRetryUntil === undefined ? {} : { willRetryUntil }
  const { message, eightBit, international } = noticeOf({
    hostName,
    queueId,
    of,
    action,
    reports,
    unixMs: turn.civil,
    ...until,
  })
  const about = { about: of.letter, event: action }
  return ready(hostName, queueId, of.reversePath, message, about, {
    ...(eightBit ? { body: '8BITMIME' } : {}),
    ...(international ? { smtpUtf8: true } : {}),
  })
}

/** Recipients with a final failure. The fact names the notice to the sender. */
export function tellFailure(turn: ServerTurn, of: Reported, refusals: readonly Obstacle[]): ReadyNotice | undefined {
  const told = refusals.filter(({ forwardPath }) => wants(of, forwardPath, 'FAILURE'))
  const toSender = notice(turn, of, 'failed', told)
  const toPostmaster = of.reversePath === '' ? tellPostmaster(turn, of, refusals) : undefined
  for (const refusal of refusals) {
    turn.note({
      type: 'messageBounced',
      host: turn.host.name,
      letter: of.letter,
      queueId: of.queueId,
      forwardPath: refusal.forwardPath,
      reason: refusal.reason,
      ...(toSender && told.includes(refusal)
        ? { notice: toSender.letter }
        : { notice: 'none', noNotice: of.reversePath === '' ? 'nullReversePath' : 'notWanted' }),
      ...(toPostmaster && !isPostmaster(refusal.forwardPath) ? { toPostmaster: toPostmaster.letter } : {}),
    })
  }
  return toSender ?? toPostmaster
}

/** Recipients whose delay is long enough that the sender should know. */
export function tellDelay(turn: ServerTurn, of: Reported, obstacles: readonly Obstacle[]): ReadyNotice | undefined {
  const { giveUpTime } = complete(turn.state.config)
  const told = obstacles.filter(({ forwardPath }) => wants(of, forwardPath, 'DELAY'))
  return notice(turn, of, 'delayed', told, of.arrived + giveUpTime * 1000)
}

/** Recipients with a successful relay, and a text for a next server that sends no reports itself (section 5.2.2 b). */
export function tellSuccess(
  turn: ServerTurn,
  of: Reported,
  action: 'relayed' | 'delivered',
  forwardPaths: readonly string[],
  remote?: Obstacle['remote'],
): ReadyNotice | undefined {
  const told = forwardPaths.filter((forwardPath) => wants(of, forwardPath, 'SUCCESS'))
  const reports = told.map((forwardPath) => ({ forwardPath, ...(remote ? { remote } : {}) }))
  return notice(turn, of, action, reports)
}
