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
}

/** Neither reached nor refused: the server waits for the next line, there is more to see, or the learner goes on. */
export function UnderWay({ from }: UnderWayProps) {
  const { seen, history, timeline, t } = useMoment()
  const more = !useRun(isAtEnd)
  const names = useNames()
  const open = terminalsIn(seen).findLast(({ phase }) => phase === 'open')
  const connection = open?.connection
  const answer =
    connection && [...linesOf(history, connection.connection, t)].findLast(({ speaker }) => speaker === 'server')
  const isWriting = connection?.protocol === 'SMTP' && answer !== undefined && toText(answer.octets).startsWith('354')
  // A letter that was taken is followed, whatever line is still open.
  const isSent = timeline.trace.some((fact) => isTaken(fact, from) && fact.at <= t)
  return (
    <p className={styles.note}>
      {isWriting
        ? lessonText('lineOfLetter')
        : open && !(isSent && more)
          ? lessonText('yourLine', { server: names.short(connection?.server ?? open.to) })
          : lessonText(more ? 'underWay' : 'notYet')}
    </p>
  )
}

const isTaken = (fact: Fact, from: number): boolean =>
  fact.order >= from && (fact.type === 'messageQueued' || fact.type === 'messageDelivered')
