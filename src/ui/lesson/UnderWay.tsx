import { toText } from '../../base/octets'
import { lessonText } from '../../messages/lesson'
import { terminalsIn } from '../../view/run/terminal'
import { linesOf } from '../../view/run/transcript'
import type { Fact } from '../../world/fact'
import { useRun } from '../run/RunContext'
import { useMoment, useNames } from '../run/useMoment'
import { isAtEnd } from '../stage/present'
import styles from './lesson.module.css'

interface UnderWayProps {
  /** The order of the first fact that the learner caused. */
  readonly from: number
  /** Which of the task's goals are reached. */
  readonly reached: readonly boolean[]
}

/** Neither reached nor refused: the server waits for the next line, there is more to see, or the learner goes on. */
export function UnderWay({ from, reached }: UnderWayProps) {
  const { seen, history, timeline, t } = useMoment()
  const more = !useRun(isAtEnd)
  const names = useNames()
  const open = terminalsIn(seen).findLast(({ phase }) => phase === 'open')
  const connection = open?.connection
  const answer =
    connection && [...linesOf(history, connection.connection, t)].findLast(({ speaker }) => speaker === 'server')
  const isWriting = connection?.protocol === 'SMTP' && answer !== undefined && toText(answer.octets).startsWith('354')
  const called = timeline.interventions.findLast((each) => each.type === 'connected' && each.at <= t)
  // A letter that is on its way is followed, even if its call is still open.
  const isSent = timeline.trace.some((fact) => fact.at <= t && fact.at >= (called?.at ?? 0) && isSending(fact, from))
  const some = reached.filter(Boolean).length
  const next = isWriting
    ? lessonText('lineOfLetter')
    : open && !(isSent && more)
      ? lessonText('yourLine', { server: names.short(connection?.server ?? open.to) })
      : more && isSent
        ? lessonText('underWay')
        : lessonText(some > 0 ? 'rest' : more ? 'notYetMore' : 'notYet')
  return (
    <p className={styles.note}>
      {some > 0 && `${lessonText('partly', { reached: some, all: reached.length })} `}
      {next}
    </p>
  )
}

const isSending = (fact: Fact, from: number): boolean =>
  fact.order >= from && (fact.type === 'messageWritten' || fact.type === 'messageQueued')
