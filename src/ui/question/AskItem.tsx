import { Suspense, use } from 'react'
import type { GivenAnswer, ItemProgress, Sure } from '../../learning/progress'
import { isTable, type Question, type QuizItem, type Show } from '../../learning/question'
import { answered, isOpen } from '../../learning/review'
import { useProgress } from '../lesson/progressStore'
import { QuizTable } from '../quiz/QuizTable'
import { daysAhead, endOfDay } from './days'
import { instantOf, type OpenQuiz, openQuiz } from './openQuiz'
import { QuestionView } from './QuestionView'

interface AskProps {
  readonly opened: OpenQuiz
  readonly question: Question
  /** Of a table only this row. */
  readonly item?: string | undefined
  readonly heading: 'h1' | 'h2'
  /** The item that is due, if another form of it is asked. */
  readonly insteadOf?: string | undefined
  /** Once it is sealed, the answers are folded away. */
  readonly light?: boolean | undefined
  /** Asked anew since this instant, whatever was answered before. */
  readonly since?: number | undefined
  /** Shows the moment; the item is a row of a table, or the question. */
  onShow(show: Show, item: string): void
  onAnswered?(right: boolean): void
  onNext?(): void
}

/** A question of any kind, with what one has answered before: its answer is kept, and it comes back. */
export function AskItem(props: AskProps) {
  const { opened, question, item, heading, insteadOf, since, light, onShow, onAnswered, onNext } = props
  const { progress, change } = useProgress()
  const now = Date.now()
  const givenTo = (id: string): ItemProgress | undefined => {
    const was = progress.quiz[id]
    if (since !== undefined) return (was?.answers.at(-1)?.at ?? 0) >= since ? was : undefined
    return isOpen(progress, id, endOfDay(now)) ? undefined : was
  }
  const keep = (id: string, answer: readonly string[], right: boolean, sure?: Sure): void => {
    change((was) => answered(was, { item: id, answer, right, sure, insteadOf }, Date.now()))
    onAnswered?.(right)
  }
  if (isTable(question)) {
    const rows = item === undefined ? question.items : question.items.filter(({ id }) => id === item)
    return (
      <QuizTable
        question={{ ...question, items: rows }}
        heading={heading}
        given={givenTo}
        onAnswer={(row, choice) => keep(row.id, [choice], choice === row.key)}
        instantOf={(row) => instantOf(opened, row.show)}
        onShow={(row: QuizItem) => row.show && onShow(row.show, row.id)}
      />
    )
  }
  const given = givenTo(question.id)
  const last: GivenAnswer | undefined = given?.answers.at(-1)
  const due = progress.quiz[insteadOf ?? question.id]?.memory?.due
  return (
    <QuestionView
      key={`${question.id} ${since ?? ''}`}
      question={question}
      lab={opened.lab}
      heading={heading}
      seed={(progress.quiz[question.id]?.answers.length ?? 0) - (given ? 1 : 0)}
      given={last}
      days={due === undefined ? undefined : Math.max(1, daysAhead(now, due))}
      instant={instantOf(opened, question.show)}
      light={light}
      onAnswer={(answer, right, sure) => keep(question.id, answer, right, sure)}
      onShow={() => question.show && onShow(question.show, question.id)}
      {...(onNext && { onNext })}
    />
  )
}

interface LessonQuestionProps {
  readonly lesson: string
  readonly question: string
  readonly light?: boolean | undefined
  onShow(show: Show, item: string): void
}

/** A question of a lesson's quiz in the lesson itself. Its runs are loaded when it is reached. */
export function LessonQuestion(props: LessonQuestionProps) {
  return (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  )
}

function Loaded({ lesson, question: id, light, onShow }: LessonQuestionProps) {
  const opened = use(openQuiz(lesson))
  const question = opened.quiz.questions.find((each) => each.id === id)
  return question && <AskItem opened={opened} question={question} heading="h2" light={light} onShow={onShow} />
}
