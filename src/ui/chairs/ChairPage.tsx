import { type ReactNode, use } from 'react'
import { chairsText } from '../../messages/chairs'
import { scenarioNamed } from '../lab/scenarios'
import { begun } from '../run/begun'
import { openRun } from '../run/createRun'
import { RunProvider } from '../run/RunContext'
import { useTitle } from '../shell/useTitle'
import { TimelineBar } from '../stage/TimelineBar'
import styles from './chair.module.css'
import { Fork } from './Fork'
import { ResolverChair } from './ResolverChair'
import { ServerChair } from './ServerChair'

const SERVER = { world: 'the-chair', title: 'serverTitle' } as const
const RESOLVER = { world: 'the-resolver', title: 'resolverTitle' } as const

/** The world in which three letters come to a person at Bob's exchanger. */
export function ServerPage() {
  return (
    <Page {...SERVER}>
      <ServerChair host="mx.bird.example" port={25} />
    </Page>
  )
}

/** The world in which a person finds Bob's exchanger for Alice's server. */
export function ResolverPage() {
  return (
    <Page {...RESOLVER}>
      <ResolverChair host="resolver" />
    </Page>
  )
}

interface PageProps {
  readonly world: string
  readonly title: 'serverTitle' | 'resolverTitle'
  readonly children: ReactNode
}

function Page({ world, title, children }: PageProps) {
  const found = scenarioNamed(world)
  const scenario = found instanceof Promise ? use(found) : found
  useTitle(chairsText(title))
  if (!scenario) throw new Error(`Broken expectation: there is a world ${world}`)
  const run = openRun(`chair:${world}`, scenario)
  if (scenario.before) use(begun(run, scenario.before))
  return (
    <RunProvider run={run}>
      <div className={styles.page}>
        {children}
        <TimelineBar>
          <Fork />
        </TimelineBar>
      </div>
    </RunProvider>
  )
}
