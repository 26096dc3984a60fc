import { logText } from '../../messages/log'
import { factOf } from '../../world/trace'
import { reasonText } from '../reasonText'
import type { RunView } from '../run/runView'
import { waitText } from '../waitText'
import type { LogEntry } from './log'

/** The meaning of a line, in one or two sentences. */
export function explained({ timeline }: RunView, { kind, fact: order }: LogEntry): string {
  const fact = factOf(timeline.trace, order)
  switch (kind) {
    case 'deferred':
      return fact?.type === 'messageDeferred'
        ? logText('explain.deferred', { reason: reasonText(fact.reason), wait: waitText(fact.nextTry - fact.at) })
        : ''
    case 'bounced': {
      if (fact?.type !== 'messageBounced') return ''
      const { reason } = fact
      return reason.id === 'gaveUp'
        ? logText('explain.expired', { reason: reasonText(reason.last) })
        : logText('explain.bounced', { reason: reasonText(reason) })
    }
    case 'notSubmitted':
      return fact?.type === 'submissionFailed'
        ? logText('explain.notSubmitted', { reason: reasonText(fact.reason) })
        : ''
    default:
      return logText(`explain.${kind}`)
  }
}
