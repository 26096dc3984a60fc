import { useLocation } from 'wouter'
import type { Lesson } from '../../learning/lesson'
import { type Quiz, questionOf, type Show } from '../../learning/question'
import { LessonQuestion } from '../question/AskItem'
import { comeBackTo } from '../quiz/comeBack'
import { useProgress } from './progressStore'
import { instantIn } from './useLessonRun'
import { itemsOf, type LessonState } from './useLessonStep'

/** The questions that close a lesson. */
export function LookBack({ state }: { readonly state: LessonState }) {
  return state.lesson.closing.map((id) => <QuestionView key={id} state={state} question={id} />)
}

interface QuestionViewProps {
  readonly state: LessonState
  /** Its id in the quiz of the lesson. */
  readonly question: string
  /** Once it is answered, it takes little room. */
  readonly light?: boolean
}

/** One question of the lesson's own quiz. */
export function QuestionView({ state, question, light }: QuestionViewProps) {
  const { lesson, quiz, runs, shown, stage } = state
  const [, navigate] = useLocation()
  /** Moments of the run that is on the stage are shown there, all others on a page of their own. */
  const show = ({ run, moment }: Show, item: string): void => {
    const [main, play] = Object.entries(lesson.runs)[0] ?? []
    const isOwn = main !== undefined && runs.of(main).run === shown.run && isSame(quiz.runs[run], play)
    const t = isOwn ? instantIn(shown.run.get().timeline, moment, quiz.moments) : undefined
    if (t !== undefined) {
      stage.standAt(t)
      return
    }
    comeBackTo(`/learn/${lesson.id}`, item)
    navigate(`/quiz/${questionOf(quiz, item)}/${item}`)
  }
  return <LessonQuestion lesson={lesson.id} question={question} light={light} onShow={show} />
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** True once every question that closes the lesson has an answer. */
export function useLookedBack({ closing }: Lesson, quiz: Quiz): boolean {
  const { progress } = useProgress()
  return itemsOf(quiz, closing).every((id) => progress.quiz[id] !== undefined)
}
