import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { logText } from '../../messages/log'
import { explained } from '../../view/log/explain'
import { asText, type LogFilter, linesBy, type ShownLine, shownLog } from '../../view/log/shown'
import { viewOf } from '../../view/run/runView'
import { clockText } from '../../view/stage/clock'
import type { Host } from '../../world/world'
import { goToFact, selectionFor } from '../events/selectEvent'
import styles from '../panels/panels.module.css'
import { useRun, useRunActions } from '../run/RunContext'
import { type Moment, timeInWords } from '../run/useMoment'
import { code, joined } from '../shell/rich'
import own from './log.module.css'
import room from './machine.module.css'
import { Section } from './Section'

interface LogProps {
  readonly host: Host
  readonly moment: Moment
}

/** The log of a host up to this moment, the newest line in sight. A line selects its fact. */
export function Log({ host, moment: { timeline, t } }: LogProps) {
  const actions = useRunActions()
  const view = viewOf(timeline)
  const [filter, setFilter] = useState<LogFilter>({ text: '' })
  const count = linesBy(view, host.name, t)
  const shown = useMemo(() => shownLog(view, host.name, count, filter), [view, host.name, count, filter])
  const { lines, queueIds, more } = shown
  const selected = useRun(({ selection }) => selection.fact)
  /** The line that was chosen here: one fact may have several lines. */
  const [wanted, setWanted] = useState<string>()
  const chosen = lines.find((line) => line.entry.fact === selected && (wanted === undefined || keyOf(line) === wanted))
  const choose = (line: ShownLine): void => {
    setWanted(keyOf(line))
    // Time stays: otherwise all later lines would vanish.
    actions.select(selectionFor(view, line.entry.fact))
  }
  return (
    <Section title={logText('title')} aside={logText('lines', { count })}>
      {count === 0 ? (
        <p className={room.note}>{logText('empty')}</p>
      ) : (
        <>
          <div className={own.tools}>
            <input
              className={styles.field}
              type="search"
              aria-label={logText('find')}
              placeholder={logText('find')}
              value={filter.text}
              onChange={(event) => setFilter({ ...filter, text: event.target.value })}
            />
            {(queueIds.length > 0 || filter.queueId !== undefined) && (
              <select
                className={styles.select}
                aria-label={logText('queue')}
                value={filter.queueId ?? ''}
                onChange={({ target: { value } }) =>
                  setFilter({ text: filter.text, ...(value === '' ? {} : { queueId: value }) })
                }
              >
                <option value="">{logText('allQueues')}</option>
                {[...new Set([...(filter.queueId === undefined ? [] : [filter.queueId]), ...queueIds])].map((id) => (
                  <option key={id} value={id} translate="no">
                    {id}
                  </option>
                ))}
              </select>
            )}
            <Copy text={() => asText(view, host.name, lines)} of={lines} />
          </div>
          {lines.length === 0 ? (
            <p className={room.note}>{logText('noneFit')}</p>
          ) : (
            <Lines lines={lines} more={more} chosen={chosen} onChoose={choose} />
          )}
          <p className={own.meaning} aria-live="polite">
            {chosen ? explained(view, chosen.entry) : logText('chooseLine')}
          </p>
          {chosen && (
            <button
              type="button"
              className={`as-link ${styles.textButton}`}
              onClick={() => goToFact(view, chosen.entry.fact, actions)}
            >
              {joined(logText.parts('showAt', { time: clockText(chosen.entry.at), code }))}
            </button>
          )}
        </>
      )}
    </Section>
  )
}

const keyOf = ({ entry: { fact, kind, recipient = '' } }: ShownLine): string => `${fact} ${kind} ${recipient}`

interface LinesProps {
  readonly lines: readonly ShownLine[]
  readonly more: boolean
  readonly chosen: ShownLine | undefined
  onChoose(line: ShownLine): void
}

function Lines({ lines, more, chosen, onChoose }: LinesProps) {
  const box = useRef<HTMLOListElement>(null)
  const last = lines.at(-1)?.entry
  // The newest line is in sight, unless one was chosen.
  const follows = chosen === undefined
  useLayoutEffect(() => {
    if (box.current && follows) box.current.scrollTop = box.current.scrollHeight
  }, [last, follows])
  return (
    <ol ref={box} className={own.lines} aria-label={logText('list')} tabIndex={0}>
      {more && <li className={own.older}>{logText('older')}</li>}
      {lines.map((line) => (
        <li key={keyOf(line)}>
          <button
            type="button"
            className={own.line}
            aria-pressed={line === chosen}
            translate="no"
            onClick={() => onChoose(line)}
          >
            <span className={own.time}>{timeInWords(line.entry.at)}</span>
            <span>
              <b>{line.program}:</b> {line.text}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}

/** Copies the shown lines, and says so until they change. */
function Copy({ text, of }: { readonly text: () => string; readonly of: readonly ShownLine[] }) {
  const [copied, setCopied] = useState<typeof of>()
  const copy = (): void => {
    void navigator.clipboard.writeText(text()).then(() => setCopied(of))
  }
  return (
    <button type="button" className={room.button} disabled={of.length === 0} onClick={copy}>
      {logText(copied === of ? 'copied' : 'copy')}
    </button>
  )
}
