import { Signpost } from 'lucide-react'
import { type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import { domainOf } from '../../mail/address'
import { nextText } from '../../messages/next'
import { viewOf } from '../../view/run/runView'
import { type NextDeed, whatNext } from '../../view/stage/whatNext'
import { courseStates, loadCourseStates } from '../home/courseStates'
import { useStore } from '../keeping/createStore'
import { WRITTEN } from '../lesson/courseList'
import { useDesk } from '../lesson/desk'
import { useRun, useRunStore } from '../run/RunContext'
import type { RunState } from '../run/run'
import { useHashPath } from '../shell/useHashPath'
import { writingIn } from './address'
import { focusOnPlay } from './focusOnPlay'
import { isAtEnd } from './present'
import './next.css'

export interface WhatNextProps {
  /** In one row, one below the other, or opened by a button. */
  readonly as: 'row' | 'list' | 'menu'
  /** Opens the form for a letter, to a reader if one is named; without it, a link leads to the lab. */
  readonly onWrite?: ((to?: string) => void) | undefined
}

/** A learner has come to the end of a run in which something was done. */
const isOver = (state: RunState): boolean =>
  !state.playing && !state.leaping && state.timeline.interventions.length > 0 && isAtEnd(state)

/** Half the speed at which one reads. */
const SLOWLY = 0.5

/** The things to do at the end of a run; it is empty before. */
export function WhatNext({ as, onWrite }: WhatNextProps) {
  const { readOnly } = useRunStore()
  const over = useRun(isOver)
  if (!over || readOnly) return null
  const choices = <Choices onWrite={onWrite} />
  if (as === 'menu') return <Menu>{choices}</Menu>
  return (
    <div className={`next next-${as}`} role="group" aria-label={nextText('whatNext')}>
      {choices}
    </div>
  )
}

function Choices({ onWrite }: Pick<WhatNextProps, 'onWrite'>) {
  const timeline = useRun((state) => state.timeline)
  const deeds = useMemo(() => whatNext(viewOf(timeline)), [timeline])
  return (
    <>
      {deeds.map((deed) => (
        <Choice key={deed} deed={deed} onWrite={onWrite} />
      ))}
      <GoOn />
    </>
  )
}

interface ChoiceProps extends Pick<WhatNextProps, 'onWrite'> {
  readonly deed: NextDeed
}

function Choice({ deed, onWrite }: ChoiceProps) {
  const { actions, scenario } = useRunStore()
  const text = nextText(deed)
  switch (deed) {
    case 'slowly':
      return <Deed text={text} act={() => actions.watchAgain(SLOWLY)} />
    case 'try':
      return <Deed text={text} act={() => actions.runOnTo('try')} />
    case 'end':
      return <Deed text={text} act={() => actions.runOnTo('letter')} />
    case 'write':
    case 'nobody': {
      const to = deed === 'nobody' ? `nobody@${domainOf(scenario.letter.to)}` : undefined
      return onWrite ? (
        <button type="button" onClick={() => onWrite(to)}>
          {text}
        </button>
      ) : (
        <a href={writingIn(scenario, to)}>{text}</a>
      )
    }
  }
}

/** Its action makes time move, and then the choices are gone. */
const Deed = ({ text, act }: { readonly text: string; act(): void }) => (
  <button
    type="button"
    onClick={() => {
      act()
      focusOnPlay()
    }}
  >
    {text}
  </button>
)

/** In a lesson its next step, as soon as that may be opened; else the next lesson. */
function GoOn() {
  const step = useDesk().nextStep
  if (step === undefined || step.isLast) return <NextLesson />
  if (!step.open) return null
  return (
    <button type="button" onClick={step.open}>
      {nextText('nextStep')}
    </button>
  )
}

/** The first lesson that is written and not finished, in a lesson the first after it; the course, if there is none. */
function NextLesson() {
  useEffect(loadCourseStates, [])
  const states = useStore(courseStates)
  const here = WRITTEN.indexOf(useHashPath()[0].split('/').slice(2, 4).join('/'))
  const next = [...WRITTEN.slice(here + 1), ...WRITTEN.slice(0, Math.max(0, here))].find(
    (id) => states.get(id)?.finished !== true,
  )
  const text = next === undefined ? 'course' : next === WRITTEN[0] ? 'firstLesson' : 'nextLesson'
  return <a href={next === undefined ? '#/learn' : `#/learn/${next}`}>{nextText(text)}</a>
}

/** The button that opens the choices, if there is too little room for them. */
function Menu({ children }: { readonly children: ReactNode }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  // It stands below or above its button, where there is more room, at its right edge.
  const place = (): void => {
    if (!button.current) return
    const { top, bottom, right } = button.current.getBoundingClientRect()
    const isLow = top > innerHeight - bottom
    list.current?.style.setProperty('--top', isLow ? 'auto' : `${bottom}px`)
    list.current?.style.setProperty('--bottom', isLow ? `${innerHeight - top}px` : 'auto')
    list.current?.style.setProperty('--right', `${document.documentElement.clientWidth - right}px`)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="next-open"
        aria-label={nextText('whatNext')}
        title={nextText('whatNext')}
        popoverTarget={id}
      >
        <span>{nextText('whatNext')}</span>
        <Signpost aria-hidden="true" />
      </button>
      <div
        ref={list}
        id={id}
        className="next next-menu"
        popover="auto"
        role="group"
        aria-label={nextText('whatNext')}
        onBeforeToggle={place}
      >
        {children}
      </div>
    </>
  )
}
