import * as Tabs from '@radix-ui/react-tabs'
import type { ReactNode } from 'react'
import { chairsText } from '../../messages/chairs'
import styles from './chair.module.css'

interface NarrowProps {
  readonly head: ReactNode
  readonly stage: ReactNode
  readonly turn: ReactNode
  readonly book: ReactNode
}

/** A chair without room for a column: the book, and the question in words, are a tab beside the call. */
export function Narrow({ head, stage, turn, book }: NarrowProps) {
  return (
    <Tabs.Root className={styles.narrow} defaultValue="call">
      {head}
      <Tabs.List className={styles.tabs} aria-label={chairsText('tabs')}>
        <Tabs.Trigger className={styles.tab} value="call">
          {chairsText('tab.call')}
        </Tabs.Trigger>
        <Tabs.Trigger className={styles.tab} value="book">
          {chairsText('tab.book')}
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content className={styles.tabCall} value="call" tabIndex={-1}>
        {stage}
      </Tabs.Content>
      <Tabs.Content className={styles.tabBook} value="book" tabIndex={-1}>
        {book}
        {turn}
      </Tabs.Content>
    </Tabs.Root>
  )
}
