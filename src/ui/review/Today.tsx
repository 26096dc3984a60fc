import { type ReactNode, use, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Progress } from '../../learning/progress'
import type { ItemEntry } from '../../learning/question'
import { ahead, dueItems } from '../../learning/review'
import { reviewText } from '../../messages/review'
import { isForField } from '../dom/isForField'
import { useAfterRender } from '../dom/useAfterRender'
import { readText, writeText } from '../keeping/database'
import { lessonTitle } from '../lesson/lessons'
import { Line } from '../lesson/Prose'
import { endOfDay, weekday } from '../question/days'
import { openItems } from '../question/itemIndex'
import { joined } from '../shell/rich'
import styles from './review.module.css'

/** The most items that are listed; the others are counted. */
const MOST_LISTED = 6
/** Seconds that a question takes, by its kind. */
const SECONDS: Partial<Readonly<Record<ItemEntry['kind'], number>>> = {
  sort: 20,
  match: 20,
  single: 25,
  predict: 35,
  fix: 120,
  short: 120,
}

interface TodayProps {
  readonly progress: Progress
  readonly heading: 'h1' | 'h2'
  /** Begins at once; without it the button leads to the review. */
  onAsk?: (() => void) | undefined
  /** The list of questions and the week ahead are opened only on request: there is little room. */
  readonly folded?: boolean
  /** The thing to do if nothing comes back today. */
  readonly otherwise?: ReactNode
}

/** The questions of today, and those of the week ahead. On the very first visit there are none. */
export function Today({ progress, heading: Heading, onAsk, folded, otherwise }: TodayProps) {
  const entries = use(openItems())
  const now = Date.now()
  const due = dueItems(progress, endOfDay(now)).flatMap((id) => entries.find((entry) => entry.id === id) ?? [])
  const ends = Array.from({ length: 7 }, (_, day) => endOfDay(now, day))
  const counts = ahead(progress, ends)
  const any = Object.values(progress.quiz).some(({ memory }) => memory)
  const minutes = Math.max(1, Math.ceil(due.reduce((sum, { kind }) => sum + (SECONDS[kind] ?? 45), 0) / 60))
  const next = counts.findIndex((count, day) => day > 0 && count > 0)
  const { title, isOff, putOff } = usePutOff(endOfDay(now))
  if (due.length === 0) {
    return (
      <section className={styles.today} aria-labelledby="today">
        <p className={styles.day}>{weekday(now)}</p>
        <Heading id="today" className={styles.none}>
          {next === -1
            ? reviewText('nothing')
            : reviewText('nextOn', { day: weekday(ends[next] ?? now), count: counts[next] ?? 0 })}
        </Heading>
        {otherwise}
        {any ? <Ahead counts={counts} ends={ends} /> : <p className={styles.note}>{reviewText('nothingYet')}</p>}
      </section>
    )
  }
  if (isOff) {
    const [today = 0, tomorrow = 0, ...later] = counts
    return (
      <section className={styles.today} aria-labelledby="today">
        <p className={styles.day}>{weekday(now)}</p>
        <Heading id="today" ref={title} tabIndex={-1}>
          {reviewText('putOff', { count: due.length })}
        </Heading>
        <p>
          <button type="button" className="as-link" onClick={() => putOff(false)}>
            {reviewText('afterAll')}
          </button>
        </p>
        {otherwise}
        <Ahead counts={[0, today + tomorrow, ...later]} ends={ends} />
      </section>
    )
  }
  const list = (
    <>
      <ul className={styles.due}>
        {due.slice(0, MOST_LISTED).map((entry) => (
          <li key={entry.id}>
            <p className={styles.dueText} lang="en">
              <Line inlines={entry.text} />
            </p>
            <p className={styles.note}>
              <span lang={entry.lesson === undefined ? undefined : 'en'}>
                {entry.lesson === undefined ? reviewText('ofArticle') : lessonTitle(entry.lesson)}
              </span>
              <span>{historyOf(progress, entry.id, now)}</span>
            </p>
          </li>
        ))}
      </ul>
      {due.length > MOST_LISTED && (
        <p className={styles.note}>{reviewText('more', { count: due.length - MOST_LISTED })}</p>
      )}
    </>
  )
  return (
    <section className={styles.today} aria-labelledby="today">
      <p className={styles.day}>{weekday(now)}</p>
      <Heading id="today" ref={title} tabIndex={-1}>
        {reviewText('today', { count: due.length })}
      </Heading>
      <p className={styles.why}>{reviewText('why')}</p>
      {!folded && list}
      <Ask minutes={minutes} onAsk={onAsk} onPutOff={() => putOff(true)} />
      {folded ? (
        <details className={styles.folded}>
          <summary>{reviewText('which')}</summary>
          {list}
          <Ahead counts={counts} ends={ends} />
        </details>
      ) : (
        <Ahead counts={counts} ends={ends} />
      )}
    </section>
  )
}

const PUT_OFF = 'review:put-off'

/** Whether today's questions were put off until tomorrow. The focus stands on the title after it has changed. */
function usePutOff(today: number) {
  const title = useRef<HTMLHeadingElement>(null)
  const [until, setUntil] = useState(() => readText('local', PUT_OFF))
  const afterRender = useAfterRender()
  const putOff = (isOff: boolean): void => {
    const next = isOff ? String(today) : undefined
    writeText('local', PUT_OFF, next)
    setUntil(next)
    afterRender(() => title.current?.focus())
  }
  return { title, isOff: until === String(today), putOff }
}

interface AskProps extends Pick<TodayProps, 'onAsk'> {
  readonly minutes: number
  onPutOff(): void
}

/** Asks all that is due: the button, or the key R. Or puts it off: then it comes with what is due tomorrow. */
function Ask({ minutes, onAsk, onPutOff }: AskProps) {
  const [, navigate] = useLocation()
  const ask = onAsk ?? (() => navigate('/review/ask'))
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'r' || event.shiftKey || isForField(event)) return
      event.preventDefault()
      ask()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  })
  return (
    <p className={styles.ask}>
      {onAsk ? (
        <button type="button" className="button" onClick={onAsk}>
          {reviewText('ask', { minutes })}
        </button>
      ) : (
        <Link className="button" href="/review/ask">
          {reviewText('ask', { minutes })}
        </Link>
      )}
      <span className={styles.orPress}>
        {joined(
          reviewText.parts('orPress', {
            key: (inside) => (
              <kbd className="key" translate="no">
                {joined(inside)}
              </kbd>
            ),
          }),
        )}
      </span>
      <button type="button" className="as-link" onClick={onPutOff}>
        {reviewText('tomorrow')}
      </button>
    </p>
  )
}

/** `missed on Friday`, `recalled twice`. */
function historyOf(progress: Progress, item: string, now: number): string {
  const answers = progress.quiz[item]?.answers ?? []
  const last = answers.at(-1)
  if (last && !last.right) {
    const isThisWeek = last.at > now - 7 * 86_400_000
    return isThisWeek ? reviewText('missedOn', { day: weekday(last.at) }) : reviewText('missed')
  }
  const times = answers.length - 1 - answers.findLastIndex(({ right }) => !right)
  return reviewText('recalled', { times })
}

/** Seven days ahead as stacks of boxes, with their number above. */
function Ahead({ counts, ends }: { readonly counts: readonly number[]; readonly ends: readonly number[] }) {
  return (
    <div className={styles.ahead}>
      <p>
        <strong>{reviewText('ahead')}</strong> <span className={styles.note}>{reviewText('aDay')}</span>
      </p>
      <ol>
        {counts.map((count, day) => (
          <li key={ends[day]} data-today={day === 0 || undefined}>
            <span className={styles.count}>{count > 0 ? count : ''}</span>
            <span className={styles.stack} aria-hidden="true">
              {Array.from({ length: Math.min(count, 8) }, (_, box) => (
                <i key={box} />
              ))}
            </span>
            <span className={styles.name}>
              {day === 0 ? reviewText('dayToday') : weekday(ends[day] ?? 0, 'short')}
              {count === 0 && <span className="unseen"> 0</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
