import type { Instant } from '../../base/time'
import type { Lesson } from '../../learning/lesson'
import { isTable, type Quiz } from '../../learning/question'
import { answered, isOpen } from '../../learning/review'
import { QuizTable } from '../quiz/QuizTable'
import { useRun } from '../run/RunContext'
import { useProgress } from './progressStore'
import { instantIn, type Stage } from './useLessonRun'

interface LookBackProps {
  readonly lesson: Lesson
  readonly quiz: Quiz
  readonly stage: Stage
}

/** The questions that close a lesson. */
export function LookBack({ lesson, quiz, stage }: LookBackProps) {
  return lesson.closing.map((id) => <QuestionView key={id} quiz={quiz} question={id} stage={stage} heading="h2" />)
}

interface QuestionViewProps {
  readonly quiz: Quiz
  /** Its id in the quiz of the lesson. */
  readonly question: string
  readonly stage: Stage
  readonly heading: 'h1' | 'h2'
}

/** One question of the lesson's own quiz. */
export function QuestionView({ quiz, question: id, stage, heading }: QuestionViewProps) {
  const { progress, change } = useProgress()
  const timeline = useRun((run) => run.timeline)
  const now = Date.now()
  const question = quiz.questions.find((each) => each.id === id)
  if (!question || !isTable(question)) return null
  return (
    <QuizTable
      question={question}
      heading={heading}
      given={(item) => (isOpen(progress, item, now) ? undefined : progress.quiz[item])}
      onAnswer={(item, choice) =>
        change((was) => answered(was, { item: item.id, answer: [choice], right: choice === item.key }, Date.now()))
      }
      instantOf={(item) => item.show && instantIn(timeline, item.show.moment, quiz.moments)}
      onShow={(_, t: Instant) => stage.standAt(t)}
    />
  )
}

/** True once every question that closes the lesson has an answer. */
export function useLookedBack({ closing }: Lesson, quiz: Quiz): boolean {
  const { progress } = useProgress()
  const asked = quiz.questions.filter(({ id }) => closing.includes(id))
  const items = asked.filter(isTable).flatMap((question) => question.items)
  return items.every(({ id }) => progress.quiz[id] !== undefined)
}
