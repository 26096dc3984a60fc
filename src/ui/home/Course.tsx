import { useEffect } from 'react'
import { homeText } from '../../messages/home'
import { useStore } from '../keeping/createStore'
import { CourseUnits, Legend } from './CourseUnits'
import { courseStates, loadCourseStates } from './courseStates'

/** The course below the stage of the home page. */
export function Course() {
  useEffect(loadCourseStates, [])
  const states = useStore(courseStates)
  return (
    <section className="course" id="course" aria-labelledby="course-title">
      <div className="course-head">
        <h2 id="course-title">{homeText('howItWorks')}</h2>
        <Legend states={states} />
      </div>
      <CourseUnits states={states} heading="h3" />
    </section>
  )
}
