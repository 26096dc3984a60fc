import { ChevronDown, ChevronUp } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { lessonText } from '../../messages/lesson'
import type { AnswerProps } from './answers'
import styles from './lesson.module.css'
import { Line, plainText } from './Prose'

/** Things that are put in order, each by two buttons: what happens first stands at the top. */
export function OrderEntry({ prediction, question, chosen, sealed, answer, onChoose }: AnswerProps) {
  const { options } = prediction
  const ids = chosen?.split(' ') ?? []
  const right = answer?.split(' ')
  const [moved, setMoved] = useState<{ readonly id: string; readonly by: number }>()
  const list = useRef<HTMLOListElement>(null)
  // A row that moves loses the focus of its button.
  useLayoutEffect(() => {
    if (!moved) return
    const row = list.current?.querySelector(`[data-row="${CSS.escape(moved.id)}"]`)
    const wanted = row?.querySelector<HTMLButtonElement>(`[data-by="${moved.by}"]`)
    const button =
      wanted?.getAttribute('aria-disabled') === 'true' ? row?.querySelector('button:not([aria-disabled=true])') : wanted
    if (button instanceof HTMLElement) button.focus({ preventScroll: true })
  }, [moved])
  const move = (id: string, by: number): void => {
    const from = ids.indexOf(id)
    const other = ids[from + by]
    if (other === undefined) return
    const next = [...ids]
    next[from] = other
    next[from + by] = id
    setMoved({ id, by })
    onChoose(next.join(' '))
  }
  return (
    <>
      <ol ref={list} data-answers="" tabIndex={-1} className={styles.order} aria-labelledby={question}>
        {ids.map((id, at) => {
          const option = options.find((each) => each.answer === id)
          const place = right ? right.indexOf(id) + 1 : undefined
          const label = plainText(option?.label ?? [])
          return (
            <li
              key={id}
              data-row={id}
              data-verdict={place === undefined ? undefined : place === at + 1 ? 'right' : 'wrong'}
            >
              <span className={styles.place}>{at + 1}</span>
              <span>
                <Line inlines={option?.label ?? []} />
                {place !== undefined && place !== at + 1 && (
                  <em className={styles.placeWas}>{lessonText('wasAtPlace', { place })}</em>
                )}
              </span>
              {!sealed && (
                <span className={styles.movers}>
                  <button
                    type="button"
                    data-by="-1"
                    aria-label={lessonText('earlierThan', { label })}
                    title={lessonText('moveEarlier')}
                    aria-disabled={at === 0}
                    onClick={() => move(id, -1)}
                  >
                    <ChevronUp aria-hidden="true" />
                  </button>
                  <button
                    type="button"
                    data-by="1"
                    aria-label={lessonText('laterThan', { label })}
                    title={lessonText('moveLater')}
                    aria-disabled={at === ids.length - 1}
                    onClick={() => move(id, 1)}
                  >
                    <ChevronDown aria-hidden="true" />
                  </button>
                </span>
              )}
              {place !== undefined && (
                <p className={styles.why}>
                  <Line inlines={option?.why ?? []} />
                </p>
              )}
            </li>
          )
        })}
      </ol>
      <p className="unseen" role="status">
        {moved &&
          lessonText('nowAtPlace', {
            label: plainText(options.find(({ answer: id }) => id === moved.id)?.label ?? []),
            place: ids.indexOf(moved.id) + 1,
            count: ids.length,
          })}
      </p>
    </>
  )
}
