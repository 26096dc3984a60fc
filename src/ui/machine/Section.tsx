import { type ReactNode, useId } from 'react'
import styles from '../panels/panels.module.css'
import own from './machine.module.css'

interface SectionProps {
  readonly title: string
  /** A few words at the right: a count or the present setting. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** One part of a machine room: a title on a hairline, and its content. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId()
  return (
    <div className={own.section} role="group" aria-labelledby={id}>
      <div className={`${styles.caption} ${own.bar}`}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside !== undefined && <span className={styles.quiet}>{aside}</span>}
      </div>
      {children}
    </div>
  )
}
