import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { plainText } from '../../learning/plainText'
import type { OrderItem, OrderQuestion } from '../../learning/question'
import { questionText } from '../../messages/question'
import { useAfterRender } from '../dom/useAfterRender'
import { Line } from '../lesson/Prose'
import type { FieldsProps } from './fields'
import styles from './question.module.css'

/** A row is moved by its buttons, or by Space and the arrow keys, or by a digit; nothing has to be dragged. */
export function OrderFields({ question, answer, graded, name, onChange }: FieldsProps<OrderQuestion>) {
  const list = useRef<HTMLOListElement>(null)
  const [taken, take] = useState<string>()
  const [said, say] = useState('')
  const afterRender = useAfterRender()
  const items = answer.flatMap((id) => question.items.find((item) => item.id === id) ?? [])
  const rights = question.items.map(({ id }) => id)

  const move = (item: OrderItem, to: number): void => {
    const place = Math.max(0, Math.min(answer.length - 1, to))
    const rest = answer.filter((id) => id !== item.id)
    onChange([...rest.slice(0, place), item.id, ...rest.slice(place)])
    say(questionText('placed', { item: plainText(item.text), place: place + 1, count: answer.length }))
    afterRender(() => rowAt(place)?.focus())
  }
  const rowAt = (at: number): HTMLElement | null | undefined =>
    list.current?.querySelectorAll<HTMLElement>('[data-row]').item(at)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, item: OrderItem, at: number): void => {
    if (graded || event.target !== event.currentTarget) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const digit = Number(event.key)
    if (step !== 0 && (taken === item.id || event.altKey)) move(item, at + step)
    else if (step !== 0) rowAt(Math.max(0, Math.min(answer.length - 1, at + step)))?.focus()
    else if (event.key === ' ') {
      take(taken === item.id ? undefined : item.id)
      say(questionText(taken === item.id ? 'putDown' : 'taken', { item: plainText(item.text) }))
    } else if (digit >= 1 && digit <= answer.length) move(item, digit - 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div>
      <p id={`${name}-how`} className={styles.note}>
        {questionText('orderHow')}
      </p>
      <ol ref={list} className={styles.order} data-packets={question.packets || undefined}>
        {items.map((item, at) => {
          const place = rights.indexOf(item.id)
          return (
            <li
              key={item.id}
              data-taken={taken === item.id || undefined}
              data-away={graded && place !== at ? '' : undefined}
            >
              <div
                data-row
                tabIndex={graded ? undefined : 0}
                role="group"
                aria-label={questionText('row', { place: at + 1, item: plainText(item.text) })}
                aria-describedby={`${name}-how`}
                className={styles.orderRow}
                {...{ onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKeyDown(event, item, at) }}
              >
                <span className={styles.place} aria-hidden="true">
                  {at + 1}
                </span>
                <span lang="en">
                  <Line inlines={item.text} />
                </span>
                {graded && place !== at && (
                  <span className={styles.rightPlace}>{questionText('rightPlace', { place: place + 1 })}</span>
                )}
              </div>
              {!graded && (
                <span className={styles.movers}>
                  <button
                    type="button"
                    tabIndex={-1}
                    aria-disabled={at === 0}
                    aria-label={questionText('up', { item: plainText(item.text) })}
                    onClick={() => move(item, at - 1)}
                  >
                    <ArrowUp aria-hidden="true" />
                  </button>
                  <button
                    type="button"
                    tabIndex={-1}
                    aria-disabled={at === answer.length - 1}
                    aria-label={questionText('down', { item: plainText(item.text) })}
                    onClick={() => move(item, at + 1)}
                  >
                    <ArrowDown aria-hidden="true" />
                  </button>
                </span>
              )}
            </li>
          )
        })}
      </ol>
      <p className="unseen" aria-live="polite">
        {said}
      </p>
    </div>
  )
}
