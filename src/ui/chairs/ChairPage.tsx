import { use } from 'react'
import { chairsText } from '../../messages/chairs'
import { scenarioNamed } from '../lab/scenarios'
import { begun } from '../run/begun'
import { openRun } from '../run/createRun'
import { RunProvider } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { TimelineBar } from '../stage/TimelineBar'
import styles from './chair.module.css'
import { ServerChair } from './ServerChair'

const WORLD = 'the-chair'

/** The world in which three letters come to a person at Bob's exchanger. */
export function ChairPage() {
  const found = scenarioNamed(WORLD)
  const scenario = found instanceof Promise ? use(found) : found
  useTitle(chairsText('serverTitle'))
  if (!scenario) throw new Error(`Broken expectation: there is a world ${WORLD}`)
  const run = openRun(`chair:${WORLD}`, scenario)
  if (scenario.before) use(begun(run, scenario.before))
  return (
    <RunProvider run={run}>
      <div className={styles.page}>
        <ServerChair host="mx.bird.example" port={25} />
        <TimelineBar>
          <Fork />
        </TimelineBar>
      </div>
    </RunProvider>
  )
}

/** The run ends in a fork: what follows is up to the person. */
function Fork() {
  return (
    <span className={styles.fork} aria-hidden="true">
      <svg width="108" height="44" viewBox="0 0 108 44">
        <path d="M0 24C24 24 18 4 48 4H108M0 24C24 24 18 44 48 44H108M0 24H108" />
      </svg>
      <span>{chairsText('upToYou')}</span>
    </span>
  )
}
