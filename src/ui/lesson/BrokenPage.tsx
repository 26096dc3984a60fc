import { Link } from 'wouter'
import type { Problem } from '../../learning/problem'
import { lessonText } from '../../messages/lesson'
import styles from './lesson.module.css'

/** In place of a lesson that cannot be read: what is wrong, where, and what to do. The rest of the course is as it was. */
export function BrokenPage({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <div className={`trouble ${styles.broken}`} role="alert">
      <h1>{lessonText('broken')}</h1>
      <p>{lessonText('brokenWhy', { count: problems.length })}</p>
      <ol>
        {problems.map(({ file, line, column, message, remedy }) => (
          <li key={`${file}:${line}:${column}:${message}`}>
            <code translate="no">{`${file}:${line}:${column}`}</code>
            <p lang="en">{`${message.charAt(0).toUpperCase()}${message.slice(1)}.`}</p>
            <p lang="en">{remedy}</p>
          </li>
        ))}
      </ol>
      <Link className="button" href="/learn">
        {lessonText('seeCourse')}
      </Link>
    </div>
  )
}
