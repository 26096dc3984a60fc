import { useRef } from 'react'
import { lessonText } from '../../messages/lesson'
import styles from './learn.module.css'
import { openProgress, useProgress } from './progressStore'

/** Progress belongs to the learner: it can be exported and imported. */
export function ProgressFile() {
  const { fileNotice } = useProgress()
  const file = useRef<HTMLInputElement>(null)
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([openProgress().exported()], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'ehlo-world-progress.json'
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <section className={styles.file} aria-labelledby="progress-file">
      {fileNotice !== undefined && (
        <p className={styles.notice} role="alert">
          {fileNotice}
        </p>
      )}
      <h2 id="progress-file">{lessonText('progress')}</h2>
      <p>{lessonText('progressKept')}</p>
      <button type="button" className="as-link" onClick={save}>
        {lessonText('save')}
      </button>
      <button type="button" className="as-link" onClick={() => file.current?.click()}>
        {lessonText('load')}
      </button>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={lessonText('file')}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) void openProgress().importedFile(chosen)
        }}
      />
    </section>
  )
}
