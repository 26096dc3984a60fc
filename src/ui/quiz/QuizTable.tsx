import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import type { Instant } from '../../base/time'
import { isRight } from '../../learning/grade'
import type { ItemProgress } from '../../learning/progress'
import type { QuizChoice, QuizItem, TableQuestion } from '../../learning/question'
import { quizText } from '../../messages/quiz'
import { Line } from '../lesson/Prose'
import { clockTime } from '../lesson/useLessonRun'
import { hueStyle } from '../panels/hue'
import { ProtocolMark } from '../panels/ProtocolMark'
import { joined } from '../shell/rich'
import { useComeBack } from './comeBack'
import styles from './quiz.module.css'

/** The latest answer to a row. */
interface Given {
  readonly answer: string
  readonly right: boolean
  readonly dueAt: number | undefined
}

interface QuizTableProps {
  readonly question: TableQuestion
  readonly heading: 'h1' | 'h2'
  /** The items that were answered and are not due again. */
  given(item: string): ItemProgress | undefined
  onAnswer(item: QuizItem, choice: string): void
  /** The instant at which the run shows it; undefined if it never does. */
  instantOf(item: QuizItem): Instant | undefined
  onShow(item: QuizItem, t: Instant): void
}

/**
 * A table of choices: one row per item, one column per choice. Arrow keys move, Space decides; an answer is explained in its
 * place.
 */
export function QuizTable({ question, heading: Heading, given, onAnswer, instantOf, onShow }: QuizTableProps) {
  const name = useId()
  const table = useRef<HTMLTableElement>(null)
  const [missedAgain, openMissed] = useState<ReadonlySet<string>>(new Set())
  const answerOf = (item: QuizItem): Given | undefined => {
    const was = missedAgain.has(item.id) ? undefined : given(item.id)
    const last = was?.answers.at(-1)
    return last && { answer: last.answer[0] ?? '', right: last.right, dueAt: was?.memory?.due }
  }
  const placed = question.items.filter((item) => answerOf(item) !== undefined).length
  const right = question.items.filter((item) => answerOf(item)?.right).length
  const all = question.items.length

  /** The row that was decided last, whose verdict is heard: it stands in the table, which says nothing by itself. */
  const [decided, setDecided] = useState<QuizItem>()
  const heard = decided && answerOf(decided)

  const focusNext = (): void => table.current?.querySelector<HTMLInputElement>('tr[data-open] input')?.focus()

  return (
    <div className={styles.quiz}>
      <table ref={table} className={styles.table}>
        <caption>
          <Heading className={styles.title} lang="en">
            {question.title}
          </Heading>
          <hr className="airmail" />
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.prompt}>
              <span lang="en">{question.prompt}</span> <span className={styles.keys}>{quizText('keys')}</span>
              {question.choices.some(({ note }) => note) && (
                <span className={styles.legend} lang="en" aria-hidden="true">
                  {question.choices.map(({ label, note }) => (note ? `${label}: ${note}` : label)).join('; ')}
                </span>
              )}
            </th>
            {question.choices.map((choice) => (
              <th key={choice.id} scope="col" lang="en">
                <ChoiceHead choice={choice} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {question.items.map((item) => (
            <Row
              key={item.id}
              item={item}
              choices={question.choices}
              name={`${name}-${item.id}`}
              answer={answerOf(item)}
              instant={answerOf(item) && instantOf(item)}
              onAnswer={(choice) => {
                openMissed((was) => new Set([...was].filter((id) => id !== item.id)))
                setDecided(item)
                onAnswer(item, choice)
              }}
              onShow={(t) => onShow(item, t)}
            />
          ))}
        </tbody>
      </table>
      <div className={styles.foot}>
        <p aria-live="polite">
          {heard && (
            <span className="unseen">
              {verdict(decided, question.choices, heard)} <Line inlines={decided.because[heard.answer] ?? []} />{' '}
            </span>
          )}
          {placed < all
            ? quizText('placed', { placed, count: all })
            : right === all
              ? quizText('allPlaced', { count: all })
              : quizText('somePlaced', { right, count: all })}
        </p>
        {placed < all && placed > 0 && (
          <button type="button" className="button quiet" onClick={focusNext}>
            {quizText('nextStatement')}
          </button>
        )}
        {placed === all && right < all && (
          <button
            type="button"
            className="button quiet"
            onClick={() =>
              openMissed(new Set(question.items.filter((item) => !answerOf(item)?.right).map((item) => item.id)))
            }
          >
            {quizText('tryMissed')}
          </button>
        )}
      </div>
    </div>
  )
}

function ChoiceHead({ choice }: { readonly choice: QuizChoice }) {
  const signs = choice.sign?.split(' ') ?? []
  const sign = signs.length === 1 ? signs[0] : undefined
  return (
    <span className={styles.choice} lang="en" data-sign={sign} style={sign === undefined ? undefined : hueStyle(sign)}>
      {signs.length > 0 && (
        <span className={styles.signs}>
          {signs.map((sign) => (
            <ProtocolMark key={sign} protocol={sign} />
          ))}
        </span>
      )}
      <span className={choice.wire ? 'wire' : undefined}>{choice.label}</span>
      {choice.note !== undefined && <small>{choice.note}</small>}
    </span>
  )
}

interface RowProps {
  readonly item: QuizItem
  readonly choices: readonly QuizChoice[]
  readonly name: string
  readonly answer: Given | undefined
  readonly instant: Instant | undefined
  onAnswer(choice: string): void
  onShow(t: Instant): void
}

function Row({ item, choices, name, answer, instant, onAnswer, onShow }: RowProps) {
  const text = `${name}-text`
  const shower = useComeBack(item.id)
  return (
    <>
      <tr data-open={answer ? undefined : ''}>
        <th scope="row" id={text} className={styles.statement} lang="en">
          <Line inlines={item.text} />
        </th>
        {choices.map((choice) => (
          <td key={choice.id}>
            <label lang="en" data-outcome={outcomeOf(item, choice.id, answer)}>
              <input
                type="radio"
                name={name}
                value={choice.id}
                checked={answer?.answer === choice.id}
                aria-disabled={answer !== undefined}
                aria-label={choice.label}
                aria-describedby={text}
                onChange={() => answer === undefined && onAnswer(choice.id)}
                onKeyDown={moveByArrows}
              />
              <span className={styles.circle} aria-hidden="true">
                {answer && item.key === choice.id && <Check />}
                {answer && answer.answer === choice.id && item.key !== choice.id && <X />}
              </span>
              <span className={styles.cellLabel} aria-hidden="true">
                <span className={choice.wire ? 'wire' : undefined}>{choice.label}</span>
              </span>
            </label>
          </td>
        ))}
      </tr>
      {answer && (
        <tr className={styles.explained}>
          <td colSpan={choices.length + 1}>
            <div className={styles.verdict}>
              <div>
                <p className={styles.because} lang="en">
                  <Line inlines={item.because[answer.answer] ?? []} />
                </p>
                <p className={styles.said}>{verdict(item, choices, answer)}</p>
              </div>
              {instant !== undefined && (
                <button ref={shower} type="button" className={styles.show} onClick={() => onShow(instant)}>
                  {joined(
                    quizText.parts('showMe', {
                      time: clockTime(instant),
                      code: (inside) => <span className="wire">{joined(inside)}</span>,
                    }),
                  )}
                </button>
              )}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

const labelOf = (choices: readonly QuizChoice[], id: string): string =>
  choices.find((choice) => choice.id === id)?.label ?? id

function verdict(item: QuizItem, choices: readonly QuizChoice[], given: Given): string {
  const answer = labelOf(choices, item.key)
  if (isRight(item, given.answer)) return quizText('right', { answer })
  const said = labelOf(choices, given.answer)
  if (given.dueAt === undefined) return quizText('wrong', { said, answer })
  const days = Math.max(1, Math.ceil((given.dueAt - Date.now()) / 86_400_000))
  return quizText('wrongComesBack', { said, answer, days })
}

function outcomeOf(item: QuizItem, choice: string, answer: Given | undefined): string | undefined {
  if (!answer) return undefined
  if (choice === item.key) return 'right'
  return choice === answer.answer ? 'wrong' : 'other'
}

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/**
 * Arrow keys move over the table without choosing, while in a native radio group they choose. Space chooses, as it does natively.
 */
function moveByArrows(event: KeyboardEvent<HTMLInputElement>): void {
  const move = MOVES[event.key]
  const input = event.currentTarget
  if (!move) return
  event.preventDefault()
  const all = [...(input.closest('table')?.querySelectorAll('tr') ?? [])]
  const rows = all.map((each) => [...each.querySelectorAll('input')]).filter((inputs) => inputs.length > 0)
  const row = rows.findIndex((inputs) => inputs.includes(input))
  const column = rows[row]?.indexOf(input) ?? 0
  rows[row + move[0]]?.[column + move[1]]?.focus()
}
