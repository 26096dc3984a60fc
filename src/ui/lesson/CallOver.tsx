import { toText } from '../../base/octets'
import type { Instant } from '../../base/time'
import { lessonText } from '../../messages/lesson'
import { terminalsIn } from '../../view/run/terminal'
import { useRun, useRunActions } from '../run/RunContext'
import { useMoment } from '../run/useMoment'
import { joined } from '../shell/rich'
import { A_MOMENT } from './beginAnew'
import { useDesk } from './desk'
import styles from './lesson.module.css'

/** The last call of the learner is over, and nothing more can be said in it: the way back to before its last line. */
export function CallOver() {
  const { seen, timeline, t } = useMoment()
  const actions = useRunActions()
  const desk = useDesk()
  const playing = useRun((run) => run.playing)
  const terminals = terminalsIn(seen)
  const last = terminals.at(-1)
  // A call that a person has ended needs no way back.
  const said = timeline.interventions.findLast(
    (each) => (each.type === 'typed' || each.type === 'hungUp') && each.at <= t && each.terminal === last?.id,
  )
  if (playing || said?.type !== 'typed' || terminals.some(({ phase }) => phase !== 'ended')) return null
  const line = toText(said.octets).trim().split(/\r?\n/).at(-1) ?? ''
  const called = timeline.interventions.find((each) => each.type === 'connected' && each.terminal === last?.id)
  // After a letter was taken or removed, QUIT is the right end of a call.
  const isDone = timeline.trace.some(
    (fact) =>
      (fact.type === 'messageQueued' || fact.type === 'messageRemoved') &&
      fact.host === last?.to &&
      fact.at >= (called?.at ?? 0) &&
      fact.at <= t,
  )
  if (isDone && /^(?:quit|\S+ logout)$/i.test(line)) return null
  return (
    <p className={styles.over} role="status">
      <span>{lessonText('callOver')}</span>{' '}
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          actions.seek((said.at - A_MOMENT) as Instant)
          // In a narrow window the next line is typed in another tab.
          desk.show('dialogue')
        }}
      >
        {joined(
          lessonText.parts('backBefore', { line, code: (inside) => <code translate="no">{joined(inside)}</code> }),
        )}
      </button>
    </p>
  )
}
