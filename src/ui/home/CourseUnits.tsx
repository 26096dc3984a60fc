import { Link } from 'wouter'
import type { CourseLesson } from '../../learning/course'
import { homeText } from '../../messages/home'
import { COURSE } from '../lesson/courseList'
import '../styles/course.css'
import type { StopState, StopStates } from '../lesson/stopStates'

interface CourseUnitsProps {
  readonly states: StopStates
  readonly heading: 'h2' | 'h3'
}

/** The course: a unit is a route in its protocol's line, a lesson a stop on it. One that is only planned is grey and no link. */
export function CourseUnits({ states, heading: Heading }: CourseUnitsProps) {
  return (
    <ol className="course-units">
      {COURSE.map(({ title, about, protocol, lessons }, at) => (
        <li key={title} className="course-unit" data-protocol={protocol}>
          <span className="course-number" aria-hidden="true">
            {at + 1}
          </span>
          <div>
            <Heading lang="en">{title}</Heading>
            <p lang="en">{about}</p>
          </div>
          <ul className="course-stops">
            {lessons.map((stop) => (
              <Stop key={stop.title} stop={stop} state={states.get(stop.id ?? '')} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function Stop({ stop: { id, title }, state }: { readonly stop: CourseLesson; readonly state: StopState | undefined }) {
  const mark = id === undefined ? 'planned' : (state?.mark ?? 'open')
  const inside = (
    <>
      <Mark mark={mark} />
      <span className="course-title" lang="en">
        {title}
      </span>
      <small>{id === undefined ? homeText('planned') : state?.words}</small>
    </>
  )
  return (
    <li className="course-stop" data-mark={mark}>
      {id === undefined ? <p>{inside}</p> : <Link href={`/learn/${id}`}>{inside}</Link>}
    </li>
  )
}

/** The signs of the stops, in words, with the number of those that are done and due. */
export function Legend({ states }: { readonly states: StopStates }) {
  const count = (mark: StopState['mark']): number => [...states.values()].filter((each) => each.mark === mark).length
  return (
    <ul className="course-legend">
      {(['done', 'due', 'next', 'open'] as const).map((mark) => (
        <li key={mark}>
          <Mark mark={mark} /> {homeText('sign', { mark, count: count(mark) })}
        </li>
      ))}
    </ul>
  )
}

/** The sign of a stop. Its meaning stands beside it in words. */
export function Mark({ mark }: { readonly mark: StopState['mark'] | 'planned' }) {
  return (
    <svg viewBox="-16 -12 32 24" className="course-mark" data-mark={mark} aria-hidden="true">
      {mark === 'next' ? (
        <>
          <path className="sheet" d="M-14-9.5h28v19h-28z" />
          <path className="edge" d="M-14-9.5h28v19h-28z" />
          <path d="M-7-2h14M-7 2.5h9" />
        </>
      ) : (
        <circle r={mark === 'open' || mark === 'planned' ? 6 : 9.5} />
      )}
      {mark === 'done' && <path d="M-4 .3l2.8 2.9L4.2-3" />}
      {mark === 'due' && <path d="M-3.6-5h7.2M-3.6 5h7.2M-2.6-5c0 4 5.2 6 5.2 10M2.6-5c0 4-5.2 6-5.2 10" />}
    </svg>
  )
}
