import { useEffect, useState } from 'react'
import { sheetText } from '../../messages/sheet'
import { useKeptTab } from '../stage/useKeptTab'
import { MessageSheets } from './MessageSheets'
import { PastedHeader } from './PastedHeader'
import { readPasted, writePasted } from './pasted'
import styles from './side.module.css'

/** A run's messages as sheets: envelope, header and body; or the way of a message whose header is pasted. */
export function MessageSide() {
  const [shown, setShown] = useKeptTab('letter', 'run')
  const [text, setText] = useState(readPasted)
  const change = (next: string): void => {
    setText(next)
    writePasted(next)
  }
  usePaste((pasted) => {
    change(pasted)
    setShown('pasted')
  })
  return (
    <section className={styles.side} aria-label={sheetText('title')}>
      {shown === 'pasted' ? (
        <PastedHeader text={text} onText={change} onBack={() => setShown('run')} />
      ) : (
        <MessageSheets onOwn={() => setShown('pasted')} />
      )}
    </section>
  )
}

/** Text that is pasted anywhere on the page but in a field. */
function usePaste(onPaste: (text: string) => void): void {
  useEffect(() => {
    const pasted = (event: ClipboardEvent): void => {
      const { target } = event
      if (target instanceof Element && target.closest('input, textarea, [contenteditable], dialog')) return
      const text = event.clipboardData?.getData('text/plain')
      if (text) onPaste(text)
    }
    window.addEventListener('paste', pasted)
    return () => window.removeEventListener('paste', pasted)
  })
}
