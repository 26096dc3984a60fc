import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { START } from '../../base/time'
import type { LessonStep } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { useRun } from '../run/RunContext'
import type { TitleWish } from './desk'
import { LookBack, useLookedBack } from './LookBack'
import styles from './lesson.module.css'
import { Line, Prose } from './Prose'
import { SealedCard } from './SealedCard'
import { Step } from './Step'
import { isUnfinished, type LessonState } from './useLessonStep'

interface LessonColumnProps {
  readonly state: LessonState
  readonly titleWish: TitleWish
}

/** The lesson beside the stage: one step at a time, at the learner's pace. */
export function LessonColumn({ state, titleWish }: LessonColumnProps) {
  const { lesson, ids, at, id, step, instant, isReached, isAnswered, answersAt, mine, notice, stage } = state
  const number = at + 1
  const { title, arrived } = useArrival(id, isReached, titleWish)
  const [foot, setFoot] = useState<Element | null>(null)
  // The first step begins at its moment, and motion may be reduced: then there was no way to watch.
  const [watched, setWatched] = useState<string>()
  if (!isReached && watched !== id) setWatched(id)
  const open = (to: number): void => {
    titleWish.make()
    state.open(to)
  }
  const backButton = at > 0 && (
    <button type="button" className={styles.back} onClick={() => open(at - 1)}>
      {lessonText('back')}
    </button>
  )

  return (
    <section className={styles.lesson} data-lesson-column="" aria-label={lessonText('lesson')}>
      <p className={styles.head}>
        <span lang="en">{lesson.unit}</span>
        <span>{lessonText('stepOf', { number, count: ids.length })}</span>
      </p>
      <p className={styles.lessonTitle} lang="en">
        {lesson.title}
      </p>
      <StepMarks
        ids={ids}
        at={at}
        seen={mine.seen}
        titleOf={(each) => lesson.steps.find((other) => other.id === each)?.title ?? lessonText('lookBack')}
        onOpen={open}
      />
      {notice !== undefined && (
        <p className={styles.note} role="status">
          {notice}
        </p>
      )}
      <p className="unseen" role="status">
        {arrived && step && lessonText('step', { number, title: step.title })}
      </p>
      <h1 ref={title} tabIndex={-1} className={styles.stepTitle} lang={step && isReached ? 'en' : undefined}>
        {isReached ? (step?.title ?? lessonText('lookBack')) : <WayTitle number={number} />}
      </h1>
      <SealedCard state={state} />
      {!step ? (
        <LookBack state={state} />
      ) : isReached ? (
        <Step key={step.id} state={state} step={step} unwatched={watched !== id} foot={foot} />
      ) : (
        <OnTheWay step={step} />
      )}
      <div className={styles.move}>
        {!isReached && instant !== undefined ? (
          <WayButtons
            onSkip={() => {
              titleWish.make()
              setWatched(undefined)
              stage.stepTo(instant)
            }}
            onPlay={() => {
              title.current?.focus()
              stage.playFrom(START, instant)
            }}
          >
            {backButton}
          </WayButtons>
        ) : (
          <>
            <span ref={setFoot} className={styles.acts} />
            {backButton}
            {state.asksFirst ? (
              <button
                type="button"
                className={styles.without}
                onClick={() => {
                  state.putAside()
                  title.current?.focus()
                }}
              >
                {lessonText('goOnWithout')}
              </button>
            ) : at === ids.length - 1 ? (
              <ToCourse state={state} />
            ) : step && isUnfinished(step, mine) ? (
              // The next step may give away the answer, so a prediction is made or skipped before it.
              <button type="button" className={styles.without} onClick={() => open(at + 1)}>
                {lessonText('goOnWithout')}
              </button>
            ) : (
              <Continue unseen={answersAt !== undefined && !isAnswered} onPress={() => open(at + 1)} />
            )}
          </>
        )}
      </div>
    </section>
  )
}

/** The way out at the end. While questions are open it is not what to press first. */
function ToCourse({ state: { lesson, quiz } }: Pick<LessonColumnProps, 'state'>) {
  const isDone = useLookedBack(lesson, quiz)
  return (
    <Link href="/learn" className={isDone ? 'button' : styles.without}>
      {lessonText('toCourse')}
    </Link>
  )
}

interface Arrival {
  readonly title: RefObject<HTMLHeadingElement | null>
  /** True after the moment of the step came by itself: then it is said. */
  readonly arrived: boolean
}

/**
 * The focus and what is heard when a step is opened, and when its text takes the place of the way to it. The wish puts the focus
 * on the title of the step that is shown next, or on what comes in its place.
 */
function useArrival(step: string, isReached: boolean, wish: TitleWish): Arrival {
  const title = useRef<HTMLHeadingElement>(null)
  const [arrivedIn, setArrivedIn] = useState<string>()
  const comesFrom = useRef<string>(undefined)
  useLayoutEffect(() => {
    // Of a button that was pressed, or is gone, the title is what follows.
    const isLost = document.activeElement === null || document.activeElement === document.body
    const comes = isReached && comesFrom.current === step
    const wanted = wish.take()
    if (wanted) title.current?.focus()
    else if (comes && isLost) title.current?.focus({ preventScroll: true })
    else if (comes) setArrivedIn(step)
    if (!isReached) setArrivedIn(undefined)
    comesFrom.current = isReached ? undefined : step
  }, [step, isReached, wish])
  return { title, arrived: arrivedIn === step && isReached }
}

/** In place of a step's title and text until the map shows its moment, since they would speak of what has not happened yet. */
function WayTitle({ number }: { readonly number: number }) {
  const playing = useRun((run) => run.playing)
  return lessonText(playing ? 'onTheWay' : 'stoppedOnTheWay', { number })
}

function OnTheWay({ step }: { readonly step: LessonStep }) {
  return (
    <>
      <p className={styles.prose}>{step.watch ? <Line inlines={step.watch} /> : lessonText('watch')}</p>
      <p className={styles.note}>{lessonText('textComes')}</p>
      {/* The envelope says at each moment how far it has come. */}
      <div className={styles.soFar}>
        <Prose blocks={step.blocks.filter((block) => block.kind === 'envelope')} />
      </div>
    </>
  )
}

interface WayButtonsProps {
  onSkip(): void
  onPlay(): void
  readonly children: ReactNode
}

function WayButtons({ onSkip, onPlay, children }: WayButtonsProps) {
  const playing = useRun((run) => run.playing)
  return (
    <>
      {children}
      <button key="skip" type="button" className={playing ? 'button' : styles.back} onClick={onSkip}>
        {lessonText('skip')}
      </button>
      {/* The button that goes on stands at the end, where the one that led here stood. */}
      {!playing && (
        <button type="button" className="button" onClick={onPlay}>
          {lessonText('playOn')}
        </button>
      )}
    </>
  )
}

/** While the answer is played, or is still to be seen, it is not what to press first. */
function Continue({ unseen, onPress }: { readonly unseen: boolean; onPress(): void }) {
  const playing = useRun((run) => run.playing)
  if (unseen && playing) return null
  return (
    <button type="button" className={unseen ? styles.without : 'button'} onClick={onPress}>
      {lessonText('continue')}
    </button>
  )
}

interface StepMarksProps {
  readonly ids: readonly string[]
  readonly at: number
  readonly seen: readonly string[]
  titleOf(id: string): string
  onOpen(at: number): void
}

/** One mark per step. The marks of opened steps are links back to them. */
function StepMarks({ ids, at, seen, titleOf, onOpen }: StepMarksProps) {
  return (
    <ol className={styles.marks} aria-label={lessonText('steps')}>
      {ids.map((id, index) => (
        <li key={id} data-seen={seen.includes(id) ? '' : undefined} aria-current={index === at ? 'step' : undefined}>
          <button type="button" disabled={!seen.includes(id)} onClick={() => onOpen(index)} title={titleOf(id)}>
            <span className="unseen">{lessonText('step', { number: index + 1, title: titleOf(id) })}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
