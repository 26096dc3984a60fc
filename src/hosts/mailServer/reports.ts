import type { SmtpBody, SmtpDsn, SmtpNotify } from '../../protocols/smtp'
import type { Turn } from '../turn'
import { complete } from './config'
import type { Obstacle } from './deliveryMachine'
import { type NoticeAction, noticeOf, type RecipientReport } from './notice'
import { type MailServerState, type QueueEntry, queueIdOf } from './state'

/** Who hears what of a letter's fate, and when (RFC 3461 section 5.2). Each gives back the notice to be sent, if there is one. */

type ServerTurn = Turn<MailServerState>

/** A letter of which something is told. */
export type Reported = Omit<QueueEntry, 'recipients'>

/** A notice that is ready to be accepted by its own server. */
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
}

/** Whether a recipient's fate is of interest: failure and delay are, unless it was said otherwise; success only where it was asked for. */
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
  const queueId = queueIdOf(turn.state.nextQueueNumber)
  turn.change({ nextQueueNumber: turn.state.nextQueueNumber + 1 })
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
  return {
    queueId,
    letter: `${queueId}.notice@${hostName}`,
    envelope: {
      reversePath: '',
      forwardPaths: [of.reversePath],
      ...(eightBit ? { body: '8BITMIME' } : {}),
      ...(international ? { smtpUtf8: true } : {}),
      dsn: { recipients: { [of.reversePath]: { notify: ['NEVER'] } } },
    },
    message,
  }
}

/** Recipients for whom it is final. */
export function tellFailure(turn: ServerTurn, of: Reported, refusals: readonly Obstacle[]): ReadyNotice | undefined {
  const told = refusals.filter(({ forwardPath }) => wants(of, forwardPath, 'FAILURE'))
  const ready = notice(turn, of, 'failed', told)
  for (const refusal of refusals) {
    turn.note({
      type: 'messageBounced',
      host: turn.host.name,
      letter: of.letter,
      queueId: of.queueId,
      forwardPath: refusal.forwardPath,
      why: refusal.why,
      notice: ready && told.includes(refusal) ? ready.letter : 'none',
    })
  }
  return ready
}

/** Recipients whom the letter has not reached for so long that its sender should know. */
export function tellDelay(turn: ServerTurn, of: Reported, obstacles: readonly Obstacle[]): ReadyNotice | undefined {
  const { giveUpTime } = complete(turn.state.config)
  const told = obstacles.filter(({ forwardPath }) => wants(of, forwardPath, 'DELAY'))
  return notice(turn, of, 'delayed', told, of.arrived + giveUpTime * 1000)
}

/** Recipients to whom it went, and what is said of a server that sends no reports itself (section 5.2.2 b). */
export function tellSuccess(
  turn: ServerTurn,
  of: Reported,
  action: 'relayed' | 'delivered',
  forwardPaths: readonly string[],
  remote?: Obstacle['remote'],
): ReadyNotice | undefined {
  const told = forwardPaths.filter((forwardPath) => wants(of, forwardPath, 'SUCCESS'))
  const reports = told.map((forwardPath) => ({ forwardPath, why: '', ...(remote ? { remote } : {}) }))
  return notice(turn, of, action, reports)
}
