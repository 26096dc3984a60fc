import { type ReactNode, useId } from 'react'
import styles from '../panels/panels.module.css'
import own from './machine.module.css'

interface SectionProps {
  readonly title: string
  /** In few words at the right: how many, or what of it holds. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** One part of a machine room: a title on a hairline, and what belongs to it. */
export function Section({ title, aside, children }: SectionProps) {
  const id = useId()
  return (
    <div className={own.section} role="group" aria-labelledby={id}>
      <div className={own.bar}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside !== undefined && <span className={styles.quiet}>{aside}</span>}
      </div>
      {children}
    </div>
  )
}
