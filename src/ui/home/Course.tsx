import { useEffect, useSyncExternalStore } from 'react'
import { Link } from 'wouter'
import { lessonMetas } from '../lesson/lessons'
import { pages } from '../shell/pages'
import { COURSE } from './courseOutline'
import { doneLessons, loadDoneLessons } from './doneLessons'

/** The course as routes with stops. Only lessons that exist are stops; what the other units are about is said, not linked. */
export function Course() {
  useEffect(loadDoneLessons, [])
  const done = useSyncExternalStore(doneLessons.subscribe, doneLessons.get)
  const readable = pages.some((page) => page.path === '/learn/:unit/:lesson')
  const stopsOf = (unit: string) => (readable ? lessonMetas.filter((meta) => meta.unit === unit) : [])
  const open = COURSE.filter(({ title }) => stopsOf(title).length > 0)
  const others = COURSE.filter((unit) => !open.includes(unit))
  return (
    <section className="course" id="course" aria-labelledby="course-title">
      <div className="course-head">
        <h2 id="course-title">How an email service works</h2>
        <ul className="course-legend" aria-label="Marks">
          <li>
            <Stop done /> done
          </li>
          <li>
            <Stop /> open, any order
          </li>
        </ul>
      </div>
      <ol className="course-units">
        {open.map((unit) => (
          <li key={unit.title} className="course-unit">
            <span className="course-number" aria-hidden="true">
              {COURSE.indexOf(unit) + 1}
            </span>
            <div>
              <h3>{unit.title}</h3>
              <p>{unit.about}</p>
            </div>
            <ul className="course-stops">
              {stopsOf(unit.title).map((meta) => (
                <li key={meta.id} className="course-stop">
                  <Link href={`/learn/${meta.id}`}>
                    <Stop done={done.has(meta.id)} />
                    <span>
                      <span className="course-title">{meta.title}</span>
                      <small>{done.has(meta.id) ? 'done' : 'open'}</small>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {others.length > 0 && (
        <div className="course-then">
          <p>{open.length > 0 ? 'The road goes on with' : 'What the course is about'}</p>
          <p>{others.map(({ title, about }) => `${title} (${about})`).join(', ')}.</p>
        </div>
      )}
    </section>
  )
}

function Stop({ done = false }: { readonly done?: boolean }) {
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
