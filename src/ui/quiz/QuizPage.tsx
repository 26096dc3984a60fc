import { use, useEffect, useRef, useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { Progress } from '../../learning/progress'
import { isTable, type QuizItem, type TableQuestion } from '../../learning/question'
import { answered, isOpen, lastAnswer } from '../../learning/review'
import { quizText } from '../../messages/quiz'
import { shellText } from '../../messages/shell'
import { scrollToTop } from '../dom/scroll'
import { lessonPanels } from '../lesson/lessonPanels'
import { Line } from '../lesson/Prose'
import { useProgress } from '../lesson/progressStore'
import { clockTime } from '../lesson/useLessonRun'
import { openRun } from '../run/createRun'
import { RunProvider } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { Workbench } from '../stage/Workbench'
import { QuizTable } from './QuizTable'
import styles from './quiz.module.css'
import { instantOf, type OpenQuiz, openQuiz } from './quizRuns'

/** The article's three questions: `/quiz`, one of them: `/quiz/:question`, and the moment that shows an answer: `/quiz/:question/:item`. */
export function QuizPage() {
  const params = useParams<{ question?: string; item?: string }>()
  const opened = use(openQuiz())
  const { progress } = useProgress()
  const questions = opened.quiz.questions.filter(isTable)
  // Chosen once for a visit: the last answer to a question is explained before the next one is asked.
  const [first] = useState(() => firstOpen(questions, progress))
  const question = params.question === undefined ? first : questions.find((each) => each.id === params.question)
  const item = question?.items.find((each) => each.id === params.item)
  useTitle(question?.title ?? shellText('page.quiz'))
  if (!question || (params.item !== undefined && !item)) return <NoSuchQuestion />
  if (item) return <ShowMoment key={item.id} opened={opened} question={question} item={item} />
  return <OneQuestion key={question.id} opened={opened} question={question} />
}

function NoSuchQuestion() {
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

/** The first question with something to answer; else the first one. */
function firstOpen(questions: readonly TableQuestion[], progress: Progress): TableQuestion {
  const open = questions.find(({ items }) => items.some((item) => isOpen(progress, item.id, Date.now())))
  return open ?? (questions[0] as TableQuestion)
}

interface QuestionProps {
  readonly opened: OpenQuiz
  readonly question: TableQuestion
}

function OneQuestion({ opened, question }: QuestionProps) {
  const { progress, notice, change } = useProgress()
  const [, navigate] = useLocation()
  // A question is read from its beginning.
  useEffect(() => {
    scrollToTop()
  }, [])
  const questions = opened.quiz.questions.filter(isTable)
  const at = questions.indexOf(question)
  const next = questions[at + 1]
  const now = Date.now()
  const open = question.items.some((item) => isOpen(progress, item.id, now))
  const right = questions.flatMap(({ items }) => items).filter((item) => lastAnswer(progress, item.id)?.right).length
  const all = questions.flatMap(({ items }) => items).length

  return (
    <div className={styles.page}>
      <p className={styles.head}>
        <span lang="en">{question.from}</span>
        <span>{quizText('questionOf', { number: at + 1, count: questions.length })}</span>
      </p>
      {notice !== undefined && (
        <p className={styles.said} role="status">
          {notice}
        </p>
      )}
      <QuizTable
        question={question}
        heading="h1"
        given={(item) => (isOpen(progress, item, now) ? undefined : progress.quiz[item])}
        onAnswer={(item, choice) =>
          change((was) => answered(was, { item: item.id, answer: [choice], right: choice === item.key }, Date.now()))
        }
        instantOf={(item) => instantOf(opened, item)}
        onShow={(item) => navigate(`/quiz/${question.id}/${item.id}`)}
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
              {right === all ? quizText('allRight', { count: all }) : quizText('someRight', { right, count: all })}{' '}
              <Link href="/learn">{quizText('toCourse')}</Link>
            </p>
          )
        )}
      </div>
    </div>
  )
}

/** The stage at the moment that shows the reason. The learner may continue from there, since it is a run of its own. */
function ShowMoment({ opened, question, item }: QuestionProps & { readonly item: QuizItem }) {
  const { progress } = useProgress()
  const name = item.show?.run ?? ''
  const shown = opened.runs[name]
  if (!shown) throw new Error(`Broken expectation: the quiz has the run "${name}"`)
  const run = openRun(`quiz:${name}`, shown.scenario)
  const instant = instantOf(opened, item)
  const ready = useRef(false)
  use(run.ready())
  useEffect(() => {
    if (ready.current || instant === undefined) return
    ready.current = true
    run.actions.replace(shown.interventions, instant)
  }, [run, shown, instant])
  const answer = lastAnswer(progress, item.id)?.answer[0] ?? item.key
  const column = (
    <section className={styles.shown} aria-label={quizText('lesson')}>
      <p className={styles.head}>
        <span lang="en">{question.title}</span>
        {instant !== undefined && <span className="wire">{clockTime(instant)}</span>}
      </p>
      <h1 lang="en">
        <Line inlines={item.text} />
      </h1>
      <p className={styles.because} lang="en">
        <Line inlines={item.because[answer] ?? []} />
      </p>
      <p className={styles.said}>{quizText('moment')}</p>
      <Link href={`/quiz/${question.id}`} className="button">
        {quizText('back')}
      </Link>
    </section>
  )
  return (
    <RunProvider run={run}>
      <Workbench place="quiz" lesson={column} panels={lessonPanels()} />
    </RunProvider>
  )
}
