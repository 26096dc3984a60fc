import * as Tabs from '@radix-ui/react-tabs'
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { chairsText } from '../../messages/chairs'
import { stageText } from '../../messages/stage'
import styles from './chair.module.css'
import type { LessonTab } from './inLesson'

interface NarrowProps {
  readonly head: ReactNode
  /** The lesson as a tab before the chair's own. */
  readonly lesson: LessonTab | undefined
  readonly stage: ReactNode
  readonly turn: ReactNode
  readonly book: ReactNode
}

/** A chair without room for a column: the book, and the question in words, are a tab beside the call. */
export function Narrow({ head, lesson, stage, turn, book }: NarrowProps) {
  const [shown, setShown] = useState('call')
  const call = useRef<HTMLButtonElement>(null)
  const inLesson = lesson !== undefined
  useEffect(() => {
    // The button by which the person has sat down is gone.
    if (inLesson) call.current?.focus({ preventScroll: true })
  }, [inLesson])
  return (
    <Tabs.Root
      className={styles.narrow}
      data-fills={lesson && ''}
      value={shown}
      activationMode={lesson ? 'manual' : 'automatic'}
      onValueChange={(chosen) => (chosen === 'lesson' ? lesson?.onOpen() : setShown(chosen))}
    >
      {head}
      <Tabs.List className={styles.tabs} aria-label={chairsText('tabs')}>
        {lesson && (
          <Tabs.Trigger className={styles.tab} value="lesson">
            {stageText('lesson')}
            {lesson.solved && <Check className={styles.solved} role="img" aria-label={chairsText('solved')} />}
          </Tabs.Trigger>
        )}
        <Tabs.Trigger ref={call} className={styles.tab} value="call">
          {chairsText('tab.call')}
        </Tabs.Trigger>
        <Tabs.Trigger className={styles.tab} value="book">
          {chairsText('tab.book')}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content className={styles.tabCall} value="call" tabIndex={-1}>
        {lesson?.solved && <div ref={lesson.setNear} />}
        {stage}
      </Tabs.Content>
      <Tabs.Content className={styles.tabBook} value="book" tabIndex={-1}>
        {book}
        {turn}
      </Tabs.Content>
    </Tabs.Root>
  )
}
