import { use, useEffect, useRef, useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { Inline } from '../../learning/lesson'
import type { Progress } from '../../learning/progress'
import { type ItemEntry, isTable, type Question, type Quiz, type Show } from '../../learning/question'
import { isOpen, lastAnswer } from '../../learning/review'
import { quizText } from '../../messages/quiz'
import { shellText } from '../../messages/shell'
import { scrollToTop } from '../dom/scroll'
import { lessonPanels } from '../lesson/lessonPanels'
import { lessonTitle } from '../lesson/lessons'
import { Line } from '../lesson/Prose'
import { useProgress } from '../lesson/progressStore'
import { clockTime } from '../lesson/useLessonRun'
import { AskItem } from '../question/AskItem'
import { endOfDay } from '../question/days'
import { openItems } from '../question/itemIndex'
import { instantOf, type OpenQuiz, openQuiz } from '../question/openQuiz'
import { openRun } from '../run/createRun'
import { RunProvider } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { Workbench } from '../stage/Workbench'
import { cameFrom, comeBackTo, useLeft } from './comeBack'
import { Pool } from './Pool'
import styles from './quiz.module.css'

/**
 * The article's three questions, and below them all others: `/quiz`; any question: `/quiz/:question`; the moment that shows an
 * answer: `/quiz/:question/:item`.
 */
export function QuizPage() {
  const params = useParams<{ question?: string; item?: string }>()
  const entries = use(openItems())
  const article = use(openQuiz())
  const { progress } = useProgress()
  // Chosen once for a visit: the last answer to a question is explained before the next one is asked.
  const [first] = useState(() => firstOpen(article.quiz, progress))
  const entry = entries.find((each) => each.question === (params.question ?? first.id))
  if (!entry || (params.item !== undefined && !entries.some((each) => each.id === params.item)))
    return <NoSuchQuestion />
  return <Opened key={`${entry.question} ${params.item ?? ''}`} entry={entry} item={params.item} />
}

function Opened({ entry, item }: { readonly entry: ItemEntry; readonly item: string | undefined }) {
  const opened = use(openQuiz(entry.lesson))
  const question = opened.quiz.questions.find(({ id }) => id === entry.question)
  useTitle(question && isTable(question) ? question.title : shellText('page.quiz'))
  if (!question) return <NoSuchQuestion />
  if (item === undefined) return <OneQuestion opened={opened} question={question} lesson={entry.lesson} />
  const row = isTable(question) ? question.items.find(({ id }) => id === item) : undefined
  const shown = row ?? (isTable(question) ? undefined : question)
  if (!shown?.show) return <NoSuchQuestion />
  return <ShowMoment opened={opened} question={question} item={item} text={shown.text} show={shown.show} />
}

function NoSuchQuestion() {
  useTitle(shellText('page.quiz'))
  return (
    <div className="trouble">
      <h1>{quizText('none')}</h1>
      <p>{quizText('noneWhy')}</p>
      <Link className="button" href="/quiz">
        {quizText('toQuiz')}
      </Link>
    </div>
  )
}

const idsOf = (question: Question): readonly string[] =>
  isTable(question) ? question.items.map(({ id }) => id) : [question.id]

/** The first question with something to answer; else the first one. */
function firstOpen({ questions }: Quiz, progress: Progress): Question {
  const by = endOfDay(Date.now())
  const open = questions.find((question) => idsOf(question).some((id) => isOpen(progress, id, by)))
  return open ?? (questions[0] as Question)
}

interface QuestionProps {
  readonly opened: OpenQuiz
  readonly question: Question
}

function OneQuestion({ opened, question, lesson }: QuestionProps & { readonly lesson: string | undefined }) {
  const { progress, notice } = useProgress()
  const [, navigate] = useLocation()
  // A question is read from its beginning.
  useEffect(() => {
    scrollToTop()
  }, [])
  const { questions } = opened.quiz
  const at = questions.indexOf(question)
  const next = questions[at + 1]
  const open = idsOf(question).some((id) => isOpen(progress, id, endOfDay(Date.now())))
  const all = questions.flatMap(idsOf)
  const right = all.filter((id) => lastAnswer(progress, id)?.right).length
  const show = (_: Show, item: string): void => {
    comeBackTo(`/quiz/${question.id}`, item)
    navigate(`/quiz/${question.id}/${item}`)
  }

  return (
    <div className={styles.page}>
      <p className={styles.head}>
        <span lang="en">{lesson === undefined ? isTable(question) && question.from : lessonTitle(lesson)}</span>
        <span>{quizText('questionOf', { number: at + 1, count: questions.length })}</span>
      </p>
      {notice !== undefined && (
        <p className={styles.said} role="status">
          {notice}
        </p>
      )}
      <AskItem
        opened={opened}
        question={question}
        heading="h1"
        onShow={show}
        {...(next && { onNext: () => navigate(`/quiz/${next.id}`) })}
      />
      <div className={styles.next}>
        {at > 0 && (
          <Link href={`/quiz/${questions[at - 1]?.id ?? ''}`} className={styles.skip}>
            {quizText('before')}
          </Link>
        )}
        {next ? (
          <Link href={`/quiz/${next.id}`} className={open ? styles.skip : 'button'}>
            {quizText(open ? 'skip' : 'next')}
          </Link>
        ) : (
          !open && (
            <p className={styles.end}>
              {right === all.length
                ? quizText('allRight', { count: all.length })
                : quizText('someRight', { right, count: all.length })}{' '}
              <Link href="/learn">{quizText('toCourse')}</Link>
            </p>
          )
        )}
      </div>
      <Pool progress={progress} now={question.id} />
    </div>
  )
}

interface ShowProps extends QuestionProps {
  readonly item: string
  readonly text: readonly Inline[]
  readonly show: Show
}

/** The stage at the moment that shows the reason. The learner may continue from there, since it is a run of its own. */
function ShowMoment({ opened, question, item, text, show }: ShowProps) {
  const { progress } = useProgress()
  useLeft(item)
  const shown = opened.runs[show.run]
  if (!shown) throw new Error(`Broken expectation: the quiz has the run "${show.run}"`)
  const run = openRun(`quiz:${question.id}:${show.run}`, shown.scenario)
  const instant = instantOf(opened, show)
  const ready = useRef(false)
  const back = cameFrom(item) ?? `/quiz/${question.id}`
  const title = useRef<HTMLHeadingElement>(null)
  // The button that led here is gone.
  useEffect(() => {
    title.current?.focus({ preventScroll: true })
  }, [])
  use(run.ready())
  useEffect(() => {
    if (ready.current || instant === undefined) return
    ready.current = true
    run.actions.replace(shown.interventions, instant)
  }, [run, shown, instant])
  const column = (
    <section className={styles.shown} aria-label={quizText('lesson')}>
      <p className={styles.head}>
        <span lang="en">{isTable(question) ? question.title : ''}</span>
        {instant !== undefined && <span className="wire">{clockTime(instant)}</span>}
      </p>
      <h1 ref={title} tabIndex={-1} lang="en">
        <Line inlines={text} />
      </h1>
      <p className={styles.because} lang="en">
        <Line inlines={becauseOf(question, item, lastAnswer(progress, item)?.answer[0])} />
      </p>
      <p className={styles.said}>{quizText('moment')}</p>
      <Link href={back} className="button">
        {quizText('back', { to: placeOf(back) })}
      </Link>
    </section>
  )
  return (
    <RunProvider run={run}>
      <Workbench place="quiz" lesson={column} panels={lessonPanels()} />
    </RunProvider>
  )
}

/** The page to which one goes back from a moment. */
const placeOf = (path: string): string =>
  path.startsWith('/learn') ? 'lesson' : path.startsWith('/review') ? 'review' : 'quiz'

/** The cause of the answer that was given, or of the right one. */
function becauseOf(question: Question, item: string, answer: string | undefined): readonly Inline[] {
  if (isTable(question)) {
    const row = question.items.find(({ id }) => id === item)
    return row?.because[answer ?? row.key] ?? []
  }
  if ('because' in question) return question.because
  if (!('options' in question)) return []
  const option = question.options.find(({ id }) => id === answer) ?? question.options.find(({ right }) => right)
  return option?.because ?? []
}
