import { useEffect } from 'react'
import { Link } from 'wouter'
import type { CourseLesson, CourseUnit } from '../../learning/course'
import { homeText } from '../../messages/home'
import { useStore } from '../keeping/createStore'
import { COURSE, writtenSoFar } from '../lesson/courseList'
import { doneLessons, loadDoneLessons } from './doneLessons'

/** The course as routes with stops. A lesson that is written is a stop; one that is only planned is grey and no link. */
export function Course() {
  useEffect(loadDoneLessons, [])
  const done = useStore(doneLessons)
  return (
    <section className="course" id="course" aria-labelledby="course-title">
      <div className="course-head">
        <h2 id="course-title">{homeText('howItWorks')}</h2>
        <p className="course-written">{writtenSoFar()}</p>
      </div>
      <ol className="course-units">
        {COURSE.map((unit, i) => (
          <Unit key={unit.title} unit={unit} number={i + 1} done={done} />
        ))}
      </ol>
    </section>
  )
}

interface UnitProps {
  readonly unit: CourseUnit
  readonly number: number
  readonly done: ReadonlySet<string>
}

function Unit({ unit, number, done }: UnitProps) {
  const written = unit.lessons.filter(({ id }) => id !== undefined)
  const planned = unit.lessons.filter(({ id }) => id === undefined)
  return (
    <li className={written.length > 0 ? 'course-unit' : 'course-unit unwritten'}>
      <span className="course-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <h3 lang="en">{unit.title}</h3>
        <p lang="en">{unit.about}</p>
      </div>
      <div>
        {written.length > 0 && (
          <ul className="course-stops">
            {written.map((stop) => (
              <Stop key={stop.title} stop={stop} done={done} />
            ))}
          </ul>
        )}
        {planned.length > 0 && (
          <p className="course-planned" lang="en">
            {planned.map(({ title }) => title).join(' · ')}
          </p>
        )}
      </div>
    </li>
  )
}

function Stop({ stop: { id, title }, done }: { readonly stop: CourseLesson; readonly done: ReadonlySet<string> }) {
  if (id === undefined) return null
  const finished = done.has(id)
  return (
    <li className="course-stop">
      <Link href={`/learn/${id}`}>
        <Mark done={finished} />
        <span>
          <span className="course-title" lang="en">
            {title}
          </span>
          <small>{homeText(finished ? 'done' : 'open')}</small>
        </span>
      </Link>
    </li>
  )
}

function Mark({ done }: { readonly done: boolean }) {
  return (
    <svg viewBox="-12 -12 24 24" width="24" height="24" aria-hidden="true">
      {done ? (
        <>
          <circle className="solid" r="9" />
          <path className="sign" d="M-4 0.3L-1.2 3.2L4.2 -3" />
        </>
      ) : (
        <circle className="hollow" r="6" />
      )}
    </svg>
  )
}
