import { use } from 'react'
import { Link } from 'wouter'
import { plainText } from '../../learning/plainText'
import type { Progress } from '../../learning/progress'
import type { ItemEntry } from '../../learning/question'
import { lastAnswer } from '../../learning/review'
import { quizText } from '../../messages/quiz'
import { lessonTitle } from '../lesson/lessons'
import { openItems } from '../question/itemIndex'
import styles from './quiz.module.css'

interface PoolProps {
  readonly progress: Progress
  /** The question that is shown above. */
  readonly now: string
}

/** All questions, by lesson, with those that were answered. */
export function Pool({ progress, now }: PoolProps) {
  const entries = use(openItems())
  const groups = new Map<string | undefined, ItemEntry[]>()
  for (const entry of entries) groups.set(entry.lesson, [...(groups.get(entry.lesson) ?? []), entry])
  return (
    <details className={styles.pool}>
      <summary>{quizText('pool', { count: new Set(entries.map(({ question }) => question)).size })}</summary>
      {[...groups].map(([lesson, items]) => (
        <section key={lesson ?? ''} aria-label={lesson === undefined ? quizText('ofArticle') : lessonTitle(lesson)}>
          <h2 lang={lesson === undefined ? undefined : 'en'}>
            {lesson === undefined ? quizText('ofArticle') : lessonTitle(lesson)}
          </h2>
          <ul>
            {firstOfEach(items).map((entry) => (
              <li key={entry.question}>
                <Link
                  href={`/quiz/${entry.question}`}
                  lang="en"
                  aria-current={entry.question === now ? 'page' : undefined}
                >
                  {plainText(entry.title ?? entry.text)}
                </Link>{' '}
                <span>{stateOf(items, entry.question, progress)}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </details>
  )
}

const firstOfEach = (items: readonly ItemEntry[]): readonly ItemEntry[] =>
  items.filter((item, at) => items.findIndex(({ question }) => question === item.question) === at)

/** `3 of 4 right`, or nothing before the first answer. */
function stateOf(items: readonly ItemEntry[], question: string, progress: Progress): string {
  const rows = items.filter((item) => item.question === question)
  const answered = rows.filter(({ id }) => id in progress.quiz)
  if (answered.length === 0) return ''
  const right = answered.filter(({ id }) => lastAnswer(progress, id)?.right).length
  return quizText('poolState', { right, count: rows.length })
}
